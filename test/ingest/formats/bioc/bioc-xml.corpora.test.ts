/** The published BioC XML files, where they are at hand, give the documents of their PubTator files. */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { readDocuments } from "../../../../ingest/formats/read-documents.js";
import type { Document } from "../../../../src/core/document.js";

const CORPORA_FOLDER = resolve(process.env["BIOWEFT_CORPORA"] ?? "../shared/corpora");

async function read(path: string): Promise<Document[]> {
  const all: Document[] = [];
  for await (const document of readDocuments(path)) all.push(document);
  return all;
}

describe.skipIf(!existsSync(CORPORA_FOLDER))("the published BioC XML files", () => {
  it.each([
    ["biored/Dev.BioC.XML", "biored/Dev.PubTator", 100],
    ["bc5cdr/CDR_DevelopmentSet.BioC.xml", "bc5cdr/CDR_DevelopmentSet.PubTator.txt", 500],
  ])("%s gives the documents of %s, all %i", async (xml, pubTator, count) => {
    const documents = await read(join(CORPORA_FOLDER, xml));
    expect(documents).toHaveLength(count);
    expect(documents).toEqual(await read(join(CORPORA_FOLDER, pubTator)));
  });
});

/** DDI 2013, AIMed and HPRD50 as published, where they are at hand: counts and offsets. */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { corpusByName, readCorpus } from "../../../ingest/corpora/reading-corpora.js";
import { type Document, documentText } from "../../../src/core/document.js";

const CORPORA_FOLDER = resolve(process.env["BIOWEFT_CORPORA"] ?? "../shared/corpora");

async function read(name: string, from: string): Promise<Document[]> {
  const all: Document[] = [];
  for await (const document of readCorpus(corpusByName(name), from)) all.push(document);
  return all;
}

/** Every mention's text, as the document has it at the mention's offsets. */
function slices(document: Document): string[] {
  const text = documentText(document);
  return document.mentions.map(({ start, end }) => text.slice(start, end));
}

describe.skipIf(!existsSync(CORPORA_FOLDER))("the published files", () => {
  // AIMed in XML lacks document d78 and differs in debris and annotations from its authors' copy.
  it.each([
    ["ddi2013", "", 714, 14_765, 4_021],
    ["aimed", "", 225, 4_078, 943],
    ["aimed", "AIMed-train.xml", 180, 3_407, 800],
    ["aimed", "AIMed-test.xml", 44, 795, 191],
    ["hprd50", "", 43, 405, 163],
    ["hprd50", "hprd50_bioc.PubTator", 43, 405, 163],
  ])("%s %s has %i documents, %i mentions, %i relations", async (name, file, count, mentions, relations) => {
    const documents = await read(name, join(CORPORA_FOLDER, name, file));
    expect(new Set(documents.map(({ pmid }) => pmid)).size).toBe(count);
    expect(documents).toHaveLength(count);
    expect(documents.flatMap((document) => document.mentions)).toHaveLength(mentions);
    expect(documents.flatMap((document) => document.relations)).toHaveLength(relations);
    for (const document of documents) {
      expect(slices(document)).toEqual(document.mentions.map(({ text }) => text));
    }
  });
});

/** EMU, DisGeNET and PharmGKB in their authors' copies, where they are at hand: counts and offsets. */
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

describe.skipIf(!existsSync(CORPORA_FOLDER))("the published pairs", () => {
  it.each([
    ["disgenet", 859, 859, 0],
    ["emu", 83, 84 + 31, 0],
    ["pharmgkb", 115, 157, 6],
  ])(
    "%s: %i documents, %i relations, %i of them with an end that the text does not name",
    async (name, ...counts) => {
      const documents = await read(name, join(CORPORA_FOLDER, name));
      let unnamed = 0;
      for (const document of documents) {
        const text = documentText(document);
        const ids = new Set(document.mentions.flatMap((mention) => mention.ids));
        expect(document.mentions.filter((one) => text.slice(one.start, one.end) !== one.text)).toEqual([]);
        unnamed += document.relations.filter((one) => !ids.has(one.subject) || !ids.has(one.object)).length;
        expect(document.mentions.filter((one) => one.ids.length !== one.sourceIds.length)).toEqual([]);
      }
      const relations = documents.flatMap((document) => document.relations);
      expect([documents.length, relations.length, unnamed]).toEqual(counts);
    },
  );
});

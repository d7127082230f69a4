/** EMU's and PharmGKB's pairs as plain lists, joined with their papers again: the authors' own documents come back. */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { corpusByName, readCorpus } from "../../../../ingest/corpora/reading-corpora.js";
import { joinPairs } from "../../../../ingest/formats/tables/join-pairs.js";
import { harmonizeDocument } from "../../../../ingest/harmonize/harmonize-document.js";
import { pairKey } from "../../../../src/core/candidate.js";
import type { Document } from "../../../../src/core/document.js";

const CORPORA_FOLDER = resolve(process.env["BIOWEFT_CORPORA"] ?? "../shared/corpora");

describe.skipIf(!existsSync(CORPORA_FOLDER))("pair lists of published corpora", () => {
  it.each([
    ["emu", "document", 103],
    ["pharmgkb", "sentence", 106],
  ] as const)("%s, both ends in one %s: %i positive pairs", async (name, scope, positives) => {
    const corpus = corpusByName(name);
    const documents: Document[] = [];
    for await (const document of readCorpus(corpus, join(CORPORA_FOLDER, name))) documents.push(document);
    const list = documents.flatMap(({ pmid, relations }) =>
      relations.map(({ subject, object }) => {
        return { publication: pmid, one: [subject], other: [object], related: true };
      }),
    );
    const papers = async function* () {
      for (const document of documents) yield { ...document, relations: [] };
    };
    const pairsOf = (document: Document) =>
      harmonizeDocument(document, corpus)
        .pairs.map(({ subject, object }) => pairKey(subject, object))
        .sort();
    const joined: string[][] = [];
    for await (const one of joinPairs(list, papers(), { scope, type: "Association" }))
      joined.push(pairsOf(one));
    expect(joined.flat()).toHaveLength(positives);
    expect(joined).toEqual(documents.map(pairsOf));
  });
});

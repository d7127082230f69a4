/** BioRED, BC5CDR and DrugProt as published, where they are at hand: counts, labels, identifiers. */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { corpusByName, readCorpus } from "../../../ingest/corpora/reading-corpora.js";
import { readDocuments } from "../../../ingest/formats/read-documents.js";
import { type Document, documentText } from "../../../src/core/document.js";
import { isRelationType } from "../../../src/core/relation-types.js";

const CORPORA_FOLDER = resolve(process.env["BIOWEFT_CORPORA"] ?? "../shared/corpora");

async function collect(documents: AsyncIterable<Document>): Promise<Document[]> {
  const all: Document[] = [];
  for await (const document of documents) all.push(document);
  return all;
}

describe.skipIf(!existsSync(CORPORA_FOLDER))("the published corpora", () => {
  it.each([
    ["biored", "train", 400, 4178],
    ["biored", "dev", 100, 1162],
    ["bc5cdr", "train", 500, 1038],
    ["bc5cdr", "dev", 500, 1012],
    ["drugprot", "all", 3500, 17_288],
  ] as const)(
    "%s %s: %i documents, %i relations between mentioned entities",
    async (name, split, documents, relations) => {
      const corpus = corpusByName(name);
      const read = await collect(readCorpus(corpus, join(CORPORA_FOLDER, name), split));
      expect(read).toHaveLength(documents);
      expect(read.flatMap((document) => document.relations)).toHaveLength(relations);
      for (const document of read) {
        const text = documentText(document);
        const ids = new Set(document.mentions.flatMap((mention) => mention.ids));
        expect(
          document.mentions.filter(({ start, end, text: words }) => text.slice(start, end) !== words),
        ).toEqual([]);
        expect(
          document.relations.filter(({ subject, object }) => !ids.has(subject) || !ids.has(object)),
        ).toEqual([]);
        expect(document.relations.every(({ type }) => isRelationType(type))).toBe(true);
      }
    },
  );

  it("biored: four self-pairs in train, and the BioC JSON of dev says what its PubTator says", async () => {
    const corpus = corpusByName("biored");
    const train = await collect(readCorpus(corpus, join(CORPORA_FOLDER, "biored"), "all"));
    const selfPairs = train.flatMap((document) =>
      document.relations.filter(({ subject, object }) => subject === object),
    );
    expect(selfPairs).toHaveLength(4);
    const json = await collect(readCorpus(corpus, join(CORPORA_FOLDER, "biored", "Dev.BioC.JSON")));
    const comparable = (document: Document) => ({
      pmid: document.pmid,
      text: documentText(document),
      mentions: document.mentions
        .map(({ start, end, ids }) => `${start}-${end} ${ids.toSorted()}`)
        .toSorted(),
      relations: document.relations
        .map((relation) => `${[relation.subject, relation.object].toSorted()} ${relation.type}`)
        .toSorted(),
    });
    expect(json.map(comparable)).toEqual(train.slice(400).map(comparable));
  });

  it("different identifiers of a document never become one", async () => {
    for (const name of ["biored", "bc5cdr"]) {
      for await (const document of readCorpus(corpusByName(name), join(CORPORA_FOLDER, name))) {
        const spelled = new Map<string, string>();
        for (const mention of document.mentions) {
          for (const [index, curie] of mention.ids.entries()) {
            const sourceId = mention.sourceIds[index] ?? "";
            expect(spelled.get(curie) ?? sourceId).toBe(sourceId);
            spelled.set(curie, sourceId);
          }
        }
      }
    }
  });

  it.each([
    ["aimed/aimed_bioc.Sen.PubTator", 1978, 943],
    ["hprd50/hprd50_bioc.PubTator", 43, 163],
    ["disgenet/DisGeNET.PubTator", 859, 859],
    ["emu/BCa_db_novel_128.PubTator", 58, 84],
    ["emu/PCa_db_novel_51.PubTator", 25, 31],
    ["pharmgkb/PharmGKB.PubTator", 115, 157],
  ])("the authors' dialect in %s: %i documents, %i relations", async (path, documents, relations) => {
    const read = await collect(readDocuments(join(CORPORA_FOLDER, path)));
    expect([read.length, read.flatMap((document) => document.relations).length]).toEqual([
      documents,
      relations,
    ]);
  });
});

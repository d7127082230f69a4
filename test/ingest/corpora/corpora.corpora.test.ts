/** BioRED, BC5CDR and DrugProt as published, where they are at hand: counts, labels, identifiers. */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { corpusByName, readCorpus } from "../../../ingest/corpora/reading-corpora.js";
import { readDocuments } from "../../../ingest/formats/read-documents.js";
import { type Document, documentText } from "../../../src/core/document.js";
import type { ReadWarning } from "../../../src/core/read-options.js";
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

  it("biored-bc8: 295 documents, 4,438 of 4,446 relations, the eight with a null end named by their lines", async () => {
    const lines: (number | undefined)[] = [];
    const kinds = new Map<string, number>();
    const reading = {
      onWarning: ({ kind, place }: ReadWarning) => {
        kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
        if (kind === "relation-null") lines.push(place.line);
      },
    };
    const read = await collect(
      readCorpus(corpusByName("biored-bc8"), join(CORPORA_FOLDER, "biored-bc8"), "all", reading),
    );
    const relations = read.flatMap((document) => document.relations);
    expect([read.length, relations.length]).toEqual([295, 4438]);
    expect(lines).toEqual([3645, 3646, 3647, 4734, 4735, 4736, 5594, 9901]);
    expect(kinds.get("relation-self")).toBe(4);
    expect(relations.filter(({ directedFrom }) => directedFrom !== undefined)).toHaveLength(3675);
    expect(relations.every(({ novel }) => novel !== undefined)).toBe(true);
  });

  it("biored, directed: the same 500 documents with directions", async () => {
    const file = join(CORPORA_FOLDER, "biored-bc8", "BioRED-TrainDev-directed.PubTator");
    const read = await collect(readCorpus(corpusByName("biored"), file));
    const relations = read.flatMap((document) => document.relations);
    expect([read.length, relations.length]).toEqual([500, 5339]);
    expect(relations.filter(({ directedFrom }) => directedFrom !== undefined)).toHaveLength(4798);
  });

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

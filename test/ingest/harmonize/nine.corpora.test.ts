/** All nine corpora of BioREx harmonised, where they are at hand: counts by class, nothing lost in silence. */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { corpusByName, readCorpus } from "../../../ingest/corpora/reading-corpora.js";
import { harmonizeDocument } from "../../../ingest/harmonize/harmonize-document.js";
import { CorpusTally } from "../../../ingest/harmonize/harmonized-counts.js";

const CORPORA_FOLDER = resolve(process.env["BIOWEFT_CORPORA"] ?? "../shared/corpora");

describe.skipIf(!existsSync(CORPORA_FOLDER))("the nine corpora, harmonised", () => {
  it.each([
    ["biored", 500, 5340, 5336, 24_219],
    ["bc5cdr", 1000, 2050, 2050, 8643],
    ["drugprot", 3500, 17_288, 17_054, 48_949],
    ["ddi2013", 714, 4021, 4021, 23_771],
    ["aimed", 225, 943, 943, 4121],
    ["hprd50", 43, 163, 163, 270],
    ["emu", 83, 115, 103, 0],
    ["pharmgkb", 115, 157, 106, 0],
    ["disgenet", 859, 859, 857, 0],
  ] as const)(
    "%s: %i documents, %i relations, of which %i are positive pairs beside %i negative ones",
    async (name, documents, relations, positives, negatives) => {
      const corpus = corpusByName(name);
      const tally = new CorpusTally(corpus);
      for await (const document of readCorpus(corpus, join(CORPORA_FOLDER, name))) {
        tally.add(harmonizeDocument(document, corpus), document);
      }
      const counts = tally.counts();
      const { [corpus.noneClass]: none = 0, ...positive } = counts.candidates;
      const sum = (values: Readonly<Record<string, number>>) =>
        Object.values(values).reduce((total, value) => total + value, 0);
      expect([counts.documents, counts.relations]).toEqual([documents, relations]);
      expect([sum(positive), none]).toEqual([positives, negatives]);
      // Every relation is a pair or was rejected for a reason.
      expect(sum(positive) + sum(counts.rejectedRelations)).toBe(counts.relations);
    },
    60_000,
  );
});

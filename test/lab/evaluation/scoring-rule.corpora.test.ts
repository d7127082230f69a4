/** The corpora's own scoring rules on the corpora themselves: gold relations given as predictions are all right. */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { corpusByName, readCorpus } from "../../../ingest/corpora/reading-corpora.js";
import { type RelationAnswer, scoreRelations } from "../../../src/evaluation/relation-scores.js";
import { scoringRule } from "../../../src/lab/evaluation/scoring-rule.js";

const CORPORA_FOLDER = resolve(process.env["BIOWEFT_CORPORA"] ?? "../shared/corpora");

describe.skipIf(!existsSync(CORPORA_FOLDER))("the corpora's scoring rules", () => {
  // BioRED's are what the official scorer's rules give on the same files, its four relations of a gene with itself among them.
  it.each([
    ["biored", "train", 3578, 3578],
    ["biored", "dev", 964, 964],
    ["bc5cdr", "dev", 1012, 1012],
    ["ddi2013", "train", 4021, 4021],
    ["drugprot", "train", 17_073, 17_223],
    ["aimed", "train", 943, 943],
    ["hprd50", "train", 163, 163],
  ] as const)(
    "%s %s: %i pairs and %i typed relations are counted",
    async (name, split, pairs, typed) => {
      const corpus = corpusByName(name);
      const answers: RelationAnswer[] = [];
      for await (const document of readCorpus(corpus, join(CORPORA_FOLDER, name), split)) {
        answers.push({ document, relations: document.relations });
      }
      const scores = scoreRelations(answers, scoringRule(corpus));
      expect([scores.pair.gold, scores.typed.gold]).toEqual([pairs, typed]);
      expect([scores.pair.precision, scores.typed.precision]).toEqual([1, 1]);
      expect(scores.pair.recall).toBeGreaterThan(0.99);
    },
    60_000,
  );
});

/** The published drug combinations, where they are at hand: counts and the task's scores. */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import {
  readCombinationRows,
  readDrugCombinations,
} from "../../../ingest/formats/jsonl/drug-combinations.js";
import { type Document, documentText } from "../../../src/core/document.js";
import { toNaryRelations } from "../../../src/core/nary-relation.js";
import { type NaryScore, scoreNaryRelations } from "../../../src/evaluation/nary-scores.js";

const CORPUS = resolve(process.env["BIOWEFT_CORPORA"] ?? "../shared/corpora", "nary-drug-combo");

async function collect(documents: AsyncIterable<Document>): Promise<Document[]> {
  const all: Document[] = [];
  for await (const document of documents) all.push(document);
  return all;
}

describe.skipIf(!existsSync(CORPUS))("the published drug combinations", () => {
  it("the tiny gold and prediction files score what a hand works out", async () => {
    const gold = await readCombinationRows(join(CORPUS, "unittest_gold.jsonl"));
    const predicted = await readCombinationRows(join(CORPUS, "unittest_pred.jsonl"));
    const answers = [...new Set([...gold.keys(), ...predicted.keys()])].map((id) => ({
      gold: gold.get(id) ?? [],
      predicted: predicted.get(id) ?? [],
    }));
    const { positive, any } = scoreNaryRelations(answers, "POS");
    const expectScore = (score: NaryScore, precision: number, recall: number) => {
      expect(score.precision).toBeCloseTo(precision, 12);
      expect(score.recall).toBeCloseTo(recall, 12);
      expect(score.f1).toBeCloseTo((2 * precision * recall) / (precision + recall), 12);
    };
    // Documents:                  1     2   4   5   6                7       8
    expectScore(any.partial, (2 / 3 + 0 + 1 + 1 + 2 / 3 + 1 + 3 * (2 / 4)) / 9, 5.5 / 10);
    // Gold: document 1 earns 2/3; 3 nothing; 4 and 5 one each; 6 twice 2/3 and 0; 7 one of two; 8 2/4: 5.5 of 10.
    expectScore(any.exact, (1 + 1 + 1) / 9, (1 + 1 + 1) / 10);
    // Positive: 5 is predicted as COMB, 6 is COMB in the gold, so neither earns anything; 7 predicted, 5 gold.
    expectScore(positive.partial, (2 / 3 + 0 + 0 + 1 + 3 * (2 / 4)) / 7, (2 / 3 + 0 + 1 + 0 + 2 / 4) / 5);
    expectScore(positive.exact, 1 / 7, 1 / 5);
    expect(any.partial.f1).toBeCloseTo(0.5950540958268934, 12);
    expect(positive.partial.f1).toBeCloseTo(0.4426523297491039, 12);
  });

  it("training: 1,362 sentences, 1,039 combinations of 2 to 11 drugs, and what their pairs give back", async () => {
    const documents = await collect(readDrugCombinations(join(CORPUS, "final_train_set.jsonl")));
    const combinations = documents.flatMap((document) => document.naryRelations ?? []);
    const count = (type: string) => combinations.filter((one) => one.type === type).length;
    expect([documents.length, count("POS"), count("COMB"), count("NEG")]).toEqual([1362, 688, 235, 116]);
    expect(Math.max(...combinations.map(({ ids }) => ids.length))).toBe(11);
    for (const document of documents) {
      const text = documentText(document);
      expect(document.mentions.filter((one) => text.slice(one.start, one.end) !== one.text)).toEqual([]);
    }
    const answers = documents.map(({ naryRelations: gold = [], relations }) => ({
      gold,
      predicted: toNaryRelations(relations),
    }));
    const { positive, any } = scoreNaryRelations(answers, "POS");
    // Eight combinations lie within a larger one of their label, so no pair can tell of them.
    expect(positive.exact).toMatchObject({ precision: 1, predicted: 684, gold: 688 });
    expect(any.exact).toMatchObject({ precision: 1, predicted: 1031, gold: 1039 });
  });
});

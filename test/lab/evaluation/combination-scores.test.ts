/** Combinations put together from a classifier's pairs, and from the task's rows. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { BIORED } from "../../../ingest/corpora/declared/biored.js";
import { NARY } from "../../../ingest/corpora/declared/nary.js";
import { scoreRebuilt, scoreRowFiles } from "../../../src/lab/evaluation/combination-scores.js";
import { aDocument } from "../../support/builders.js";

const folder = mkdtempSync(join(tmpdir(), "bioweft-combinations-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("scoreRebuilt", () => {
  const document = {
    ...aDocument(),
    naryRelations: [
      { type: "POS", ids: ["a", "b", "c"] },
      { type: "COMB", ids: ["c", "d"] },
    ],
  };
  const pair = (ends: string, type: string) => ({ subject: ends.charAt(0), object: ends.charAt(1), type });

  it("turns BioRED's types back into the corpus's labels and pairs into combinations", () => {
    const whole = ["ab", "bc", "ac"].map((ends) => pair(ends, "Cotreatment"));
    const right = scoreRebuilt([{ document, relations: [...whole, pair("cd", "Association")] }], NARY);
    expect(right?.positive.exact.f1).toBe(1);
    expect(right?.any.exact.f1).toBe(1);
    // Without one pair of the three, two smaller combinations are left: no exact match, 2/3 of a partial one.
    const relations = [...whole.slice(0, 2), pair("cd", "Drug_Interaction"), pair("ad", "Bind")];
    const less = scoreRebuilt([{ document, relations }], NARY);
    expect(less?.positive.exact).toMatchObject({ f1: 0, predicted: 2, gold: 1 });
    expect(less?.positive.partial.recall).toBeCloseTo(2 / 3, 12);
    expect(less?.any.exact).toMatchObject({ precision: 1 / 3, recall: 1 / 2 });
  });

  it("has nothing to say of a corpus of pairs", () => {
    expect(scoreRebuilt([{ document: aDocument(), relations: [] }], BIORED)).toBeUndefined();
  });
});

describe("scoreRowFiles", () => {
  it("scores files of rows, documents of either side included", async () => {
    const row = (doc_id: number, relation_label: string, ...drug_idxs: number[]) =>
      `${JSON.stringify({ doc_id, drug_idxs, relation_label })}\n`;
    const [gold, predicted] = [join(folder, "gold.jsonl"), join(folder, "predicted.jsonl")];
    writeFileSync(gold, row(1, "POS", 0, 1, 2) + row(2, "COMB", 0, 1));
    writeFileSync(predicted, row(1, "POS", 2, 1) + row(3, "POS", 0, 1));
    const { positive, any } = await scoreRowFiles(gold, predicted);
    expect(positive.partial).toMatchObject({ precision: 1 / 3, recall: 2 / 3, predicted: 2, gold: 1 });
    expect(any.partial).toMatchObject({ precision: 1 / 3, recall: 1 / 3 });
  });
});

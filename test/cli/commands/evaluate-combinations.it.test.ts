/** `bioweft evaluate --corpus nary` with the released model: sentences in, pairs, combinations, scores out. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { PACKAGE_ROOT } from "../../../src/core/config.js";
import { runBioweft } from "../../support/command.js";

const folder = mkdtempSync(join(tmpdir(), "bioweft-evaluate-nary-"));
afterAll(() => rmSync(folder, { recursive: true }));

function line(id: string, sentence: string, drugs: readonly string[], rels: readonly object[]): string {
  const tokens = sentence.split(" ");
  const spans = drugs.map((drug, index) => {
    const token = tokens.indexOf(drug);
    const start = sentence.indexOf(drug);
    const [end, token_end] = [start + drug.length, token + 1];
    return { span_id: index, text: drug, start, end, token_start: token, token_end };
  });
  return JSON.stringify({ doc_id: id, sentence, paragraph: sentence, source: null, spans, rels });
}

/** The same score, but for the rounding of its fractions. */
function closeTo(score: Readonly<Record<string, number>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(score).map(([name, value]) => [name, expect.closeTo(value, 12)]));
}

test("scores pairs, and the combinations rebuilt from them, exact and partial", async () => {
  const own = join(folder, "nary-drug-combo");
  mkdirSync(own);
  writeFileSync(
    join(own, "final_train_set.jsonl"),
    [
      line(
        "a",
        "Cisplatin , gemcitabine and paclitaxel cured together .",
        ["Cisplatin", "gemcitabine", "paclitaxel"],
        [{ class: "POS", spans: [0, 1, 2] }],
      ),
      line(
        "b",
        "Morphine and ketamine were given .",
        ["Morphine", "ketamine"],
        [{ class: "COMB", spans: [0, 1] }],
      ),
      line("c", "Aspirin came before warfarin .", ["Aspirin", "warfarin"], []),
    ].join("\n"),
  );
  const evaluate = ["evaluate", "--corpus", "nary", "--from", folder, "--json"];
  const model = ["--model", join(PACKAGE_ROOT, "models", "released")];
  const { code, stdout } = await runBioweft([...evaluate, "--split", "train", ...model]);
  expect(code).toBe(0);
  const { documents, pair, nary } = JSON.parse(stdout);
  expect([documents, pair.gold]).toEqual([3, 4]);
  // All four related pairs are found and one that is not; the three drugs become one combination again.
  expect(pair).toMatchObject({ truePositives: 4, predicted: 5, precision: 0.8, recall: 1 });
  const positive = { predicted: 3, gold: 1, precision: 1 / 3, recall: 1, f1: 1 / 2 };
  const any = { predicted: 3, gold: 2, precision: 2 / 3, recall: 1, f1: 0.8 };
  // What is found is found whole, so that a part earns no more.
  expect(nary).toEqual({
    positive: { exact: closeTo(positive), partial: closeTo(positive) },
    any: { exact: closeTo(any), partial: closeTo(any) },
  });
  const dev = await runBioweft([...evaluate, ...model]);
  expect([dev.code, dev.stderr]).toEqual([1, expect.stringContaining("choose train or test with --split")]);
});

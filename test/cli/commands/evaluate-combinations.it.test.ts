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
  for (const score of [nary.positive.exact, nary.positive.partial]) expect(score.gold).toBe(1);
  for (const score of [nary.any.exact, nary.any.partial]) expect(score.gold).toBe(2);
  // Combinations are made of pairs, so there are no more of them than pairs.
  expect(nary.any.partial.f1).toBeGreaterThanOrEqual(nary.any.exact.f1);
  expect(nary.any.exact.predicted).toBeLessThanOrEqual(pair.predicted);
  const dev = await runBioweft([...evaluate, ...model]);
  expect([dev.code, dev.stderr]).toEqual([1, expect.stringContaining("choose train or test with --split")]);
});

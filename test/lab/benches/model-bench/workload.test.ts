import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import {
  documentOperations,
  networkConfig,
  pairOperations,
  readWorkload,
  SAMPLES,
} from "../../../../src/lab/benches/model-bench/workload.js";
import { writeTinyModel } from "../../../support/tiny/tiny-model.js";

const model = await writeTinyModel();
const empty = mkdtempSync(join(tmpdir(), "bioweft-workload-"));
afterAll(() => {
  for (const each of [model, empty]) rmSync(each, { recursive: true, force: true });
});

it("takes the pairs evenly from all documents, and all of them for the document network", async () => {
  const options = { files: SAMPLES, documents: 3, pairs: 7, modelDir: model };
  const { documents, candidates, sequences, views } = await readWorkload(options);
  expect(documents).toHaveLength(3);
  expect(sequences).toHaveLength(7);
  expect(candidates).toBeGreaterThan(7);
  expect(views.reduce((sum, view) => sum + view.readings.length, 0)).toBe(candidates);
  const all = await readWorkload({ ...options, pairs: 10_000 });
  expect(all.sequences).toHaveLength(candidates);
});

it("counts BERT-base's operations as its layers add up", async () => {
  const config = networkConfig("base");
  // 12 layers of 12 D² weights, each a multiplication and an addition a token, and two products of T² · D.
  expect(pairOperations(config, 100)).toBe(12 * (2 * 12 * 768 * 768 * 100 + 2 * 2 * 100 * 100 * 768));
  const { views } = await readWorkload({ files: SAMPLES, documents: 1, pairs: 1, modelDir: model });
  const [view] = views;
  if (view === undefined) throw new Error("no view");
  const rows = view.positions.length + view.markers.length;
  const alone = pairOperations(config, view.positions.length);
  expect(documentOperations(config, view)).toBeGreaterThan(alone);
  expect(documentOperations(config, view)).toBeLessThan(1.02 * pairOperations(config, rows));
});

it("refuses files without a pair", async () => {
  const file = join(empty, "none.pubtator");
  writeFileSync(file, "1|t|Nothing here.\n1|a|\n\n");
  const options = { files: [file], documents: 3, pairs: 7, modelDir: model };
  await expect(readWorkload(options)).rejects.toThrow(/no document with two entities/);
});

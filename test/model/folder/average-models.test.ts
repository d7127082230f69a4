import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { averageModels } from "../../../src/model/folder/average-models.js";
import { readModel, writeModel } from "../../../src/model/folder/model-folder.js";
import { writeTinyModel } from "../../support/tiny/tiny-model.js";

let first: string;
let second: string;
let out: string;
beforeAll(async () => {
  first = await writeTinyModel("first@1");
  second = await writeTinyModel("second@1", 0.7);
  out = mkdtempSync(join(tmpdir(), "bioweft-average-"));
  const { description, parameters } = await readModel(second);
  const moved = new Map(
    [...parameters].map(([name, { shape, data }]) => [name, { shape, data: data.map((value) => value + 1) }]),
  );
  const scored = { ...description, dev: { pair: 0.5, typed: 0.4 } };
  await writeModel(second, join(second, "encoder"), scored, moved, { precision: "fp32" });
});
afterAll(() => {
  for (const dir of [first, second, out]) rmSync(dir, { recursive: true });
});

it("writes weights between the two, the second's description, and none of its figures", async () => {
  await averageModels([first, second], out, { share: 0.25, precision: "fp32" });
  const [one, between] = [await readModel(first), await readModel(out)];
  for (const [name, { data }] of one.parameters) {
    const found = between.parameters.get(name)?.data ?? new Float32Array();
    expect(found.length, name).toBe(data.length);
    for (const [index, value] of data.entries()) expect(found[index]).toBeCloseTo(value + 0.25, 3);
  }
  expect(between.description).toMatchObject({ id: "second@1", threshold: 0.7 });
  expect(between.description.dev).toBeUndefined();
});

it("refuses models with other labels, and says which", async () => {
  const file = join(second, "bioweft.json");
  const before = readFileSync(file, "utf8");
  const description = JSON.parse(before) as { classes: string[] };
  writeFileSync(file, JSON.stringify({ ...description, classes: [...description.classes].reverse() }));
  const wrong = averageModels([first, second], out, { share: 0.5, precision: "fp32" });
  await expect(wrong).rejects.toThrow(/averaged with .*: other classes/);
  writeFileSync(file, before);
});

it("refuses to write over one of the two", async () => {
  const over = averageModels([first, second], join(second, "."), { share: 0.5, precision: "fp32" });
  await expect(over).rejects.toMatchObject({ code: "CONFIG" });
});

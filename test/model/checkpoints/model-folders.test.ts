import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readModelFacts } from "../../../src/model/checkpoints/model-facts.js";
import { readCheckpoint } from "../../../src/model/checkpoints/read-checkpoint.js";
import { readModel, writeModel } from "../../../src/model/folder/model-folder.js";
import { isPairFolder, readPairModel } from "../../../src/model/folder/pair-folder.js";
import { exportSafetensors, importCheckpoint } from "../../../src/model/folder/write-model-folder.js";
import { checkpointWithout, FAMILIES, PARITY } from "../../support/parity-fixtures.js";
import { writeTinyModel } from "../../support/tiny/tiny-model.js";

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "bioweft-folders-"));
});
afterEach(() => rm(root, { recursive: true }));

describe("importing a checkpoint", () => {
  it.each(FAMILIES)("makes a pair model of a classifier of %s, whatever its files", async (family) => {
    const from = await checkpointWithout(family, "model.safetensors", "pytorch_model.bin", "tokenizer.json");
    const out = join(root, "out");
    const imported = await importCheckpoint(from, out, "me@1").finally(() => rm(from, { recursive: true }));
    expect(imported).toMatchObject({ network: "pair", format: "keras" });
    expect(await isPairFolder(out)).toBe(true);
    const model = await readPairModel(out);
    expect(model.description).toMatchObject({ id: "me@1", input: "compat" });
    const original = await readCheckpoint(join(PARITY, family));
    for (const [name, value] of original.parameters) expect(model.parameters.get(name)).toEqual(value);
    expect(readdirSync(out)).toContain("tokenizer.json");
    expect(readdirSync(out)).not.toContain("expected.json");
  });

  it("refuses a tokenizer with more tokens than the word table has rows", async () => {
    const from = await checkpointWithout("bert");
    const file = join(from, "added_tokens.json");
    writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, "utf8")), "@MoreSrc$": 900 }));
    const refused = importCheckpoint(from, join(root, "out"), "me@1").finally(() =>
      rm(from, { recursive: true }),
    );
    await expect(refused).rejects.toThrow(/beyond the word table's \d+ rows, among them @MoreSrc\$/);
  });

  it("refuses to write where it reads", async () => {
    const dir = join(PARITY, "bert");
    await expect(importCheckpoint(dir, `${dir}/.`, "me@1")).rejects.toMatchObject({ code: "CONFIG" });
  });
});

describe("exporting a model", () => {
  it("halves a classifier's weights, to be read again", async () => {
    const out = join(root, "out");
    await exportSafetensors(join(PARITY, "mpnet"), out, "fp16");
    const whole = await readCheckpoint(join(PARITY, "mpnet"));
    const halves = await readCheckpoint(out);
    expect([...halves.parameters.keys()].sort()).toEqual([...whole.parameters.keys()].sort());
    for (const [name, { shape, data }] of whole.parameters) {
      const half = halves.parameters.get(name);
      expect(half?.shape).toEqual(shape);
      const off = data.map((value, index) => Math.abs((half?.data[index] ?? Number.NaN) - value));
      expect(Math.max(...off), name).toBeLessThan(2e-3);
    }
  });

  it("keeps a document model what it is", async () => {
    const model = await writeTinyModel("tiny@2");
    const out = join(root, "out");
    try {
      await exportSafetensors(model, out, "fp32");
      expect((await readModel(out)).parameters).toEqual((await readModel(model)).parameters);
    } finally {
      await rm(model, { recursive: true });
    }
  });
});

describe("a document model in 8 bits", () => {
  it("lies in parts where one file would be too large, is read as one, and said to be int8", async () => {
    const model = await writeTinyModel("tiny@2");
    const [out, again] = [join(root, "out"), join(root, "again")];
    try {
      const { description, parameters } = await readModel(model);
      const data = Float32Array.from({ length: 40_000 }, (_, at) => Math.sin(at));
      const wide = new Map(parameters).set("head.hidden.weight", { shape: [200, 200], data });
      const options = { precision: "int8", mostBytes: 30_000 } as const;
      await writeModel(out, join(model, "encoder"), description, wide, options);
      expect(readdirSync(out)).toContain("model.safetensors.index.json");
      expect(readdirSync(out)).not.toContain("model.safetensors");
      const read = await readModel(out);
      expect([...read.parameters.keys()].sort()).toEqual([...wide.keys()].sort());
      const off = read.parameters
        .get("head.hidden.weight")
        ?.data.map((value, at) => value - Math.sin(at)) ?? [2];
      expect(Math.max(...off.map(Math.abs))).toBeLessThan(1 / 250);
      expect(await readModelFacts(out)).toMatchObject({ precision: "int8", format: "safetensors" });
      // What is exported from it is itself.
      await exportSafetensors(out, again, "int8");
      expect((await readModel(again)).parameters).toEqual(read.parameters);
    } finally {
      await rm(model, { recursive: true });
    }
  });
});

describe("what is said of a model folder", () => {
  it("of a published classifier: family, sizes, labels", async () => {
    expect(await readModelFacts(join(PARITY, "electra"))).toMatchObject({
      network: "pair",
      encoder: { family: "electra", layers: 2, hiddenSize: 24, embeddingSize: 12 },
      format: "safetensors",
      precision: "fp32",
      labels: ["None", "Association", "Positive_Correlation", "Negative_Correlation", "Bind"],
      corpora: [],
    });
  });

  it("of ours: its name, calibration, and the licence of its card", async () => {
    const model = await writeTinyModel("tiny@2", 0.25);
    try {
      writeFileSync(join(model, "README.md"), "---\nlanguage: en\nlicense: apache-2.0\n---\n# Tiny\n");
      const facts = await readModelFacts(model);
      expect(facts).toMatchObject({
        id: "tiny@2",
        network: "document",
        precision: "fp16",
        calibration: { temperature: 1, threshold: 0.25 },
        licence: "apache-2.0",
      });
      const { parameters } = await readModel(model);
      expect(facts.parameters).toBe([...parameters.values()].reduce((sum, { data }) => sum + data.length, 0));
    } finally {
      await rm(model, { recursive: true });
    }
  });

  it("where there is no model, which file is missing", async () => {
    await expect(readModelFacts(root)).rejects.toThrow(/config\.json/);
  });
});

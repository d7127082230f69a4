import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/core/random.js";
import { readWeights } from "../../../src/model/checkpoints/checkpoint-files.js";
import { readSafetensors } from "../../../src/model/checkpoints/safetensors-file.js";
import { writeSafetensors, writeWeights } from "../../../src/model/checkpoints/write-safetensors.js";
import type { Parameter } from "../../../src/model/ops/parameters.js";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "bioweft-weights-"));
});
afterEach(() => rmSync(dir, { recursive: true }));

const random = seededRandom(11);
const some = (...shape: number[]): Parameter => ({
  shape,
  data: Float32Array.from({ length: shape.reduce((a, b) => a * b) }, () => 0.05 * random.normal()),
});
/** A table, a layer, its bias, and matrices that are too small to be worth rounding. */
const parameters = new Map([
  ["words.weight", some(101, 33)],
  ["dense.weight", some(48, 64)],
  ["dense.bias", some(48)],
  ["logits.weight", some(9, 64)],
  ["positions.weight", some(32, 12)],
]);

interface Tensor {
  readonly dtype: string;
  readonly shape: number[];
  readonly data_offsets: [number, number];
}

/** A file's header, and where its data begins. */
function headerOf(file: string): { tensors: Record<string, Tensor>; dataStart: number } {
  const bytes = readFileSync(file);
  const length = Number(bytes.readBigUInt64LE(0));
  const { __metadata__: _, ...tensors } = JSON.parse(bytes.toString("utf8", 8, 8 + length));
  return { tensors, dataStart: 8 + length };
}

describe("weights in int8", () => {
  it("are integers and scales for large matrices, halves for all else, each where its numbers are aligned", async () => {
    const file = join(dir, "model.safetensors");
    await writeSafetensors(file, parameters, "int8");
    const { tensors, dataStart } = headerOf(file);
    expect(Object.entries(tensors).map(([name, { dtype, shape }]) => [name, dtype, shape])).toEqual([
      ["dense.weight_scale", "F32", [48, 1]],
      ["words.weight_scale", "F32", [101, 1]],
      ["dense.bias", "F16", [48]],
      ["logits.weight", "F16", [9, 64]],
      ["positions.weight", "F16", [32, 12]],
      ["dense.weight", "I8", [48, 64]],
      ["words.weight", "I8", [101, 33]],
    ]);
    expect(dataStart % 8).toBe(0);
    for (const { dtype, data_offsets } of Object.values(tensors)) {
      expect(data_offsets[0] % ({ F32: 4, F16: 2 }[dtype] ?? 1)).toBe(0);
    }
  });

  it("are read again within half a step of each row's largest weight", async () => {
    const file = join(dir, "model.safetensors");
    await writeSafetensors(file, parameters, "int8");
    const read = await readSafetensors(file);
    expect([...read.keys()].sort()).toEqual([...parameters.keys()].sort());
    for (const name of ["words.weight", "dense.weight"]) {
      const { shape, data } = parameters.get(name) ?? some(1);
      const [rows = 0, width = 0] = shape;
      expect(read.get(name)?.shape).toEqual(shape);
      for (let row = 0; row < rows; row++) {
        const [from, to] = [row * width, (row + 1) * width];
        const largest = Math.max(...data.subarray(from, to).map(Math.abs));
        const off = data.subarray(from, to).map((value, i) => value - (read.get(name)?.data[from + i] ?? 9));
        expect(Math.max(...off.map(Math.abs))).toBeLessThanOrEqual((largest / 127 / 2) * 1.00001);
      }
    }
  });

  it("written again from what was read are the same file", async () => {
    const [first, second] = [join(dir, "first.safetensors"), join(dir, "second.safetensors")];
    await writeSafetensors(first, parameters, "int8");
    await writeSafetensors(second, await readSafetensors(first), "int8");
    expect(readFileSync(second).equals(readFileSync(first))).toBe(true);
  });
});

describe("a folder's weights", () => {
  /** 101 · 33 + 4 · 101 bytes, the most that one parameter takes in int8. */
  const LARGEST = 3737;
  const parts = () => readdirSync(dir).sort();

  it("are one file where they fit", async () => {
    await writeWeights(dir, parameters, "fp16");
    expect(parts()).toEqual(["model.safetensors"]);
    expect([...(await readWeights(dir)).keys()].sort()).toEqual([...parameters.keys()].sort());
  });

  it.each(["fp32", "int8"] as const)(
    "are parts with an index where they do not, in %s",
    async (precision) => {
      const whole = join(dir, "whole");
      await writeSafetensors(whole, parameters, precision);
      const expected = await readSafetensors(whole);
      rmSync(whole);
      await writeWeights(dir, parameters, precision, LARGEST * (precision === "int8" ? 1 : 4));
      const { weight_map, metadata } = JSON.parse(
        readFileSync(join(dir, "model.safetensors.index.json"), "utf8"),
      );
      const files = [...new Set<string>(Object.values(weight_map))].sort();
      expect(parts()).toEqual([...files, "model.safetensors.index.json"].sort());
      expect(files[0]).toBe(`model-00001-of-0000${files.length}.safetensors`);
      expect(files.length).toBeGreaterThan(1);
      let bytes = 0;
      for (const file of files) {
        const { tensors, dataStart } = headerOf(join(dir, file));
        const numbers = statSync(join(dir, file)).size - dataStart;
        expect(numbers).toBeLessThanOrEqual(LARGEST * (precision === "int8" ? 1 : 4));
        bytes += numbers;
        for (const name of Object.keys(tensors)) expect(weight_map[name]).toBe(file);
      }
      expect(metadata).toEqual({ total_size: bytes });
      expect(new Map([...(await readWeights(dir))].sort())).toEqual(new Map([...expected].sort()));
    },
  );

  it("may hold a parameter that is larger than a part is to be, alone", async () => {
    await writeWeights(dir, parameters, "int8", 10);
    expect(parts()).toHaveLength(parameters.size + 1);
    expect((await readWeights(dir)).size).toBe(parameters.size);
  });

  it("replace those of another division, and nothing else", async () => {
    writeFileSync(join(dir, "model-card.safetensors"), "");
    await writeWeights(dir, parameters, "int8", 100);
    await writeWeights(dir, parameters, "int8", LARGEST);
    const fewer = parts();
    await writeWeights(dir, parameters, "int8");
    expect(parts()).toEqual(["model-card.safetensors", "model.safetensors"]);
    await writeWeights(dir, parameters, "int8", LARGEST);
    expect(parts()).toEqual(fewer);
  });
});

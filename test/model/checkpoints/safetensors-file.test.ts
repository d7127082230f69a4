import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openSafetensors, readSafetensors } from "../../../src/model/checkpoints/safetensors-file.js";
import { writeSafetensors } from "../../../src/model/checkpoints/write-safetensors.js";

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "bioweft-parameters-"));
});
afterAll(() => rm(dir, { recursive: true }));

const roundTrip = async (data: Float32Array, dtype: "fp32" | "fp16") => {
  const file = join(dir, `${dtype}.safetensors`);
  await writeSafetensors(file, new Map([["a.weight", { shape: [data.length], data }]]), dtype);
  return (await readSafetensors(file)).get("a.weight")?.data ?? new Float32Array();
};

/** 1, -2.5, 0 and 3.140625 in bfloat16, then zeros. */
const BFLOATS = [0x80, 0x3f, 0x20, 0xc0, 0, 0, 0x49, 0x40, 0, 0, 0, 0, 0, 0, 0, 0];

/** A file with this header and these bytes. */
async function writeRaw(
  file: string,
  header: Readonly<Record<string, unknown>>,
  data: readonly number[] = BFLOATS,
): Promise<void> {
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  await writeFile(file, Buffer.concat([length, json, Buffer.from(data)]));
}

describe("safetensors", () => {
  it("keeps float32 to the bit", async () => {
    await fc.assert(
      fc.asyncProperty(fc.float32Array({ minLength: 1, noNaN: true }), async (data) => {
        expect([...(await roundTrip(data, "fp32"))]).toEqual([...data]);
      }),
      { numRuns: 25 },
    );
  });

  it.each([
    [1, 1],
    [0.1, 0.0999755859375],
    [-2.5, -2.5],
    [2049, 2048], // ties to even
    [2051, 2052],
    [1.9996, 2], // carries into the exponent
    [6e-8, 2 ** -24], // the smallest half
    [1e-9, 0],
    [70_000, 65_504], // beyond the range: the largest half
  ])("rounds %d to the half %d", async (value, half) => {
    expect((await roundTrip(Float32Array.of(value), "fp16"))[0]).toBe(half);
  });

  it("reads bfloat16 as the upper half of a float32, and leaves whole numbers out", async () => {
    const file = join(dir, "bf16.safetensors");
    await writeRaw(file, {
      "a.weight": { dtype: "BF16", shape: [2, 2], data_offsets: [0, 8] },
      position_ids: { dtype: "I64", shape: [1], data_offsets: [8, 16] },
    });
    expect(await readSafetensors(file)).toEqual(
      new Map([["a.weight", { shape: [2, 2], data: Float32Array.of(1, -2.5, 0, 3.140625) }]]),
    );
  });

  it("refuses numbers that it cannot read, naming the tensor and the cure", async () => {
    const file = join(dir, "f8.safetensors");
    await writeRaw(file, { "a.weight": { dtype: "F8_E4M3", shape: [16], data_offsets: [0, 16] } });
    await expect(readSafetensors(file)).rejects.toThrow(/a\.weight is stored as F8_E4M3; convert/);
  });

  it("refuses a file that was cut, naming it and the tensor", async () => {
    const file = join(dir, "cut.safetensors");
    await writeSafetensors(file, new Map([["a.weight", { shape: [8], data: new Float32Array(8) }]]), "fp32");
    await writeFile(file, (await readFile(file)).subarray(0, -5));
    await expect(readSafetensors(file)).rejects.toMatchObject({ code: "MODEL", place: { file } });
    await expect(readSafetensors(file)).rejects.toThrow(/a\.weight is cut off/);
  });

  it("refuses what is no such file", async () => {
    const file = join(dir, "text.safetensors");
    await writeFile(file, "not a checkpoint at all");
    await expect(readSafetensors(file)).rejects.toMatchObject({ code: "MODEL", place: { file } });
    await expect(readSafetensors(join(dir, "absent"))).rejects.toThrow(/cannot be read/);
  });
});

describe("8-bit integers in safetensors", () => {
  /** Three rows of two: 1, -1; 127, 0; -2, 3, and their scales 0.5, 2, 0.25 in the given form. */
  const values = [1, 0xff, 127, 0, 0xfe, 3];
  const weight = { dtype: "I8", shape: [3, 2], data_offsets: [0, 6] };
  const scales = [0, 0, 0, 0x3f, 0, 0, 0, 0x40, 0, 0, 0x80, 0x3e];
  const scale = { dtype: "F32", shape: [3, 1], data_offsets: [6, 18] };

  it("become what they stand for, whatever floats their scales are, and other integers are left out", async () => {
    const file = join(dir, "int8.safetensors");
    const header = {
      "a.weight": weight,
      "a.weight_scale": scale,
      "a.mask": { dtype: "I8", shape: [3], data_offsets: [0, 3] },
    };
    await writeRaw(file, header, [...values, ...scales]);
    const expected = { shape: [3, 2], data: Float32Array.of(0.5, -0.5, 254, 0, -0.5, 0.75) };
    expect(await readSafetensors(file)).toEqual(new Map([["a.weight", expected]]));
    const opened = await openSafetensors(file);
    await opened.close();
    expect(opened.tensors.get("a.weight")?.format).toBe("int8");

    const halves = [0, 0x3f, 0, 0x40, 0x80, 0x3e];
    const short = { dtype: "BF16", shape: [3, 1], data_offsets: [6, 12] };
    await writeRaw(file, { ...header, "a.weight_scale": short }, [...values, ...halves]);
    expect(await readSafetensors(file)).toEqual(new Map([["a.weight", expected]]));
  });

  it.each([
    [
      "for the whole matrix",
      { "a.weight_scale": { ...scale, shape: [1], data_offsets: [6, 10] } },
      /is 1 for/,
    ],
    [
      "of too few rows",
      { "a.weight_scale": { ...scale, shape: [2, 1], data_offsets: [6, 14] } },
      /is 2x1 for/,
    ],
    [
      "a column each",
      { "a.weight_scale": { ...scale, shape: [1, 3] } },
      /is 1x3 for a\.weight of 3x2: .* 3x1;/,
    ],
    [
      "with fewer bytes than numbers",
      { "a.weight_scale": { ...scale, data_offsets: [6, 14] } },
      /has 8 bytes/,
    ],
    ["cut off", { "a.weight_scale": { ...scale, data_offsets: [10, 22] } }, /weight_scale is cut off/],
    ["of whole numbers", { "a.weight_scale": { ...scale, dtype: "I32" } }, /weight_scale is stored as I32/],
    ["none", {}, /a\.weight is stored as I8 without a\.weight_scale; convert/],
    ["with zero points", { "a.weight_scale": scale, "a.weight_zero_point": weight }, /with zero points/],
  ])("are refused with scales %s", async (_, others, reason) => {
    const file = join(dir, "scales.safetensors");
    await writeRaw(file, { "a.weight": weight, ...others }, [...values, ...scales]);
    await expect(readSafetensors(file)).rejects.toMatchObject({ code: "MODEL", place: { file } });
    await expect(readSafetensors(file)).rejects.toThrow(reason);
  });
});

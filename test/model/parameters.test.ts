import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readSafetensors, writeSafetensors } from "../../src/model/parameters.js";

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "bioweft-parameters-"));
});
afterAll(() => rm(dir, { recursive: true }));

const roundTrip = async (data: Float32Array, dtype: "F32" | "F16") => {
  const file = join(dir, `${dtype}.safetensors`);
  await writeSafetensors(file, new Map([["a.weight", { shape: [data.length], data }]]), dtype);
  return (await readSafetensors(file)).get("a.weight")?.data ?? new Float32Array();
};

/** A file with this header and the bytes of 1, -2.5, 0 and 3.140625 in bfloat16, then zeros. */
async function writeRaw(file: string, header: Readonly<Record<string, unknown>>): Promise<void> {
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  const data = Buffer.from([0x80, 0x3f, 0x20, 0xc0, 0, 0, 0x49, 0x40, 0, 0, 0, 0, 0, 0, 0, 0]);
  await writeFile(file, Buffer.concat([length, json, data]));
}

describe("safetensors", () => {
  it("keeps float32 to the bit", async () => {
    await fc.assert(
      fc.asyncProperty(fc.float32Array({ minLength: 1, noNaN: true }), async (data) => {
        expect([...(await roundTrip(data, "F32"))]).toEqual([...data]);
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
    expect((await roundTrip(Float32Array.of(value), "F16"))[0]).toBe(half);
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
    await writeSafetensors(file, new Map([["a.weight", { shape: [8], data: new Float32Array(8) }]]), "F32");
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

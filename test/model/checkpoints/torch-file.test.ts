import { readFileSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parsePickle } from "../../../src/model/checkpoints/pickle.js";
import { openTorchFile } from "../../../src/model/checkpoints/torch-file.js";
import { PARITY } from "../../support/parity-fixtures.js";

const torchFile = (name: string) => join(PARITY, "torch", name);
let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "bioweft-torch-"));
});
afterAll(() => rm(dir, { recursive: true }));

describe("pytorch_model.bin", () => {
  it("gives views and shared storages as PyTorch sees them, narrow floats, no whole numbers", async () => {
    const file = await openTorchFile(torchFile("views.bin"));
    const read: Record<string, unknown> = {};
    for (const [name, tensor] of file.tensors) read[name] = [tensor.shape, [...(await tensor.read())]];
    await file.close();
    const whole = Array.from({ length: 24 }, (_, i) => i); // as a (4, 6) table: row r, column c is 6r + c
    expect(read).toEqual({
      whole: [[24], whole],
      transposed: [[6, 4], [0, 1, 2, 3, 4, 5].flatMap((c) => [c, 6 + c, 12 + c, 18 + c])],
      column: [[4], [2, 8, 14, 20]],
      part: [
        [2, 4],
        [7, 8, 9, 10, 13, 14, 15, 16],
      ],
      broadcast: [
        [2, 6],
        [...whole.slice(18), ...whole.slice(18)],
      ],
      scalar: [[], [2.5]],
      empty: [[0, 3], []],
      half: [[2], [1.5, -65504]],
      bfloat: [
        [2, 1],
        [3.140625, -0.5],
      ],
      parameter: [[2], [4, 5]],
    });
  });

  it.each([
    ["intruder.bin", /it calls posix\.getcwd; save the model's state_dict\(\) alone/],
    ["old-form.bin", /form that PyTorch wrote before 1\.6; save it again/],
    ["double.bin", /double lies in a DoubleStorage; save the checkpoint in float32/],
    ["training-state.bin", /"epoch" is no tensor; save the model's state_dict\(\) alone/],
    ["absent.bin", /cannot be read/],
  ])("refuses %s", async (name, reason) => {
    await expect(openTorchFile(torchFile(name))).rejects.toMatchObject({ code: "MODEL" });
    await expect(openTorchFile(torchFile(name))).rejects.toThrow(reason);
  });

  it("refuses a file that was cut, or is none, naming it", async () => {
    const whole = readFileSync(torchFile("views.bin"));
    for (const bytes of [whole.subarray(0, -300), Buffer.from("not a checkpoint"), Buffer.alloc(0)]) {
      const file = join(dir, "cut.bin");
      writeFileSync(file, bytes);
      await expect(openTorchFile(file)).rejects.toMatchObject({ code: "MODEL", place: { file } });
    }
  });
});

describe("a damaged pytorch_model.bin", () => {
  it("is read or refused, never anything else, whatever bytes changed", async () => {
    const whole = readFileSync(torchFile("views.bin"));
    const change = fc.tuple(fc.nat(whole.length - 1), fc.nat(255));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), async (changes) => {
        const bytes = Buffer.from(whole);
        for (const [at, value] of changes) bytes[at] = value;
        const file = join(dir, "damaged.bin");
        writeFileSync(file, bytes);
        const outcome = await readAll(file).catch((fault: unknown) => fault);
        if (outcome !== undefined) expect(outcome).toMatchObject({ code: "MODEL", place: { file } });
      }),
      { numRuns: 150 },
    );
  });
});

async function readAll(file: string): Promise<undefined> {
  const opened = await openTorchFile(file);
  try {
    for (const tensor of opened.tensors.values()) await tensor.read();
  } finally {
    await opened.close();
  }
}

/** A pickle of the given instructions, protocol 2. */
function pickle(...parts: (string | number[])[]): Uint8Array {
  return Buffer.concat([
    Buffer.from([0x80, 2]),
    ...parts.map((part) => Buffer.from(part as string, "latin1")),
  ]);
}

describe("a pickle", () => {
  it.each([
    ["an unknown instruction", pickle("I1\n."), /instruction 0x49/],
    [
      "a function that is not tensors'",
      pickle("cos\nsystem\n", "X\x02\0\0\0ls", "\x85R."),
      /it calls os\.system/,
    ],
    ["a class to be built", pickle("ccollections\nOrderedDict\n", ")\x81."), /instruction 0x81/],
    [
      "a dictionary filled on construction",
      pickle("ccollections\nOrderedDict\n", "]\x85R."),
      /calls collections/,
    ],
    ["a value out of nothing", pickle("."), /stack is empty/],
    ["what was never stored", pickle("h\x07."), /recalls 7/],
    ["a text longer than the file", pickle("X\xff\xff\xff\x7fabc"), /it is cut/],
    ["an end that is missing", pickle("}"), /cut or damaged/],
    ["no dictionary", pickle("K\x01."), /no dictionary of tensors/],
    ["a storage of another kind", pickle("X\x01\0\0\0aQ."), /no storage of numbers/],
  ])("is refused for %s", (_, bytes, reason) => {
    expect(() => parsePickle(bytes, "data.pkl")).toThrow(reason);
  });
});

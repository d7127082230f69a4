import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isUnfinished, writeWholeFile } from "../../../src/core/files/whole-file.js";

let dir: string;
let file: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "bioweft-whole-"));
  file = join(dir, "out.txt");
});
afterEach(() => rmSync(dir, { recursive: true }));

describe("a file that is written whole", () => {
  it.each([
    ["text", "a\nb\n"],
    ["bytes", Buffer.from("a\nb\n")],
    ["pieces of both", () => ["a\n", Buffer.from("b\n")]],
    [
      "pieces that take their time",
      async function* () {
        yield "a\n";
        yield "b\n";
      },
    ],
  ])("takes %s, and nothing is left beside it", async (_, content) => {
    writeFileSync(file, "before");
    await writeWholeFile(file, content);
    expect(readFileSync(file, "utf8")).toBe("a\nb\n");
    expect(readdirSync(dir)).toEqual(["out.txt"]);
  });

  it("stays as it was where its content fails, which is what is thrown", async () => {
    writeFileSync(file, "before");
    const failing = async function* () {
      yield "half of it";
      // What lies beside it by now is known for what it is.
      expect(readdirSync(dir).filter(isUnfinished)).toHaveLength(1);
      throw new Error("no more");
    };
    await expect(writeWholeFile(file, failing)).rejects.toThrow("no more");
    expect(readFileSync(file, "utf8")).toBe("before");
    expect(readdirSync(dir)).toEqual(["out.txt"]);
  });

  it.each([["text"], ["pieces"]])("that cannot be is named, with the cure, given %s", async (kind) => {
    const absent = join(dir, "absent", "out.txt");
    const written = writeWholeFile(absent, kind === "text" ? "a" : () => ["a"]);
    await expect(written).rejects.toMatchObject({ code: "BAD_INPUT", place: { file: absent } });
    await expect(written).rejects.toThrow(/cannot be written \(.*\); check its folder/);
  });
});

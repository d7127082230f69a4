import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { readJsonFile, writeJsonFile } from "../../../src/core/files/json-file.js";

let dir: string;
let file: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), "bioweft-json-"));
  file = join(dir, "sizes.json");
});
afterAll(() => rmSync(dir, { recursive: true }));

const schema = z.object({ layers: z.number().default(6), heads: z.number() });

describe("a JSON file", () => {
  it("is written to be read again, by people too", async () => {
    await writeJsonFile(file, { heads: 12 });
    expect(readFileSync(file, "utf8")).toBe('{\n  "heads": 12\n}\n');
    expect(await readJsonFile(file, schema, "is none")).toEqual({ layers: 6, heads: 12 });
  });

  it.each([
    ["is cut", '{"heads": 1', /sizes\.json: is no list of sizes; copy it again \(.*JSON/],
    ["has another kind of field", '{"heads": "many"}', /copy it again \(.*expected number.* at heads\)$/],
  ])("that %s is refused with the reader's reason and what is wrong", async (_, text, reason) => {
    writeFileSync(file, text);
    const refused = readJsonFile(file, schema, "is no list of sizes; copy it again");
    await expect(refused).rejects.toMatchObject({ code: "MODEL", place: { file } });
    await expect(refused).rejects.toThrow(reason);
  });

  it("that is missing is named once", async () => {
    const absent = join(dir, "absent.json");
    await expect(readJsonFile(absent, schema, "is none")).rejects.toThrow(
      `${absent}: is none (ENOENT: no such file or directory)`,
    );
  });
});

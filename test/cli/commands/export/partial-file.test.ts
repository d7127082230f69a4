/** Files that are gone on with: whole or not at all under their name, byte for byte the same as if never stopped. */
import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import { writePartialFile } from "../../../../src/cli/commands/export/partial-file.js";
import { BioWeftError } from "../../../../src/core/errors.js";
import type { ExportPiece } from "../../../../src/graph/export/export-form.js";

const folder = mkdtempSync(join(tmpdir(), "bioweft-partial-"));
const file = join(folder, "rows.txt");
beforeEach(() => {
  for (const name of readdirSync(folder)) rmSync(join(folder, name));
});
afterAll(() => rmSync(folder, { recursive: true }));

const ROWS = 10;
const WHOLE = `head\n${Array.from({ length: ROWS }, (_, row) => `row ${row}\n`).join("")}tail\n`;

/** Stops before a row, or at no row, with a fault. */
async function* pieces(
  stopAt: number,
  after?: string,
  fault: Error = CANCELLED,
): AsyncGenerator<ExportPiece> {
  if (after === undefined) yield { content: "head\n", rows: 0 };
  for (let row = after === undefined ? 0 : Number(after) + 1; row < ROWS; row++) {
    if (row === stopAt) throw fault;
    yield { content: `row ${row}\n`, rows: 1, cursor: String(row) };
  }
  if (stopAt === ROWS) throw fault;
  yield { content: "tail\n", rows: 0 };
}
const CANCELLED = new BioWeftError("CANCELLED", "the query was cancelled");

function write(stopAt: number, how: { asked?: string; isResumable?: boolean; fault?: Error } = {}) {
  const { asked = "all", isResumable = true, fault } = how;
  return writePartialFile({
    ...{ file, asked, isResumable, onRows: () => undefined },
    pieces: (after) => pieces(stopAt, after, fault),
  });
}

test.each([1, 4, ROWS])(
  "stopped before row %i, the same command goes on and the file is whole",
  async (row) => {
    writeFileSync(file, "old");
    await expect(write(row)).rejects.toThrow(`stopped after ${row} rows, which are kept`);
    expect(readFileSync(file, "utf8")).toBe("old");
    expect(await write(-1)).toEqual({ rows: ROWS, resumedAt: row });
    expect(readFileSync(file, "utf8")).toBe(WHOLE);
    expect(readdirSync(folder)).toEqual(["rows.txt"]);
  },
);

test("what a killed process wrote behind its record is taken off", async () => {
  await expect(write(4)).rejects.toThrow();
  appendFileSync(`${file}.partial`, `row 4\n${"x".repeat(1000)}`);
  await write(-1);
  expect(readFileSync(file, "utf8")).toBe(WHOLE);
});

test("stopped before anything can be gone on with, it leaves nothing", async () => {
  await expect(write(0)).rejects.toThrow("cancelled");
  expect(readdirSync(folder)).toEqual([]);
});

test("a fault that is no stop is told as it is, and what there is can be gone on with", async () => {
  const fault = new BioWeftError("DATABASE", "the server is gone");
  await expect(write(3, { fault })).rejects.toBe(fault);
  expect(await write(-1)).toEqual({ rows: ROWS, resumedAt: 3 });
});

test("a command that asks something else begins anew, as does one whose partial file is shorter than its record", async () => {
  await expect(write(4)).rejects.toThrow();
  expect(await write(-1, { asked: "others" })).toEqual({ rows: ROWS, resumedAt: 0 });
  await expect(write(4)).rejects.toThrow();
  writeFileSync(`${file}.partial`, "he");
  expect(await write(-1)).toEqual({ rows: ROWS, resumedAt: 0 });
  expect(readFileSync(file, "utf8")).toBe(WHOLE);
});

test("two commands do not write one file at once", async () => {
  await expect(write(4)).rejects.toThrow();
  const record = JSON.parse(readFileSync(`${file}.partial.json`, "utf8"));
  writeFileSync(`${file}.partial.json`, JSON.stringify({ ...record, process: process.ppid }));
  await expect(write(-1)).rejects.toMatchObject({ code: "LOCKED" });
});

test("what cannot be gone on with leaves nothing when it is stopped", async () => {
  await expect(write(4, { isResumable: false })).rejects.toBe(CANCELLED);
  expect(readdirSync(folder)).toEqual([]);
  await write(-1, { isResumable: false });
  expect(readFileSync(file, "utf8")).toBe(WHOLE);
  expect(existsSync(`${file}.partial`)).toBe(false);
});

/** Rows that are set aside come back, each part's together, and leave nothing on disk. */
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { Spill } from "../../../src/core/files/spill.js";

const folder = mkdtempSync(join(tmpdir(), "bioweft-spill-"));
afterAll(() => rmSync(folder, { recursive: true }));

it("gives back every line, all of one key in one part, in their order", () => {
  const spill = new Spill(folder, 3);
  // More than a buffer and more than a chunk of each part.
  const lines = Array.from(
    { length: 60_000 },
    (_, index) => `${index % 7}\t${index}\tnaïve 🧬 ${"x".repeat(60)}`,
  );
  for (const line of lines) spill.add(line.slice(0, 1), line);
  const keys: string[][] = [];
  const found: string[] = [];
  for (const part of spill.parts()) {
    const rows = [...part];
    keys.push([...new Set(rows.map((row) => row.slice(0, 1)))]);
    found.push(...rows);
  }
  expect(keys.flat().sort()).toEqual(["0", "1", "2", "3", "4", "5", "6"]);
  const ordered = (rows: readonly string[]) =>
    ["0", "1", "2", "3", "4", "5", "6"].map((key) => rows.filter((row) => row.startsWith(key)));
  expect(ordered(found)).toEqual(ordered(lines));
});

it("has nothing in its folder, so that nothing of a killed process stays", () => {
  const spill = new Spill(folder, 3);
  spill.add("key", "line");
  expect(readdirSync(folder)).toEqual([]);
  spill.close();
});

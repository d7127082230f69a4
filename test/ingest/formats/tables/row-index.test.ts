/** A table read by its first column from the disk: every row under its key, with its line. */
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { openRowIndex } from "../../../../ingest/formats/tables/row-index.js";
import { readRows, type TableRow } from "../../../../ingest/formats/tables/table-rows.js";

const folder = mkdtempSync(join(tmpdir(), "bioweft-row-index-"));
const file = join(folder, "table.tsv");
afterAll(() => rmSync(folder, { recursive: true }));

describe("openRowIndex", () => {
  it("gives what reading the whole table gives, however its keys are mixed", async () => {
    const row = fc.tuple(fc.constantFrom("1", "2", "𝛼", "12345678"), fc.constantFrom("x", "𝛽 y", "é", ""));
    const table = fc.tuple(fc.array(row, { maxLength: 12 }), fc.constantFrom("\n", "\r\n"), fc.boolean());
    await fc.assert(
      fc.asyncProperty(table, async ([rows, end, ended]) => {
        writeFileSync(file, rows.map((cells) => cells.join("\t")).join(end) + (ended ? end : ""));
        const whole: TableRow[] = [];
        for await (const read of readRows(file, 2)) whole.push(read);
        const index = await openRowIndex(file, 2, {});
        try {
          for (const key of ["1", "2", "𝛼", "12345678", "absent"]) {
            expect(await index.rowsOf(key)).toEqual(whole.filter(({ columns }) => columns[0] === key));
          }
        } finally {
          await index.close();
        }
      }),
      { numRuns: 40 },
    );
  });

  it("refuses a broken row with its line when it is opened, or passes it over and says so", async () => {
    writeFileSync(file, Buffer.from("1\ta\n1\n1\t\xff\n1\tb\n", "latin1"));
    await expect(openRowIndex(file, 2, {})).rejects.toMatchObject({ code: "BAD_INPUT", place: { line: 2 } });
    const lines: unknown[] = [];
    const onRejected = ({ place }: { place: { line?: number } }) => void lines.push(place.line);
    const index = await openRowIndex(file, 2, { skipBad: true, onRejected });
    expect((await index.rowsOf("1")).map(({ line, columns }) => [line, columns[1]])).toEqual([
      [1, "a"],
      [4, "b"],
    ]);
    await index.close();
    expect(lines).toEqual([2, 3]);
    await expect(openRowIndex(join(folder, "none"), 2, {})).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("keeps places, not rows: a table of 2,000 bytes a key takes under 300 a key", async () => {
    const keys = 10_000;
    const row = "x".repeat(2_000);
    // Long enough that a slice of a line would hold on to the line.
    const name = (key: number) => `document-number-${key}`;
    // Piece by piece: a whole text that is still in memory when the measuring begins would make up for what is kept.
    rmSync(file, { force: true });
    for (let key = 0; key < keys; key += 1) appendFileSync(file, `${name(key)}\t${row}\n`);
    setFlagsFromString("--expose-gc");
    const collect: () => void = runInNewContext("gc");
    collect();
    const before = process.memoryUsage().heapUsed;
    const index = await openRowIndex(file, 2, {});
    collect();
    const grown = process.memoryUsage().heapUsed - before;
    expect((await index.rowsOf(name(9_999)))[0]?.columns[1]).toBe(row);
    await index.close();
    expect(grown).toBeLessThan(300 * keys);
  });
});

/** Comma-separated values: what is written is what is read. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { parseCsv, toCsvLine } from "../../../src/core/files/csv-rows.js";

test("any fields come back, whatever is in them", () => {
  // Blanks at the ends of a field are no part of it, and a line of empty fields is none.
  const field = fc.string({ unit: "grapheme" }).map((text) => text.trim());
  const rows = fc.array(fc.array(field, { minLength: 1 }).filter((row) => row.some((one) => one !== "")));
  fc.assert(
    fc.property(rows, (table) => {
      expect(parseCsv(table.map(toCsvLine).join("")).map(({ fields }) => fields)).toEqual(table);
    }),
  );
});

test.each([
  [
    "a,b\r\n\r\nc,\n",
    [
      ["a", "b"],
      ["c", ""],
    ],
    [1, 3],
  ],
  ['"a\nb",c\nd', [["a\nb", "c"], ["d"]], [1, 3]],
  ['"say ""so""", x ', [['say "so"', "x"]], [1]],
  ["", [], []],
])("%j is read with its lines", (text, fields, lines) => {
  const rows = parseCsv(text);
  expect(rows.map((row) => row.fields)).toEqual(fields);
  expect(rows.map(({ line }) => line)).toEqual(lines);
});

test.each([
  ['a\n"b,c', 2],
  ['a"b"\n', 1],
])("%j is refused with its line", (text, line) => {
  expect(() => parseCsv(text)).toThrow(expect.objectContaining({ place: { line } }));
});

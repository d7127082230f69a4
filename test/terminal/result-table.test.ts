import { expect, it } from "vitest";
import { tableLines } from "../../src/terminal/result-table.js";

it("lines a table up: figures with one decimal, counts without, a dash for nothing", () => {
  const lines = tableLines({
    title: "Table 9",
    columns: ["corpus", "F1", "papers", "paper"],
    rows: [
      ["one", 78, 1200, "pair"],
      ["another", 7.25, 3, undefined],
    ],
    notes: ["made up"],
  });
  expect(lines).toEqual([
    "Table 9",
    "corpus     F1  papers  paper",
    "one      78.0    1200   pair",
    "another   7.3       3      -",
    "note: made up",
  ]);
});

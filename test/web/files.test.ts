/** What the explorer gives away as files. */
import { describe, expect, it } from "vitest";
import { toPieces } from "../../web/src/evidence/marks.js";
import { toCurl } from "../../web/src/files/asked.js";
import { distinctPapers, toBibtex, toRis } from "../../web/src/files/citations.js";
import { toJson, toTsv } from "../../web/src/files/table-text.js";

const ASKED = {
  document: "query Q($name: String!) {\n  x(name: $name)\n}",
  variables: { name: "Raynaud's" },
};
const COLUMNS = [
  { name: "name", value: (row: { name: string; belief: number | null }) => row.name },
  { name: "belief", value: (row: { name: string; belief: number | null }) => row.belief },
];
const ROWS = [
  { name: "a\tb\nc", belief: null },
  { name: "d", belief: 0.5 },
];
const PAPER = { title: "50% of {it} & more", journal: "J", year: 1985, doi: null };

describe("tables", () => {
  it("are one line a row, whatever stands in it, below the question", () => {
    const lines = toTsv(COLUMNS, ROWS, ASKED).trimEnd().split("\n");
    expect(lines.filter((line) => !line.startsWith("# "))).toEqual(["name\tbelief", "a b c\t", "d\t0.5"]);
    expect(lines[0]).toBe(`# # variables: {"name":"Raynaud's"}`);
  });

  it("are JSON with the question", () => {
    const { query, variables, rows } = JSON.parse(toJson(COLUMNS, ROWS, ASKED));
    expect({ query, variables }).toEqual({ query: ASKED.document, variables: ASKED.variables });
    expect(rows[0]).toEqual({ name: "a\tb\nc", belief: null });
  });
});

describe("a question", () => {
  it("is a shell command, apostrophes and all", () => {
    expect(toCurl(ASKED, "http://h/graphql")).toContain("Raynaud'\\''s");
  });
});

describe("citations", () => {
  it("are each paper once", () => {
    const rows = [
      { pmid: "1", publication: PAPER },
      { pmid: "1", publication: PAPER },
    ];
    expect(distinctPapers(rows)).toHaveLength(1);
  });

  it("are RIS and BibTeX, with what BibTeX would take for its own escaped", () => {
    expect(toRis([{ ...PAPER, pmid: "1" }])).toMatch(/^TY {2}- JOUR\r\nTI {2}- 50% of/);
    expect(toBibtex([{ ...PAPER, pmid: "1" }])).toContain("title = {50\\% of it \\& more}");
  });
});

describe("marks", () => {
  it("take a text apart and lose nothing of it; of those that overlap the first is kept", () => {
    const pieces = toPieces("fish oil in fish", [
      { start: 5, end: 8, kind: "second" },
      { start: 0, end: 8, kind: "first" },
      { start: 12, end: 16, kind: "second" },
    ]);
    expect(pieces.map(({ text }) => text).join("")).toBe("fish oil in fish");
    expect(pieces.filter(({ kind }) => kind !== undefined).map(({ text }) => text)).toEqual([
      "fish oil",
      "fish",
    ]);
  });
});

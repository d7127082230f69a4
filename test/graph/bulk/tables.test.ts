/** The tables for Neo4j's importer: their headers, and what their writers refuse. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { TableWriter } from "../../../src/graph/bulk/table-writer.js";
import { checkHeaders, headerOf, TABLES } from "../../../src/graph/bulk/tables.js";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "bioweft-tables-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const headers = () =>
  Object.fromEntries(
    Object.entries(TABLES).map(([name, table]) => [
      name,
      { kind: table.kind, header: headerOf(name, table) },
    ]),
  );

it("have headers that the importer understands", () => {
  expect(headers()["from"]?.header).toBe(":START_ID(Evidence),:END_ID(Publication)");
  expect(headers()["direct"]?.header).toBe(
    ":START_ID(Entity),:END_ID(Entity),:TYPE,relationId:string,belief:double,papers:long,firstYear:long",
  );
  expect(() => checkHeaders(headers())).not.toThrow();
});

it.each([
  ["publications", "pmid:ID,title:string", /"publications" needs one :ID/],
  ["publications", "pmid:string", /"publications" needs one :ID/],
  ["documents", "id:ID(Publication)", /"documents" needs one :ID of a group of its own/],
  ["from", ":START_ID(Evidence),:END_ID(Paper)", /"from" needs :START_ID and :END_ID/],
  ["from", ":START_ID(Evidence),pmid:string", /"from" needs :START_ID and :END_ID/],
])("a header of %s that would lose rows without a word is refused: %s", (name, header, reason) => {
  const kind = headers()[name]?.kind ?? "nodes";
  expect(() => checkHeaders({ ...headers(), [name]: { kind, header } })).toThrow(reason);
});

it("quote texts, leave unknown values out, and refuse empty identifiers and what a list cannot hold", () => {
  const writer = new TableWriter(join(folder, "documents.csv"), "documents", TABLES.documents);
  const empty = Object.fromEntries(
    TABLES.documents.columns.map(({ field, form }) => [field, form.endsWith("[]") ? [] : null]),
  );
  writer.write({
    ...empty,
    id: "1|",
    title: 'a "b"\nc',
    corpus: "",
    year: 1990,
    retracted: false,
    names: ["x", "", "y"],
    counts: [1, 2, 3],
  });
  expect(() => writer.write({ ...empty, id: "" })).toThrow(/id of documents "" is empty/);
  expect(() => writer.write({ ...empty, id: "2|", names: [""] })).toThrow(/names of documents "2\|"/);
  expect(() => writer.write({ ...empty, id: "2|", names: ["a\u001fb"] })).toThrow(/U\+001F/);
  writer.close();
  const [, ...lines] = readFileSync(join(folder, "documents.csv"), "utf8").split("\n");
  expect(lines.join("\n")).toBe(
    '"1|",,"","a ""b""\nc",,1990,,false,,,,"x\u001f\u001fy","1\u001f2\u001f3",,,,,\n',
  );
  expect([writer.rows, writer.hasLineBreaks]).toEqual([1, true]);
});

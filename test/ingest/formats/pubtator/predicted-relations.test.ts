/** Prediction files of every form, and how their identifiers find a document's entities. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { toDocumentLine } from "../../../../ingest/formats/jsonl/document-jsonl.js";
import {
  readPredictedRelations,
  toAssertedRelations,
} from "../../../../ingest/formats/pubtator/predicted-relations.js";
import { toPubTator } from "../../../../ingest/formats/pubtator/pubtator-writer.js";
import { readCompatScores } from "../../../../ingest/formats/tables/compat-scores.js";
import { BIOREX_LABELS } from "../../../../src/core/biorex/compat-labels.js";
import { aDocument } from "../../../support/builders.js";

const folder = mkdtempSync(join(tmpdir(), "bioweft-predictions-"));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

const RELATIONS = [{ subject: "MESH:D001241", object: "NCBIGene:3569", type: "Association", score: 0.75 }];

describe("readPredictedRelations", () => {
  it("takes PubTator's relation lines, with a score or without, and passes over the rest", async () => {
    const block = toPubTator(aDocument({ pmid: "1" }), { relations: RELATIONS });
    const bare = "2\tCID\tD001241\tD006073\r\n2\tNone\t3569\t7157\r\n\r\n3|t|Nothing here\r\n";
    const found = await readPredictedRelations(file("whole.pubtator", `${block}\r\n${bare}`));
    expect(Object.fromEntries(found)).toEqual({
      1: [{ type: "Association", one: "D001241", other: "3569" }],
      2: [{ type: "CID", one: "D001241", other: "D006073" }],
      3: [],
    });
  });

  it("reads what `bioweft predict` writes as JSON lines", async () => {
    const lines =
      toDocumentLine(aDocument({ pmid: "1" }), RELATIONS) + toDocumentLine(aDocument({ pmid: "2" }), []);
    const found = await readPredictedRelations(file("own.jsonl", lines));
    expect(found.get("1")).toEqual([{ type: "Association", one: "MESH:D001241", other: "NCBIGene:3569" }]);
    expect(found.get("2")).toEqual([]);
  });

  it.each([
    ["numbers.tsv", "0.1\t0.2\t0.7\n", /numbers\.tsv:1: no relation line/],
    ["columns.tsv", "1\tBind\t2\t3\n1\tBind\t2\n", /columns\.tsv:2: no relation line/],
    ["empty.tsv", "\n\n", /empty\.tsv: no predictions/],
    ["documents.jsonl", toDocumentLine(aDocument()), /documents\.jsonl:1: .*predictions/],
  ])("refuses %s", async (name, text, reason) => {
    await expect(readPredictedRelations(file(name, text))).rejects.toThrow(reason);
  });
});

describe("readCompatScores", () => {
  const scores = (label: string, extra = "") =>
    `${BIOREX_LABELS.map((name) => (name === label ? "4.5" : "-1e-05")).join("\t")}${extra}`;
  const row = (pmid: string) =>
    `${pmid}\tChemicalEntity\tGeneOrGeneProduct\tD001241\t3569\tTrue\t0\ttext\t\tNone`;

  it("gives each row its strongest label, none for the negatives and for a column without a name", async () => {
    const lines = [scores("Bind"), scores("None-DDI"), scores("CID", "\t-3"), scores("", "\t9")];
    const found = await readCompatScores(
      file("scores.tsv", `${lines.join("\n")}\n`),
      file("rows.tsv", ["1", "1", "2", "3"].map(row).join("\n")),
    );
    expect([...found].map(([pmid, relations]) => [pmid, relations.map(({ type }) => type)])).toEqual([
      ["1", ["Bind"]],
      ["2", ["CID"]],
      ["3", []],
    ]);
  });

  it("refuses files that do not fit together, naming the line", async () => {
    const rows = file("two.tsv", `${row("1")}\n${row("2")}\n`);
    const three = file("three.tsv", `${scores("Bind")}\n`.repeat(3));
    await expect(readCompatScores(three, rows)).rejects.toThrow(/three\.tsv:3: more lines of scores/);
    const one = file("one.tsv", `${scores("Bind")}\n`);
    await expect(readCompatScores(one, rows)).rejects.toThrow(/two\.tsv:2: more rows/);
    const short = file("short.tsv", "1\t2\n");
    await expect(readCompatScores(short, rows)).rejects.toThrow(/short\.tsv:1: .*46 numbers/);
  });
});

describe("toAssertedRelations", () => {
  it("knows identifiers as the document spells them, as CURIEs, and several at once", () => {
    const { relations, unplaced } = toAssertedRelations(aDocument(), [
      { type: "Bind", one: "D001241", other: "NCBIGene:3569" },
      { type: "Bind", one: "3569;7157", other: "D006073" },
      { type: "Bind", one: "D001241", other: "99" },
    ]);
    expect(relations.map(({ subject, object }) => `${subject} ${object}`)).toEqual([
      "MESH:D001241 NCBIGene:3569",
      "NCBIGene:3569 MESH:D006073",
      "NCBIGene:7157 MESH:D006073",
    ]);
    expect(unplaced).toBe(1);
  });
});

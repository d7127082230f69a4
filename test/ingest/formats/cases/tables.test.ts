/** The tables among test/fixtures/cases: texts, pairs and vocabularies, gzipped or not. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { readPairList } from "../../../../ingest/formats/tables/pair-list.js";
import { readPlainTexts } from "../../../../ingest/formats/tables/plain-texts.js";
import { openRowIndex } from "../../../../ingest/formats/tables/row-index.js";
import { readVocabulary } from "../../../../ingest/lexicon/vocabularies.js";
import { casePath } from "../../../support/cases.js";

const folder = mkdtempSync(join(tmpdir(), "bioweft-tables-"));
afterAll(() => rmSync(folder, { recursive: true }));

function gzipped(name: string): string {
  const path = join(folder, name);
  writeFileSync(path, gzipSync(readFileSync(casePath(name))));
  return path;
}

async function all<Value>(values: AsyncIterable<Value>): Promise<Value[]> {
  const found: Value[] = [];
  for await (const value of values) found.push(value);
  return found;
}

describe.each([
  ["as they are", casePath],
  ["gzipped", gzipped],
])("tables %s", (_, path) => {
  it("texts, with a byte order mark and CRLF", async () => {
    const plain = await all(readPlainTexts(path("50-texts.txt"), { identified: false }));
    expect(plain.map(({ document }) => document.passages.map(({ text }) => text))).toEqual([
      ["Quenolide lowers liver injury", "Mice given quenolide had less liver injury than controls."],
    ]);
    const named = await all(readPlainTexts(path("50-bom-crlf-texts.tsv"), { identified: true }));
    expect(named.map(({ document }) => [document.pmid, document.passages.at(-1)?.text])).toEqual([
      ["99005001", "Aspirin cut headache in 10 adults."],
      ["99005002", ""],
    ]);
  });

  it("pairs; a row that names no paper is left out and reported", async () => {
    const lines: (number | undefined)[] = [];
    const options = {
      skipBad: true,
      onRejected: (fault: { place: { line?: number } }) => lines.push(fault.place.line),
    };
    const pairs = await all(readPairList(path("51-pairs.tsv"), undefined, options));
    expect(pairs.map(({ one }) => one)).toEqual([["NCBIGene:7124"], ["NCBIGene:7124"], ["NCBIGene:999"]]);
    expect(lines).toEqual([4]);
    const others = await all(readPairList(path("52-pairs.tsv")));
    expect(others.map(({ publication }) => publication)).toEqual(["41319341", "40376969"]);
  });

  it("CTD's vocabularies; an empty file is refused", async () => {
    const chemicals = await all(readVocabulary(path("50-CTD_chemicals.tsv")));
    expect(chemicals.map(({ curie, synonyms }) => [curie, ...synonyms])).toEqual([
      ["MESH:C900001"],
      ["MESH:D001241", "Acetylsalicylic acid"],
    ]);
    const diseases = await all(readVocabulary(path("50-CTD_diseases.tsv")));
    expect(diseases.map(({ name }) => name)).toEqual(["Liver Injury", "Headache"]);
    await expect(all(readVocabulary(path("50-lex.tsv")))).rejects.toMatchObject({ code: "BAD_INPUT" });
  });

  it("rows looked up by their key", async () => {
    const index = await openRowIndex(path("51-pairs.tsv"), 3, {});
    const rows = await index.rowsOf("99000001");
    await index.close();
    expect(rows.map(({ line }) => line)).toEqual([1, 2, 3]);
  });
});

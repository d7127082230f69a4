/** Vocabularies in their publishers' forms, with invented contents. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { readVocabulary } from "../../../ingest/annotation/vocabularies.js";
import type { NamedEntity } from "../../../src/core/annotation.js";

const folder = mkdtempSync(join(tmpdir(), "bioweft-vocabulary-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function all(entities: AsyncIterable<NamedEntity>): Promise<NamedEntity[]> {
  const read: NamedEntity[] = [];
  for await (const entity of entities) read.push(entity);
  return read;
}

async function read(name: string, content: string | Buffer): Promise<NamedEntity[]> {
  const file = join(folder, name);
  writeFileSync(file, content);
  return all(readVocabulary(file));
}

const GENE_INFO = [
  "#tax_id\tGeneID\tSymbol\tLocusTag\tSynonyms\tdbXrefs\tchromosome\tmap_location\tdescription\ttype_of_gene\tOther_designations",
  "9606\t90001\tQRX1\t-\tQX|QRXA\t-\t1\t-\tquarax factor 1\tprotein-coding\tquarax alpha|quarax factor 1",
  "9606\t90002\tNEWENTRY\t-\t-\t-\t1\t-\t-\tother\t-",
  "",
].join("\n");
const MESH = [
  "*NEWRECORD",
  "RECTYPE = D",
  "MH = Quaraxosis",
  "ENTRY = Quarax Disease|T047|NON|EQV|NLM (2020)",
  "PRINT ENTRY = Quarax Fever|T047",
  "MN = C01.100",
  "UI = D990001",
  "",
  "*NEWRECORD",
  "MH = Quaraxine",
  "MN = D02.100",
  "UI = D990002",
  "",
  "*NEWRECORD",
  "MH = Quarax Islands",
  "MN = Z01.100",
  "UI = D990003",
  "",
].join("\r\n");
const CTD = [
  "# Invented in CTD's form",
  "#",
  "# Fields:",
  "# DiseaseName\tDiseaseID\tAltDiseaseIDs\tDefinition\tParentIDs\tTreeNumbers\tParentTreeNumbers\tSynonyms",
  "#",
  "Quaraxosis\tMESH:D990001\t\t\t\t\t\tQuarax Disease|Quarax Fever",
  "Quarax syndrome\tOMIM:990004\t\t\t\t\t\t",
  "",
].join("\n");
const disease = { curie: "MESH:D990001", type: "Disease", name: "Quaraxosis" };

describe("readVocabulary", () => {
  it("reads gene_info, gzipped too", async () => {
    const synonyms = ["QX", "QRXA", "quarax factor 1", "quarax alpha"];
    const genes = [{ curie: "NCBIGene:90001", type: "Gene", name: "QRX1", synonyms }];
    expect(await read("gene_info", GENE_INFO)).toEqual(genes);
    expect(await read("gene_info.gz", gzipSync(GENE_INFO))).toEqual(genes);
  });

  it("reads MeSH descriptors of diseases and chemicals", async () => {
    expect(await read("d2025.bin", MESH)).toEqual([
      { ...disease, synonyms: ["Quarax Disease", "Quarax Fever"] },
      { curie: "MESH:D990002", type: "Chemical", name: "Quaraxine", synonyms: [] },
    ]);
  });

  it("reads CTD's diseases, chemicals and genes", async () => {
    expect(await read("CTD_diseases.tsv", CTD)).toEqual([
      { ...disease, synonyms: ["Quarax Disease", "Quarax Fever"] },
      { curie: "OMIM:990004", type: "Disease", name: "Quarax syndrome", synonyms: [] },
    ]);
    const chemicals = "# ChemicalName\tChemicalID\tCasRN\tSynonyms\nQuaraxine\tMESH:D990002\t\tQX 2\n";
    expect(await read("c.tsv", chemicals)).toMatchObject([{ type: "Chemical", synonyms: ["QX 2"] }]);
    const genes = "# GeneSymbol\tGeneName\tGeneID\tSynonyms\nQRX1\tquarax factor 1\t90001\tQX\n";
    expect(await read("g.tsv", genes)).toMatchObject([
      { curie: "NCBIGene:90001", synonyms: ["quarax factor 1", "QX"] },
    ]);
  });

  it.each([
    ["another file", "x.txt", "hello\n", 1],
    ["an empty file", "e.txt", "", 1],
    ["a row that is cut", "cut.tsv", `${CTD}Quara`, 8],
    ["half a gzip", "half.gz", gzipSync(GENE_INFO).subarray(0, 60), 1],
  ])("refuses %s with its line", async (_, name, content, line) => {
    await expect(read(name, content)).rejects.toMatchObject({ code: "BAD_INPUT", place: { line } });
  });

  it("says which file is not there", async () => {
    const nowhere = all(readVocabulary(join(folder, "none")));
    await expect(nowhere).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

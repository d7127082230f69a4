/** Vocabularies in their publishers' forms, with invented contents. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { toLexiconLine } from "../../../ingest/lexicon/lexicon-lines.js";
import { readVocabulary } from "../../../ingest/lexicon/vocabularies.js";
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

  it("reads MeSH's supplementary records, of which protocols are left out", async () => {
    const records = [
      "*NEWRECORD\nRECTYPE = C\nNM = quaraxol\nRN = 0\nSY = QXL|T109|T121|NON|EQV\nST = T109\nUI = C990001",
      "*NEWRECORD\nNM = Quarax lip\nRN = 0\nST = T047\nUI = C990002",
      "*NEWRECORD\nNM = QUARAX protocol\nST = T061\nUI = C990003",
    ].join("\n\n");
    expect(await read("c2025.bin", records)).toEqual([
      { curie: "MESH:C990001", type: "Chemical", name: "quaraxol", synonyms: ["QXL"] },
      { curie: "MESH:C990002", type: "Disease", name: "Quarax lip", synonyms: [] },
    ]);
  });

  it("reads MeSH as XML, descriptors and supplementary records, gzipped too", async () => {
    const terms = (...names: string[]) =>
      `<ConceptList><Concept><TermList>${names.map((name) => `<Term><String>${name}</String></Term>`).join("")}</TermList></Concept></ConceptList>`;
    const descriptor = (id: string, name: string, tree: string, ...names: string[]) =>
      `<DescriptorRecord DescriptorClass="1"><DescriptorUI>${id}</DescriptorUI>\n<DescriptorName><String>${name}</String></DescriptorName>` +
      `<TreeNumberList><TreeNumber>${tree}</TreeNumber></TreeNumberList>${terms(name, ...names)}</DescriptorRecord>\n`;
    const head = '<?xml version="1.0"?>\n<!DOCTYPE DescriptorRecordSet SYSTEM "desc.dtd">\n';
    const set = (...records: string[]) =>
      `${head}<DescriptorRecordSet>\n${records.join("")}</DescriptorRecordSet>`;
    const xml = set(
      descriptor("D990001", "Quaraxosis", "C01.100", "Quarax Disease", "Quarax &amp; Fever"),
      descriptor("D990003", "Quarax Islands", "Z01.100"),
    );
    const quaraxosis = [{ ...disease, synonyms: ["Quarax Disease", "Quarax & Fever"] }];
    expect(await read("desc2025.xml", xml)).toEqual(quaraxosis);
    expect(await read("desc2025.xml.gz", gzipSync(xml))).toEqual(quaraxosis);
    const supplementary = (scrClass: number, id: string, name: string) =>
      `<SupplementalRecord SCRClass="${scrClass}"><SupplementalRecordUI>${id}</SupplementalRecordUI>` +
      `<SupplementalRecordName><String>${name}</String></SupplementalRecordName>${terms(name)}</SupplementalRecord>`;
    const records = [1, 2, 3].map((scrClass) =>
      supplementary(scrClass, `C99000${scrClass}`, `name ${scrClass}`),
    );
    expect(
      await read("supp.xml", `<SupplementalRecordSet>${records.join("")}</SupplementalRecordSet>`),
    ).toEqual([
      { curie: "MESH:C990001", type: "Chemical", name: "name 1", synonyms: [] },
      { curie: "MESH:C990003", type: "Disease", name: "name 3", synonyms: [] },
    ]);
    await expect(read("cut.xml", xml.slice(0, -30))).rejects.toMatchObject({
      code: "BAD_INPUT",
      place: { line: 8 },
    });
    await expect(read("other.xml", "<collection></collection>")).rejects.toMatchObject({
      place: { line: 1 },
    });
  });

  it("reads the lexicon that it writes", async () => {
    const entities = [
      { curie: "dbSNP:rs5", type: "Variant", name: "R175H", synonyms: ["p.R175H\t𝛼"] },
      { curie: "NCBIGene:1", type: "Gene", name: 'A"1', synonyms: [] },
    ] as const;
    const lines = entities.map(toLexiconLine).join("");
    expect(await read("lexicon.jsonl", lines)).toEqual(entities);
    expect(await read("lexicon.jsonl.gz", gzipSync(lines))).toEqual(entities);
    await expect(read("l.jsonl", `${lines}{"curie":"x"}\n`)).rejects.toThrow(
      /l\.jsonl:3: .*type.*bioweft lexicon/,
    );
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

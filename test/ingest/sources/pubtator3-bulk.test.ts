/** PubTator3's bulk files as documents with evidence. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type BulkReading,
  bulkDocuments,
  noRowsRead,
} from "../../../ingest/sources/pubtator3-bulk/bulk-documents.js";
import { findBulkFiles } from "../../../ingest/sources/pubtator3-bulk/bulk-files.js";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "bioweft-bulk-rows-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const RELATIONS = [
  "11\ttreat\tChemical|MESH:D001241\tDisease|MESH:D006073",
  "12\tinteract\tGene|3569\tGene|7157",
  // The rows of a paper need not stand together.
  "11\tassociate\tGene|3569\tDisease|MESH:D006073",
  "11\ttreat\tDisease|MESH:D006073\tChemical|MESH:D001241",
  "11\tassociate\tProteinMutation|p|SUB|R|175|H\tDisease|MESH:D006073;MESH:D001171",
  "12\tpraise\tGene|3569\tGene|7157",
  "12\tassociate\tGene|3569\tGene|3569",
  "12\tassociate\tGene|-\tGene|7157",
  "12\tassociate\tSpecies|9606\tGene|7157",
  "12\tassociate\tWeather|1\tGene|7157",
];
const CONCEPTS = [
  "11\tChemical\tMESH:D001241\taspirin|Aspirin\tPubTator3",
  "11\tDisease\tMESH:D006073\tgout\tPubTator3",
  "11\tSpecies\t9606\tpatients\tPubTator3",
  "13\tDisease\tMESH:D006073\tgout\tPubTator3",
];

async function read(files: Record<string, string | Buffer>, reading: Partial<BulkReading> = {}) {
  const dir = mkdtempSync(join(folder, "files-"));
  const scratch = join(dir, "scratch");
  mkdirSync(scratch);
  for (const [name, content] of Object.entries(files)) writeFileSync(join(dir, name), content);
  const counts = noRowsRead();
  const papers = [];
  const stream = bulkDocuments(await findBulkFiles(dir), { scratch, parts: 2, ...reading }, counts);
  for await (const paper of stream) papers.push(paper);
  expect(readdirSync(scratch)).toEqual([]);
  papers.sort((a, b) => (a.document.pmid < b.document.pmid ? -1 : 1));
  return { papers, counts };
}

describe("bulkDocuments", () => {
  it("gives each paper once, with its relations in our types and the names it uses, and counts what it leaves out", async () => {
    const { papers, counts } = await read({
      "relation2pubtator3.gz": gzipSync(`${RELATIONS.join("\n")}\n`),
      bioconcepts2pubtator3: CONCEPTS.join("\n"),
    });
    expect(papers.map(({ document }) => document)).toEqual(
      ["11", "12"].map((pmid) => ({ pmid, corpus: "PubTator3", passages: [], mentions: [], relations: [] })),
    );
    expect(papers.map(({ evidence }) => evidence.map(({ id }) => id))).toEqual([
      [
        "11|MESH:D001171|Association|tmVar:p|SUB|R|175|H|PubTator3",
        "11|MESH:D001241|Negative_Correlation|MESH:D006073|PubTator3",
        "11|MESH:D006073|Association|NCBIGene:3569|PubTator3",
        "11|MESH:D006073|Association|tmVar:p|SUB|R|175|H|PubTator3",
      ],
      ["12|NCBIGene:3569|Bind|NCBIGene:7157|PubTator3"],
    ]);
    expect(papers[0]?.evidence[1]).toMatchObject({
      subject: { curie: "MESH:D001241", type: "Chemical", names: ["aspirin", "Aspirin"] },
      object: { curie: "MESH:D006073", type: "Disease", names: ["gout"] },
      sourceKind: "pubtator3",
      source: "PubTator3",
      probability: 1,
    });
    expect(counts).toEqual({
      relationRows: 10,
      papers: 2,
      evidence: 5,
      repeated: 1,
      selfRelations: 1,
      leftOut: { unknownRelation: 1, unknownEntity: 1, noIdentifier: 1, noRole: 1 },
      conceptRows: 4,
      conceptsUnused: 2,
    });
  });

  it("refuses a broken row with file and line, or leaves it out where that is asked", async () => {
    const files = { relation2pubtator3: `${RELATIONS[0]}\nx\ttreat\tGene|1\tGene|2\n11\ttreat\n` };
    await expect(read(files)).rejects.toThrow(/relation2pubtator3:2: "x" is no PMID/);
    const faults: string[] = [];
    const { counts } = await read(files, { skipBad: true, onRejected: ({ reason }) => faults.push(reason) });
    expect([counts.relationRows, faults.length]).toEqual([1, 2]);
  });

  it("names the folder that holds no relations", async () => {
    await expect(read({ "other.gz": "" })).rejects.toThrow(/holds no relation2pubtator3/);
  });
});

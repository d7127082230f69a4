/** Lists of pairs without spans and RENET2's tables: read, and joined with documents. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readDocuments } from "../../../../ingest/formats/read-documents.js";
import {
  type JoinCounts,
  type JoinOptions,
  joinPairs,
} from "../../../../ingest/formats/tables/join-pairs.js";
import { readPairList, readPublicationIds } from "../../../../ingest/formats/tables/pair-list.js";
import type { Document } from "../../../../src/core/document.js";
import type { BioWeftError } from "../../../../src/core/errors.js";
import { aDocument } from "../../../support/builders.js";

const CORPORA = resolve(process.env["BIOWEFT_CORPORA"] ?? "../shared/corpora");
const folder = mkdtempSync(join(tmpdir(), "bioweft-pair-list-"));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

async function collect<Value>(values: AsyncIterable<Value>): Promise<Value[]> {
  const all: Value[] = [];
  for await (const value of values) all.push(value);
  return all;
}

async function* stream(documents: readonly Document[]): AsyncGenerator<Document> {
  yield* documents;
}

/** Joins a list's text with documents, and gives what became of both. */
async function joined(list: string, documents: readonly Document[], options: Partial<JoinOptions> = {}) {
  const counts: JoinCounts[] = [];
  const read = await collect(
    joinPairs(readPairList(file("list", list)), stream(documents), {
      scope: "document",
      type: "GDA",
      onCounted: (counted) => void counts.push(counted),
      ...options,
    }),
  );
  expect(counts).toHaveLength(1);
  return { documents: read, counts: counts[0] };
}

describe("readPairList", () => {
  it.each([
    ["tabs", "12\t22\tD000022\n"],
    ["commas, CRLF and a header", "PMID,gene,disease\r\n12, 22, MESH:D000022\r\n"],
  ])("reads PMID, identifier, identifier with %s", async (_, text) => {
    expect(await collect(readPairList(file("plain", text)))).toEqual([
      { publication: "12", one: ["NCBIGene:22"], other: ["MESH:D000022"], related: true },
    ]);
  });

  it("knows papers without a PMID by the identifiers that it is given", async () => {
    const list = file("own", "note-7\t22\tD000022\n");
    const [pair] = await collect(readPairList(list, undefined, { ownIds: new Set(["note-7"]) }));
    expect(pair).toMatchObject({ publication: "note-7" });
    await expect(collect(readPairList(list))).rejects.toThrow(/own:1: "note-7" is no PMID/);
  });

  it("takes the ends' types, a long variant among them", async () => {
    const list = file("typed", "12\tD000022\trs5\n");
    const [pair] = await collect(readPairList(list, ["Chemical", "Variant"]));
    expect(pair).toMatchObject({ one: ["MESH:D000022"], other: ["dbSNP:rs5"] });
  });

  it("reads RENET2's tables by their header, whatever stands between the columns it needs", async () => {
    const table =
      "pmid\tgeneId\tdiseaseId\tg_name\tlabel\tpred\r\n" +
      "12\t22|23\tD000022\tGENB | GENC\t1\t0\r\n12\t24\tOMIM:5\tGEND\t0\t1";
    expect(await collect(readPairList(file("renet2", table)))).toEqual([
      { publication: "12", one: ["NCBIGene:22", "NCBIGene:23"], other: ["MESH:D000022"], related: true },
      { publication: "12", one: ["NCBIGene:24"], other: ["OMIM:5"], related: false },
    ]);
  });

  it("refuses rows by line, or leaves them out and says so", async () => {
    const list = file(
      "broken",
      "12\t22\tD000022\nPMC12\t22\tD000022\n12\t22\n12\t-\tD000022\n13\t22\tD000022\n",
    );
    await expect(collect(readPairList(list))).rejects.toThrow(/broken:2: "PMC12" is no PMID/);
    const faults: BioWeftError[] = [];
    const options = { skipBad: true, onRejected: (fault: BioWeftError) => void faults.push(fault) };
    const kept = await collect(readPairList(list, ["Gene", "Disease"], options));
    expect(kept.map(({ publication }) => publication)).toEqual(["12", "13"]);
    expect(faults.map(({ place }) => place.line)).toEqual([2, 3, 4]);
    const table = file("label", "pmid\tgeneId\tdiseaseId\tlabel\n12\t22\tD000022\t2\n");
    await expect(collect(readPairList(table))).rejects.toThrow(/label:2: the label is 0 or 1, not "2"/);
  });
});

describe("joinPairs", () => {
  // Its title names the gene 3569 and the disease D006073 in one sentence; its abstract 7157 in another.
  const document = aDocument({ pmid: "12" });
  const list = "12\t3569\tD006073\n12\t7157\tD006073\n12\t99\tD006073\n13\t3569\tD006073\n";
  const relation = (gene: number) => ({
    subject: `NCBIGene:${gene}`,
    object: "MESH:D006073",
    type: "GDA",
  });

  it("keeps pairs that the document names, in place of its own relations, and counts the rest", async () => {
    const result = await joined(list, [document, aDocument({ pmid: "14" })]);
    expect(result.documents).toEqual([{ ...document, relations: [relation(3569), relation(7157)] }]);
    expect(result.counts).toEqual({
      documents: 1,
      unlisted: 1,
      related: 2,
      unrelated: 0,
      unnamed: 1,
      absent: 1,
    });
  });

  it("within a sentence both must stand in one", async () => {
    const result = await joined(list, [document], { scope: "sentence" });
    expect(result.documents[0]?.relations).toEqual([relation(3569)]);
    expect(result.counts).toMatchObject({ related: 1, unnamed: 2 });
  });

  it("a document may be a part of a paper, or carry a PMCID; unrelated pairs place no relation", async () => {
    const table = "pmid\tgeneId\tdiseaseId\tlabel\n12\t99|3569\tD006073\t1\n12\t7157\tD006073\t0\n";
    const parts = [
      { ...document, pmid: "121001", publication: "12" },
      { ...document, pmid: "PMC7" },
    ];
    const pmids = await readPublicationIds(file("ids.csv", "PMCID,PMID\nPMC7,12\n"));
    const result = await joined(table, parts, { pmids });
    expect(result.documents.map(({ pmid, relations }) => [pmid, relations])).toEqual([
      ["121001", [relation(3569)]],
      ["PMC7", [relation(3569)]],
    ]);
    expect(result.counts).toMatchObject({ documents: 2, related: 1, unrelated: 1, unnamed: 0, absent: 0 });
    await expect(readPublicationIds(file("ids.csv", "PMCID,PMID\nPMC7;12\n"))).rejects.toThrow(/ids\.csv:2/);
  });
});

describe.skipIf(!existsSync(CORPORA))("the published lists", () => {
  it.each([
    ["ann_1st.tsv", 745, 2068],
    ["ann_2nd.tsv", 723, 2011],
  ])("RENET2's %s: %i related and %i unrelated pairs of 500 abstracts", async (name, ...counts) => {
    const pairs = await collect(readPairList(join(CORPORA, "renet2", name)));
    const related = pairs.filter((pair) => pair.related).length;
    expect([related, pairs.length - related]).toEqual(counts);
    expect(new Set(pairs.map(({ publication }) => publication)).size).toBe(500);
  });

  it("RENET2's table of PMCIDs has 500 full texts, none of them among its abstracts", async () => {
    expect((await readPublicationIds(join(CORPORA, "renet2", "ft_id_lst.csv"))).size).toBe(500);
  });

  it("EMU's pairs as a list find every document and relation of the authors' form again", async () => {
    const path = join(CORPORA, "emu", "BCa_db_novel_128.PubTator");
    const documents = await collect(readDocuments(path));
    const rows = documents.flatMap(({ pmid, relations }) =>
      relations.map(({ subject, object }) => `${pmid}\t${object}\t${subject}\n`),
    );
    const bare = documents.map((document) => ({ ...document, relations: [] }));
    const { documents: read, counts } = await joined(rows.join(""), bare);
    expect(read.flatMap(({ relations }) => relations)).toHaveLength(84);
    expect(counts).toMatchObject({ related: 84, unnamed: 0, absent: 0 });
  });
});

/** EMU, DisGeNET, PharmGKB and RENET2: quirks in our own words. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { corpusByName, readCorpus } from "../../../ingest/corpora/reading-corpora.js";
import { parseDocumentLine, toDocumentLine } from "../../../ingest/formats/jsonl/document-jsonl.js";
import { type Document, publicationOf } from "../../../src/core/document.js";
import { aDocument } from "../../support/builders.js";

const folder = mkdtempSync(join(tmpdir(), "bioweft-pairs-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function read(name: string, from: string): Promise<Document[]> {
  const all: Document[] = [];
  for await (const document of readCorpus(corpusByName(name), from)) all.push(document);
  return all;
}

describe("DisGeNET", () => {
  it("keeps numbers beyond 32 bits, knows their paper, and takes an empty abstract", async () => {
    const file = join(folder, "DisGeNET.PubTator");
    writeFileSync(
      file,
      "987654321001|t|GENA may mark ache.\n987654321001|a|\n987654321001\t0\t4\tGENA\tGene\t11\n" +
        "987654321001\t14\t18\tache\tDisease\tD000011\n987654321001\tAssociation\tD000011\t11\n\n" +
        "12341002|t|No pair.\n\n77|t|Too short for a running number.\n",
    );
    const [one, two, three] = await read("disgenet", folder);
    expect(one).toMatchObject({ pmid: "987654321001", publication: "98765432", corpus: "disgenet" });
    expect(one?.passages[1]).toEqual({ kind: "abstract", offset: 20, text: "" });
    expect(one?.relations).toEqual([{ subject: "MESH:D000011", object: "NCBIGene:11", type: "Association" }]);
    expect([two, three].map((document) => document && publicationOf(document))).toEqual(["1234", "77"]);
    if (one !== undefined) expect(parseDocumentLine(toDocumentLine(one))).toEqual(one);
  });
});

describe("EMU and PharmGKB", () => {
  const HEAD = "5|t|GENB c.5A>C and c.6G>T shape the drug and the ache.\n";
  const LONG = "tmVar:c|SUB|A|5|C;HGVS:c.5A>C;VariantGroup:0;CorrespondingGene:22;CA#:1";
  it("take a variant's long identifier, with its bars and semicolons, for one identifier", async () => {
    writeFileSync(
      join(folder, "PharmGKB.PubTator"),
      `${HEAD}5\t0\t4\tGENB\tGene\t22;23\n5\t5\t11\tc.5A>C\tDNAAllele\t${LONG}\n5\t33\t37\tdrug\tChemical\tD000022\n` +
        `5\t16\t22\tc.6G>T\tDNAMutation\t${LONG.replace("|5|", "|6|")};RS#:99\n5\tAssociation\tD000022\t22\n`,
    );
    const [document] = await read("pharmgkb", folder);
    expect(document?.mentions.map(({ type, ids }) => [type, ids])).toEqual([
      ["Gene", ["NCBIGene:22", "NCBIGene:23"]],
      ["Variant", ["tmVar:c|SUB|A|5|C;CorrespondingGene:22"]],
      ["Chemical", ["MESH:D000022"]],
      ["Variant", ["dbSNP:rs99"]],
    ]);
    expect(document?.mentions[1]?.sourceIds).toEqual([LONG]);
  });

  it("EMU is its two cancers' files, one after the other", async () => {
    writeFileSync(join(folder, "BCa_db_novel_128.PubTator"), HEAD);
    writeFileSync(join(folder, "PCa_db_novel_51.PubTator"), HEAD.replace("5|", "6|"));
    expect((await read("emu", folder)).map(({ pmid }) => pmid)).toEqual(["5", "6"]);
  });
});

describe("RENET2", () => {
  const tables = join(folder, "renet2");
  beforeAll(() => {
    mkdirSync(tables);
    for (const name of ["ann_1st.tsv", "ann_2nd.tsv"]) {
      writeFileSync(join(tables, name), "pmid\tgeneId\tdiseaseId\tlabel\n12\t22\tD000022\t1\n");
    }
  });

  it("says how its tables, which have no texts, become documents, and reads what they became", async () => {
    const cure = /ann_1st\.tsv: .*no texts; .*bioweft join --pairs .*ann_2nd\.tsv .*--out .*renet2\.jsonl/;
    await expect(read("renet2", tables)).rejects.toThrow(cure);
    await expect(read("renet2", join(tables, "ann_2nd.tsv"))).rejects.toThrow(/no texts/);
    writeFileSync(
      join(tables, "renet2.jsonl"),
      toDocumentLine(aDocument({ pmid: "12" })).replaceAll("Negative_Correlation", "Association"),
    );
    for (const from of [tables, folder, join(tables, "renet2.jsonl")]) {
      expect((await read("renet2", from)).map(({ pmid, corpus: name }) => [pmid, name])).toEqual([
        ["12", "renet2"],
      ]);
    }
  });
});

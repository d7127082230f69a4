/** ChemProt, the worked example of CONTRIBUTING: its tables in our own words, and its counts where at hand. */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { corpusByName, readCorpus } from "../../../ingest/corpora/reading-corpora.js";
import { type Document, documentText } from "../../../src/core/document.js";
import type { ReadOptions } from "../../../src/core/read-options.js";

const CORPUS = resolve(process.env["BIOWEFT_CORPORA"] ?? "../shared/corpora", "chemprot");
const folder = mkdtempSync(join(tmpdir(), "bioweft-chemprot-"));
const table = (part: string) => join(folder, "chemprot_training", `chemprot_training_${part}.tsv`);
afterAll(() => rmSync(folder, { recursive: true }));

beforeAll(() => {
  mkdirSync(join(folder, "chemprot_training"));
  writeFileSync(table("abstracts"), "3\tBeta acid 𝛽 stops ENZ1\tENZ2 makes it.\n4\tNothing\tHere.\n");
  writeFileSync(
    table("entities"),
    "3\tT1\tCHEMICAL\t0\t9\tBeta acid\n3\tT2\tGENE-Y\t18\t22\tENZ1\n3\tT3\tGENE-N\t23\t27\tENZ2\n",
  );
  writeFileSync(
    table("relations"),
    "3\tCPR:4\tY \tINHIBITOR\tArg1:T1\tArg2:T2\n3\tCPR:4\tY \tDOWNREGULATOR\tArg1:T1\tArg2:T2\n" +
      "3\tCPR:9\tY \tPRODUCT-OF\tArg1:T1\tArg2:T3\n3\tCPR:2\tN \tREGULATOR\tArg1:T1\tArg2:T3\n",
  );
});

async function read(from: string, options: ReadOptions = {}): Promise<Document[]> {
  const all: Document[] = [];
  for await (const document of readCorpus(corpusByName("chemprot"), from, "all", options)) all.push(document);
  return all;
}

describe("ChemProt", () => {
  it.each([
    "",
    "chemprot_training/chemprot_training_abstracts.tsv",
    "chemprot_training/chemprot_training_relations.tsv",
  ])(
    "is read from its folder or one of its tables (%s): evaluated rows only, a pair once a group",
    async (path) => {
      const [one, two] = await read(join(folder, path));
      expect(one?.mentions.map(({ ids, type, text }) => [ids[0], type, text])).toEqual([
        ["ChemProt:3.T1", "Chemical", "Beta acid"],
        ["ChemProt:3.T2", "Gene", "ENZ1"],
        ["ChemProt:3.T3", "Gene", "ENZ2"],
      ]);
      expect(one?.relations).toEqual([
        { subject: "ChemProt:3.T1", object: "ChemProt:3.T2", type: "Negative_Correlation" },
        { subject: "ChemProt:3.T1", object: "ChemProt:3.T3", type: "Association" },
      ]);
      expect(two).toMatchObject({ pmid: "4", corpus: "chemprot", mentions: [], relations: [] });
    },
  );

  it("a document whose entity is not where its row says is refused, the others are kept", async () => {
    const broken = join(folder, "broken");
    mkdirSync(broken);
    const at = (part: string) => join(broken, `chemprot_training_${part}.tsv`);
    writeFileSync(at("abstracts"), "3\tBeta\tAcid.\n4\tNothing\tHere.\n");
    writeFileSync(at("entities"), "3\tT1\tCHEMICAL\t1\t5\tBeta\n");
    writeFileSync(at("relations"), "");
    const faults: string[] = [];
    const options = { skipBad: true, onRejected: (fault: Error) => void faults.push(fault.message) };
    expect((await read(at("entities"), options)).map(({ pmid }) => pmid)).toEqual(["4"]);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(/entities\.tsv:1, PMID 3: the text at 1-5 is "eta ", the entity says "Beta"/);
  });
});

describe.skipIf(!existsSync(CORPUS))("the published ChemProt", () => {
  it("training: 1,020 documents, 4,157 gold relations by group as the gold standard has them", async () => {
    const documents = await read(CORPUS);
    expect(documents).toHaveLength(1020);
    const relations = documents.flatMap((document) => document.relations);
    const count = (type: string) => relations.filter((relation) => relation.type === type).length;
    expect(relations).toHaveLength(4157);
    expect(count("Positive_Correlation")).toBe(768 + 173);
    expect(count("Negative_Correlation")).toBe(2254 + 235);
    expect(count("Association")).toBe(727);
    for (const document of documents) {
      const text = documentText(document);
      expect(document.mentions.filter((one) => text.slice(one.start, one.end) !== one.text)).toEqual([]);
    }
  });
});

/** The declared corpora: layout and labels. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CORPORA } from "../../../ingest/corpora/declared-corpora.js";
import { corpusByName, isHeldOut, readCorpus } from "../../../ingest/corpora/reading-corpora.js";
import type { Document } from "../../../src/core/document.js";
import { isRelationType } from "../../../src/core/relation-types.js";

const folder = mkdtempSync(join(tmpdir(), "bioweft-corpora-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function collect(documents: AsyncIterable<Document>): Promise<Document[]> {
  const all: Document[] = [];
  for await (const document of documents) all.push(document);
  return all;
}

describe("corpus declarations", () => {
  it("are found by name in any case; an unknown name lists those there are", () => {
    expect(corpusByName("DrugProt").scope).toBe("sentence");
    expect(() => corpusByName("nothing")).toThrow(/aimed, bc5cdr, biored, .*drugprot/);
  });

  it("map every label to a relation type of BioRED", () => {
    for (const corpus of CORPORA) expect(Object.values(corpus.labels).every(isRelationType)).toBe(true);
  });

  it("know BioRED's test abstracts", () => {
    expect(isHeldOut("15036754")).toBe(true);
    expect(isHeldOut("90000001")).toBe(false);
  });
});

describe("readCorpus", () => {
  const prefix = join(folder, "drugprot_training_");
  beforeAll(() => {
    // The no-break and thin spaces are part of the text, as in the published tables.
    writeFileSync(
      `${prefix}abstracs.tsv`,
      "1\tAlpha𝛽 blocks\u00a0KIN1\tIt\u2009also cuts KIN2.\n2\tNothing\tHere.\n",
    );
    writeFileSync(
      `${prefix}entities.tsv`,
      "1\tT1\tCHEMICAL\t0\t6\tAlpha𝛽\n1\tT2\tGENE-Y\t14\t18\tKIN1\n1\tT3\tGENE\t32\t36\tKIN2\n",
    );
    writeFileSync(
      `${prefix}relations.tsv`,
      "1\tINHIBITOR\tArg1:T1\tArg2:T2\n1\tSUBSTRATE\tArg1:T1\tArg2:T2\n",
    );
  });

  it.each(["", "drugprot_training_abstracs.tsv", "drugprot_training_relations.tsv"])(
    "reads DrugProt from its folder or one of its tables (%s), all labels of a pair kept",
    async (name) => {
      const [one, two] = await collect(readCorpus(corpusByName("drugprot"), join(folder, name)));
      expect(one?.corpus).toBe("drugprot");
      expect(one?.mentions.map(({ ids, text }) => [ids[0], text])).toEqual([
        ["DrugProt:1.T1", "Alpha𝛽"],
        ["DrugProt:1.T2", "KIN1"],
        ["DrugProt:1.T3", "KIN2"],
      ]);
      expect(one?.relations.map(({ type }) => type)).toEqual(["Negative_Correlation", "Association"]);
      expect(two).toMatchObject({ pmid: "2", mentions: [], relations: [] });
    },
  );

  it("refuses a file of another corpus by its labels, and keeps the rest when bad ones are skipped", async () => {
    const file = join(folder, "cdr.txt");
    writeFileSync(file, "1|t|A\n1\tCID\tD000001\tD000002\n\n2|t|B\n2\tBind\t1\t2\n");
    await expect(collect(readCorpus(corpusByName("biored"), file))).rejects.toThrow(/no label "CID"/);
    const kept = await collect(readCorpus(corpusByName("biored"), file, "all", { skipBad: true }));
    expect(kept.map((document) => document.pmid)).toEqual(["2"]);
    const cdr = await collect(readCorpus(corpusByName("bc5cdr"), file, "all", { skipBad: true }));
    expect(cdr[0]?.relations[0]?.type).toBe("Positive_Correlation");
  });

  it("says which files a folder lacks", async () => {
    await expect(collect(readCorpus(corpusByName("biored"), folder, "dev"))).rejects.toThrow(/Dev\.PubTator/);
    await expect(collect(readCorpus(corpusByName("biored"), join(folder, "none")))).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });
});

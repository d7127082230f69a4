/** N-ary drug combinations, in our own sentences. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { corpusByName, readCorpus } from "../../../ingest/corpora/reading-corpora.js";
import { parseDocumentLine, toDocumentLine } from "../../../ingest/formats/jsonl/document-jsonl.js";
import {
  readCombinationRows,
  readDrugCombinations,
} from "../../../ingest/formats/jsonl/drug-combinations.js";
import { type Document, documentText, publicationOf } from "../../../src/core/document.js";

const folder = mkdtempSync(join(tmpdir(), "bioweft-nary-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function collect(documents: AsyncIterable<Document>): Promise<Document[]> {
  const all: Document[] = [];
  for await (const document of documents) all.push(document);
  return all;
}

/** A line of the data set: the spans are the words of `drugs` in the tokenised sentence, in order. */
function line(id: string, sentence: string, drugs: readonly string[], rels: readonly object[]): string {
  const tokens = sentence.split(" ");
  const spans = drugs.map((drug, index) => {
    const token = tokens.indexOf(drug);
    const start = [...tokens.slice(0, token).join(" ")].length + (token === 0 ? 0 : 1);
    return {
      span_id: index,
      text: "wrong words",
      start,
      end: start + [...drug].length,
      token_start: token,
      token_end: token + 1,
    };
  });
  const paragraph = `𝛽 study . ${sentence} The end .`;
  return `${JSON.stringify({ doc_id: id, sentence, paragraph, spans, rels, source: "https://pubmed.ncbi.nlm.nih.gov/123/" })}\n`;
}

const SENTENCE = "Axid , 𝛽-cin and dolax cured mice , eprol did not .";
const DRUGS = ["Axid", "𝛽-cin", "dolax", "eprol"];

describe("N-ary drug combinations", () => {
  it("are documents with n-ary relations, reduced to pairs, placed in their paragraph and kept as JSON Lines", async () => {
    const rels = [
      { class: "POS", spans: [0, 1, 2], is_context_needed: false },
      { class: "COMB", spans: [2, 3] },
    ];
    const file = join(folder, "set.jsonl");
    writeFileSync(file, line("x", SENTENCE, DRUGS, rels));
    const [document] = await collect(readCorpus(corpusByName("nary"), file));
    if (document === undefined) throw new Error("no document");
    const text = documentText(document);
    expect(document.mentions.map(({ start, end }) => text.slice(start, end))).toEqual(DRUGS);
    expect(publicationOf(document)).toBe("123");
    const id = (span: number) => `DrugCombo:x.${span}`;
    expect(document.naryRelations).toEqual([
      { type: "POS", ids: [id(0), id(1), id(2)] },
      { type: "COMB", ids: [id(2), id(3)] },
    ]);
    expect(document.relations).toEqual([
      { subject: id(0), object: id(1), type: "Cotreatment" },
      { subject: id(0), object: id(2), type: "Cotreatment" },
      { subject: id(1), object: id(2), type: "Cotreatment" },
      { subject: id(2), object: id(3), type: "Association" },
    ]);
    expect(parseDocumentLine(toDocumentLine(document))).toEqual(document);
  });

  it("are found under a folder of many corpora, by their publisher's name for them", async () => {
    mkdirSync(join(folder, "many", "nary-drug-combo"), { recursive: true });
    writeFileSync(
      join(folder, "many", "nary-drug-combo", "final_train_set.jsonl"),
      line("y", SENTENCE, DRUGS, []),
    );
    const nary = corpusByName("nary");
    expect((await collect(readCorpus(nary, join(folder, "many")))).map(({ pmid }) => pmid)).toEqual(["y"]);
    const dev = collect(readCorpus(nary, join(folder, "many"), "dev"));
    await expect(dev).rejects.toThrow(
      /nary is published without a dev part; choose train or test with --split/,
    );
  });

  it("a span whose offsets and tokens part, or a relation of no span, is refused; the others are kept", async () => {
    const file = join(folder, "broken.jsonl");
    const good = line("good", SENTENCE, DRUGS, []);
    const apart = good.replace('"good"', '"apart"').replace('"token_end":1', '"token_end":2');
    const unknown = line("unknown", SENTENCE, DRUGS, [{ class: "POS", spans: [0, 9] }]);
    writeFileSync(file, `${apart}${unknown}{"doc_id":\n${good}`);
    const faults: string[] = [];
    const onRejected = (fault: Error) => void faults.push(fault.message);
    const kept = await collect(readDrugCombinations(file, { skipBad: true, onRejected }));
    expect(kept.map(({ pmid }) => pmid)).toEqual(["good"]);
    expect(faults).toEqual([
      expect.stringMatching(/broken\.jsonl:1, PMID apart: drug 0 is "Axid" by its offsets and "Axid ," by/),
      expect.stringMatching(/:2, PMID unknown: a relation names drug 9/),
      expect.stringMatching(/:3: no valid JSON/),
    ]);
    await expect(collect(readDrugCombinations(file))).rejects.toMatchObject({ code: "BAD_INPUT" });
  });

  it("scorer's rows: labels as words or numbers, NO_COMB left out", async () => {
    const file = join(folder, "rows.jsonl");
    const row = (relation_label: string | number, ...drug_idxs: number[]) =>
      `${JSON.stringify({ doc_id: 1, drug_idxs, relation_label })}\n`;
    writeFileSync(
      file,
      `${row("NEG", 0, 1)}${row(2, 1, 2)}\n${row(1, 2, 3)}${row(0, 3, 4)}${row("NO_COMB", 4, 5)}`,
    );
    expect([...(await readCombinationRows(file))]).toEqual([
      [
        "1",
        [
          { type: "NEG", ids: ["0", "1"] },
          { type: "POS", ids: ["1", "2"] },
          { type: "COMB", ids: ["2", "3"] },
        ],
      ],
    ]);
    writeFileSync(file, row("GOOD", 0, 1));
    await expect(readCombinationRows(file)).rejects.toThrow(/rows\.jsonl:1: relation_label/);
  });
});

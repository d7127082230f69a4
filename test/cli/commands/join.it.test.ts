/** `bioweft join` and `bioweft evaluate --predictions` as processes: files in, figures and documents out. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { toPubTator } from "../../../ingest/formats/pubtator/pubtator-writer.js";
import { readDocuments } from "../../../ingest/formats/read-documents.js";
import { aDocument } from "../../support/builders.js";
import { runBioweft } from "../../support/command.js";
import { type Pubtator3Server, startPubtator3Server } from "../../support/servers/pubtator3-server.js";

const folder = mkdtempSync(join(tmpdir(), "bioweft-join-"));
const at = (name: string) => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true }));

beforeAll(() => {
  writeFileSync(at("papers.pubtator"), ["12", "13"].map((pmid) => toPubTator(aDocument({ pmid }))).join(""));
  writeFileSync(
    at("pairs.tsv"),
    "12\tD001241\t3569\n12\tD001241\t7157\n12\tD001241\t99\n77\tD001241\t3569\n",
  );
});

function joinPairs(...more: string[]) {
  const files = ["--documents", at("papers.pubtator"), "--out", at("out.jsonl")];
  return runBioweft(["join", "--ends", "Chemical,Gene", ...files, ...more]);
}

test("a list becomes the documents' relations; what found no place is counted", async () => {
  const { code, stdout, stderr } = await joinPairs("--pairs", at("pairs.tsv"), "--json");
  expect([code, stderr]).toEqual([0, expect.not.stringContaining("error")]);
  expect(JSON.parse(stdout)).toEqual({
    documents: 1,
    unlisted: 1,
    related: 1,
    unrelated: 0,
    unnamed: 2,
    absent: 1,
    annotated: { PubTator3: 0, dictionary: 0, nobody: 0 },
    rejected: 0,
    warnings: {},
  });
  const documents = [];
  for await (const document of readDocuments(at("out.jsonl"))) documents.push(document);
  expect(documents.map(({ pmid, relations }) => [pmid, relations])).toEqual([
    ["12", [{ subject: "MESH:D001241", object: "NCBIGene:3569", type: "Association" }]],
  ]);
  const wide = await joinPairs("--pairs", at("pairs.tsv"), "--within", "document", "--json");
  expect(JSON.parse(wide.stdout)).toMatchObject({ related: 2, unnamed: 1 });
});

test("a broken list is refused with its line and leaves nothing half-written", async () => {
  writeFileSync(at("broken.tsv"), "12\tD001241\t3569\nD001241\t3569\n");
  const before = readdirSync(folder);
  const { code, stderr } = await joinPairs("--pairs", at("broken.tsv"));
  expect([code, stderr]).toEqual([1, expect.stringMatching(/broken\.tsv:2: .*2 columns/)]);
  expect(readdirSync(folder)).toEqual(before);
});

describe("papers that no file has", () => {
  let server: Pubtator3Server;
  const join3 = (...more: string[]) =>
    runBioweft(
      ["join", "--ends", "Chemical,Gene", "--pairs", at("listed.tsv"), "--out", at("fetched.jsonl"), ...more],
      { BIOWEFT_PUBTATOR3: server.url },
    );
  const relations = async () => {
    const found: unknown[] = [];
    for await (const { pmid, relations } of readDocuments(at("fetched.jsonl"))) {
      found.push([pmid, ...relations.map(({ subject, object }) => `${subject} ${object}`)]);
    }
    return found;
  };

  beforeAll(async () => {
    // PubTator3 knows 21 with annotations and 22 without; 23 and the note are texts of ours.
    const bare = aDocument({ pmid: "22", title: "Quaraxine binds QRX1.", abstract: "" });
    server = await startPubtator3Server({ documents: [aDocument({ pmid: "21" }), bare] });
    const pairs = ["22\tD990002\t90001", "23\tD990002\t90001", "note-4\tD990002\t90001", "24\tD1\t1"];
    writeFileSync(at("listed.tsv"), ["21\tD001241\t3569", ...pairs, ""].join("\n"));
    writeFileSync(
      at("texts.tsv"),
      "23\tQuaraxine and QRX1\n25\tNot listed\nnote-4\tNote\tQRX1 needs quaraxine.\n",
    );
    writeFileSync(at("chemicals.tsv"), "# ChemicalName\tChemicalID\tSynonyms\nQuaraxine\tMESH:D990002\t\n");
    writeFileSync(at("genes.tsv"), "# GeneSymbol\tGeneName\tGeneID\tSynonyms\nQRX1\tquarax 1\t90001\t\n");
  });
  afterAll(() => server.close());

  test("are fetched once, kept, and read by the dictionary where PubTator3 has nothing", async () => {
    const lexicon = ["--texts", at("texts.tsv"), "--lexicon", at("chemicals.tsv"), at("genes.tsv")];
    const { code, stdout } = await join3("--pubtator3", at("kept.jsonl"), ...lexicon, "--json");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      documents: 4,
      related: 4,
      absent: 1,
      annotated: { PubTator3: 1, dictionary: 3, nobody: 0 },
    });
    const quaraxine = "MESH:D990002 NCBIGene:90001";
    expect(await relations()).toEqual([
      ["21", "MESH:D001241 NCBIGene:3569"],
      ["23", quaraxine],
      ["note-4", quaraxine],
      ["22", quaraxine],
    ]);
    expect(server.requests.map(({ pmids }) => pmids)).toEqual([["21", "22", "23", "24"]]);
    const asCorpus = [
      "harmonize",
      "--corpus",
      "pharmgkb",
      "--from",
      at("fetched.jsonl"),
      "--out",
      at("h.jsonl"),
      "--json",
    ];
    expect(JSON.parse((await runBioweft(asCorpus)).stdout)).toMatchObject({
      corpora: [{ adjustments: "a3 b2 c3 d2 e2", documents: 4, candidates: { Association: 4 } }],
    });
    const again = await join3(
      "--pubtator3",
      at("kept.jsonl"),
      "--texts",
      at("texts.tsv"),
      ...lexicon.slice(2),
    );
    expect(again.stdout).toContain("by PubTator3: 1, by the dictionary: 3");
    expect(server.requests.map(({ pmids }) => pmids).slice(1)).toEqual([["23", "24"]]);
  });

  test("must come from somewhere; what names no paper is refused", async () => {
    const nothing = await join3();
    expect(nothing).toMatchObject({ code: 1, stderr: expect.stringContaining("--pubtator3") });
    const unknown = await join3("--pubtator3", at("other.jsonl"), "--json");
    expect(unknown.stderr).toMatch(/"note-4" is no PMID/);
  });
});

test("rows of drug combinations are scored without a model, for the one corpus that has them", async () => {
  const row = (type: string, ...ids: number[]) =>
    `${JSON.stringify({ doc_id: 1, drug_idxs: ids, relation_label: type })}\n`;
  writeFileSync(at("gold.jsonl"), row("POS", 0, 1, 2));
  writeFileSync(at("predicted.jsonl"), row("COMB", 0, 1));
  const score = (corpus: string) =>
    runBioweft(
      [
        "evaluate",
        "--corpus",
        corpus,
        "--from",
        at("gold.jsonl"),
        "--predictions",
        at("predicted.jsonl"),
      ].concat("--json"),
    );
  const { nary } = JSON.parse((await score("nary")).stdout);
  expect([nary.any.partial.f1, nary.any.exact.f1, nary.positive.partial.f1]).toEqual([2 / 3, 0, 0]);
  expect((await score("biored")).stderr).toMatch(/error: .*predicted\.jsonl:1/);
});

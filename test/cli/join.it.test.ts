/** `bioweft join` and `bioweft evaluate --predictions` as processes: files in, figures and documents out. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { toPubTator } from "../../ingest/formats/pubtator-writer.js";
import { readDocuments } from "../../ingest/formats/read-documents.js";
import { aDocument } from "../support/builders.js";
import { runBioweft } from "./command.js";

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
    rejected: 0,
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
  expect((await score("biored")).stderr).toMatch(/--corpus nary/);
});

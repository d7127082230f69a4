/** `bioweft predict` as a process: both output formats, broken input, and no half-written output. */
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { toPubTator } from "../../../ingest/formats/pubtator/pubtator-writer.js";
import { readDocuments } from "../../../ingest/formats/read-documents.js";
import { documentCandidates } from "../../../src/core/candidate.js";
import { PACKAGE_ROOT } from "../../../src/core/config.js";
import type { Document } from "../../../src/core/document.js";
import { aDocument } from "../../support/builders.js";
import { runBioweft } from "../../support/command.js";
import { writeTinyModel } from "../../support/tiny/tiny-model.js";
import { writeTinyOfficial } from "../../support/tiny/tiny-official.js";

const GOOD = ["11", "12"].map((pmid) => aDocument({ pmid }));
const PAIRS = GOOD.flatMap(documentCandidates).length;
let folder: string;
let model: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "bioweft-predict-"));
  model = await writeTinyModel();
  const [first = "", second = ""] = GOOD.map((document) => toPubTator(document));
  writeFileSync(at("good.pubtator"), first + second);
  const broken = second.replaceAll(/^12(?=[|\t])/gm, "13").replace(/^13\t\d+\t\d+/m, "13\t0\t99999");
  writeFileSync(at("broken.pubtator"), first + broken + second);
});
afterAll(() => {
  for (const each of [folder, model]) rmSync(each, { recursive: true, force: true });
});

function at(name: string): string {
  return join(folder, name);
}

function predict(input: string, output: string, ...more: string[]) {
  return runBioweft(["predict", "--model", model, "--in", at(input), "--out", at(output), ...more]);
}

async function documentsOf(file: string): Promise<Document[]> {
  const documents: Document[] = [];
  for await (const document of readDocuments(file)) documents.push(document);
  return documents;
}

test("JSON lines hold the documents with scored relations; --json prints the counts and nothing else", async () => {
  const { code, stdout } = await predict("good.pubtator", "out.jsonl", "--json");
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual({
    ...{ documents: 2, relations: PAIRS, rejected: 0, warnings: {}, model: "tiny@1" },
  });
  expect(await documentsOf(at("out.jsonl"))).toEqual(await documentsOf(at("good.pubtator")));
  const [line = ""] = readFileSync(at("out.jsonl"), "utf8").split("\n");
  for (const { score } of JSON.parse(line).predictions) {
    expect(score).toBeGreaterThan(0);
    expect(score).toBeLessThanOrEqual(1);
  }
});

test("PubTator holds the predicted relations in place of the annotators'", async () => {
  expect((await predict("good.pubtator", "out.pubtator")).code).toBe(0);
  const documents = await documentsOf(at("out.pubtator"));
  expect(documents.flatMap(({ relations }) => relations)).toHaveLength(PAIRS);
  expect(documents.map(({ mentions }) => mentions)).toEqual(GOOD.map(({ mentions }) => mentions));
});

test("a broken document stops it with file and line, and leaves no output", async () => {
  const { code, stderr, stdout } = await predict("broken.pubtator", "none.jsonl");
  expect(code).toBe(1);
  expect(stdout).toBe("");
  expect(stderr).toMatch(/^error: .*broken\.pubtator:\d+.*$/m);
  expect(stderr).not.toContain("    at ");
  expect(existsSync(at("none.jsonl"))).toBe(false);
  expect(readdirSync(folder).filter((name) => name.includes("unfinished"))).toEqual([]);
});

test("--skip-bad keeps the good documents and counts the others", async () => {
  const { code, stdout, stderr } = await predict("broken.pubtator", "kept.jsonl", "--skip-bad", "--json");
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ documents: 2, rejected: 1 });
  expect(stderr).toMatch(/^left out: .*broken\.pubtator:\d+/m);
  expect((await documentsOf(at("kept.jsonl"))).map(({ pmid }) => pmid)).toEqual(["11", "12"]);
});

test("an official checkpoint works as it is, and asks BioRED's pairs of any text", async () => {
  const official = await writeTinyOfficial();
  const args = ["predict", "--model", official, "--in", at("good.pubtator"), "--out", at("official.jsonl")];
  const { code, stdout } = await runBioweft([...args, "--json"]);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ documents: 2, rejected: 0, model: "tiny_biorex" });
  expect(JSON.parse(stdout).truncated).toBeUndefined();
  rmSync(dirname(official), { recursive: true });
});

test("an official checkpoint in TensorFlow's format; pairs that it reads only in part are counted", async () => {
  const checkpoint = at("tensorflow");
  cpSync(join(PACKAGE_ROOT, "test/fixtures/parity/bert"), checkpoint, { recursive: true });
  for (const other of ["model.safetensors", "pytorch_model.bin"]) rmSync(join(checkpoint, other));
  const args = ["predict", "--model", checkpoint, "--in", at("good.pubtator"), "--out", at("keras.jsonl")];
  const { code, stdout } = await runBioweft([...args, "--json"]);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ documents: 2, truncated: PAIRS, model: "tensorflow" });
});

test.each([
  [
    "a model folder that is none",
    ["predict", "--model", "/nowhere", "--in", "package.json", "--out", "b"],
    /nowhere/,
  ],
  [
    "an engine that does not exist",
    ["predict", "--engine", "abacus", "--in", "package.json", "--out", "b"],
    /abacus/,
  ],
  ["a command that does not exist", ["fly"], /unknown command 'fly'/],
  ["a missing option", ["predict", "--in", "a"], /--out/],
])("%s is one clear line", async (_name, args, message) => {
  const { code, stderr, stdout } = await runBioweft(args);
  expect(code).toBe(1);
  expect(stdout).toBe("");
  expect(stderr.split("\n")[0]).toMatch(/^error: /);
  expect(stderr.split("\n")[0]).toMatch(message);
});

/** The graph's names as a lexicon: written to a file, and used straight from the graph. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Database } from "../../../src/graph/neo4j/database.js";
import { readLexicon } from "../../../src/graph/read/read-lexicon.js";
import { writeDocuments } from "../../../src/graph/write/write-documents.js";
import { aDocument } from "../../support/builders.js";
import { runBioweft } from "../../support/command.js";
import { testAddress, testDatabase, wipe } from "../../support/database.js";

const folder = mkdtempSync(join(tmpdir(), "bioweft-lexicon-"));
const at = (name: string) => join(folder, name);
let database: Database;

beforeAll(async () => {
  database = await testDatabase();
  await wipe(database);
  await writeDocuments(database, [{ document: aDocument(), evidence: [] }]);
  writeFileSync(at("texts.txt"), "In gout, aspirin and R175H\n");
});
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});

function bioweft(...args: string[]) {
  const { uri, user, password } = testAddress();
  return runBioweft(args, { NEO4J_URI: uri, NEO4J_USER: user, NEO4J_PASSWORD: password });
}

test("every entity that the graph names, each with its other names", async () => {
  const entities = [];
  for await (const entity of readLexicon(database)) entities.push(entity);
  const curies = entities.map(({ curie }) => curie);
  expect(curies).toEqual([...curies].sort());
  expect(entities).toContainEqual({
    curie: "MESH:D001241",
    type: "Chemical",
    name: "Aspirin",
    synonyms: ["aspirin"],
  });
  expect(entities.map(({ type }) => type)).toEqual(expect.arrayContaining(["Gene", "Species", "Variant"]));
});

test("as a file, which annotate reads, and straight from the graph, with the same mentions", async () => {
  const written = await bioweft("lexicon", "--out", at("names.jsonl"), "--json");
  expect(written.code).toBe(0);
  const lines = readFileSync(at("names.jsonl"), "utf8").trimEnd().split("\n");
  expect(JSON.parse(written.stdout)).toMatchObject({ entities: lines.length });
  const annotate = ["annotate", "--in", at("texts.txt"), "--json"];
  const fromFile = await bioweft(...annotate, "--lexicon", at("names.jsonl"));
  const fromGraph = await bioweft(...annotate, "--graph-lexicon");
  const [{ mentions }] = [JSON.parse(fromFile.stdout)];
  expect(mentions.map(({ ids }: { ids: string[] }) => ids[0])).toEqual([
    "MESH:D006073",
    "MESH:D001241",
    "tmVar:p|SUB|R|175|H",
  ]);
  expect(fromGraph.stdout).toBe(fromFile.stdout);
});

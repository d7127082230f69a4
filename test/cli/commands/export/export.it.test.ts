/** `bioweft export`, `relations` and `discovery paths --pairs` as commands, on a real graph. */
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { BIORED } from "../../../../ingest/corpora/declared/biored.js";
import { readCorpus } from "../../../../ingest/corpora/reading-corpora.js";
import { type Document, documentText } from "../../../../src/core/document.js";
import { goldEvidence } from "../../../../src/core/evidence.js";
import { required } from "../../../../src/core/required.js";
import type { Database } from "../../../../src/graph/neo4j/database.js";
import { readClaim } from "../../../../src/graph/read/read-curations.js";
import { writeCuration } from "../../../../src/graph/write/write-curations.js";
import { writeDocuments } from "../../../../src/graph/write/write-documents.js";
import { runBioweft } from "../../../support/command.js";
import { testAddress, testDatabase, wipe } from "../../../support/database.js";
import { LITERATURE, TWO_RELATIONS } from "../../../support/literature.js";

const folder = mkdtempSync(join(tmpdir(), "bioweft-export-"));
const at = (name: string) => join(folder, name);
let database: Database;
beforeAll(async () => {
  database = await testDatabase();
  await wipe(database);
  const documents = [...LITERATURE, TWO_RELATIONS];
  await writeDocuments(
    database,
    documents.map((document) => ({ document, evidence: goldEvidence(document) })),
  );
});
afterAll(async () => {
  await database?.close();
  rmSync(folder, { recursive: true });
});

function bioweft(...args: string[]) {
  const { uri, user, password } = testAddress();
  return runBioweft(args, { NEO4J_URI: uri, NEO4J_USER: user, NEO4J_PASSWORD: password });
}

test("two files of one format, and the hash of the canonical lines", async () => {
  const written = await bioweft("export", "--format", "kgx-jsonl", "--out", at("graph"), "--json");
  expect(written.code).toBe(0);
  const { files } = JSON.parse(written.stdout);
  const counted = ["nodes", "edges"].map((part) => {
    const lines = readFileSync(at(`graph_${part}.jsonl`), "utf8")
      .trimEnd()
      .split("\n");
    return expect.objectContaining({ part, rows: lines.length, resumedAt: 0 });
  });
  expect(files).toEqual(counted);
  expect(readdirSync(folder).sort()).toEqual(["graph_edges.jsonl", "graph_nodes.jsonl"]);
  const canonical = await bioweft("export", "--format", "canonical", "--out", "-");
  const lines = canonical.stdout.split("\n").filter((line) => line.startsWith("{"));
  const hash = createHash("sha256")
    .update(lines.map((line) => `${line}\n`).join(""))
    .digest("hex");
  expect((await bioweft("export", "--hash")).stdout.trim()).toBe(hash);
});

test.each([
  [["--format", "kgx-tsv", "--out", "-"], /choose one with --part nodes or edges/],
  [["--format", "kgx-tsv"], /give --out/],
  [["--out", "x"], /give --format/],
  [["--hash", "--as-of", "1990"], /asOf filters nothing here/],
  [["--format", "graphml", "--out", "x", "--corrected"], /corrected filters nothing in graphml/],
])("%j is refused before the graph is opened", async (args, why) => {
  const { code, stderr } = await runBioweft(["export", ...args], { NEO4J_URI: "bolt://127.0.0.1:9" });
  expect([code, stderr]).toEqual([1, expect.stringMatching(why)]);
});

test("corrections are PubTator that training's own reader reads, with what curators said in place", async () => {
  const [rejected, corrected] = goldEvidence(TWO_RELATIONS);
  for (const [row, verdict] of [
    [required(rejected, "a row"), "reject"],
    [required(corrected, "a row"), "correct"],
  ] as const) {
    const claim = required(await readClaim(database, row.id), "the claim");
    const correction = verdict === "correct" ? { type: "Positive_Correlation" as const } : null;
    await writeCuration(database, claim, { verdict, curator: "anna", comment: null, correction });
  }
  const { code } = await bioweft("export", "--format", "pubtator", "--corrected", "--out", at("c.pubtator"));
  expect(code).toBe(0);
  const documents: Document[] = [];
  for await (const document of readCorpus(BIORED, at("c.pubtator"), "train")) documents.push(document);
  const [document] = documents;
  expect(documents).toHaveLength(1);
  expect([document?.pmid, documentText(required(document, "it"))]).toEqual([
    TWO_RELATIONS.pmid,
    documentText(TWO_RELATIONS),
  ]);
  expect(document?.mentions.map(({ start, end, ids, type }) => ({ start, end, ids, type }))).toEqual(
    TWO_RELATIONS.mentions.map(({ start, end, ids, type }) => ({ start, end, ids, type })),
  );
  const ends = [corrected?.subject.curie, corrected?.object.curie];
  expect(document?.relations).toEqual([
    expect.objectContaining({ type: "Positive_Correlation", subject: ends[0], object: ends[1] }),
  ]);
});

test("relations of a list and paths of pairs come out as tables", async () => {
  writeFileSync(at("list.csv"), "entity\nmesh:d005395\n");
  const relations = await bioweft("relations", "--of", at("list.csv"), "--types", "Negative_Correlation");
  const rows = relations.stdout.trimEnd().split("\n");
  expect(rows[0]).toMatch(/^entity,status,relation,type,other,belief/);
  expect(rows[1]).toMatch(/^MESH:D005395,found,.*\|Negative_Correlation\|/);
  writeFileSync(at("pairs.csv"), "MESH:D005395,MESH:D011928\nMESH:D005395,MESH:D999999\n");
  const paths = await bioweft(
    "discovery",
    "paths",
    "--pairs",
    at("pairs.csv"),
    "--first",
    "2",
    "--out",
    at("p.csv"),
  );
  expect(paths.code).toBe(0);
  const table = readFileSync(at("p.csv"), "utf8").trimEnd().split("\n");
  expect(table[1]).toMatch(/^MESH:D005395,MESH:D011928,found,1,/);
  expect(table.at(-1)).toBe("MESH:D005395,MESH:D999999,unknown,,0,,,,true");
});

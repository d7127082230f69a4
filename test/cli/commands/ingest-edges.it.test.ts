/** `bioweft ingest kgx` and `ingest pubtator3-bulk` as commands: sources that list relations without a text. */
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { goldEvidence } from "../../../src/core/evidence.js";
import { canonicalHash } from "../../../src/graph/export/canonical-lines.js";
import type { Database } from "../../../src/graph/neo4j/database.js";
import { writeDocuments } from "../../../src/graph/write/write-documents.js";
import { runBioweft } from "../../support/command.js";
import { testAddress, testDatabase, wipe } from "../../support/database.js";
import { LITERATURE } from "../../support/literature.js";

const folder = mkdtempSync(join(tmpdir(), "bioweft-edges-"));
let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => {
  await database?.close();
  rmSync(folder, { recursive: true });
});

async function bioweft(...args: string[]) {
  const { uri, user, password } = testAddress();
  const own = { NEO4J_URI: uri, NEO4J_USER: user, NEO4J_PASSWORD: password, BIOWEFT_HOME: folder };
  const { code, stdout, stderr } = await runBioweft([...args, "--json"], own);
  expect({ code, stderr }).toMatchObject({ code: 0 });
  return JSON.parse(stdout);
}

test("a graph comes back from its KGX, and the same files again change nothing", async () => {
  await wipe(database);
  await writeDocuments(
    database,
    LITERATURE.map((document) => ({ document, evidence: goldEvidence(document) })),
  );
  // What stands in retracted papers alone is no part of an export.
  const standing = LITERATURE.filter(
    (document) => document.retracted !== true && goldEvidence(document).length > 0,
  );
  await bioweft("export", "--format", "kgx-tsv", "--out", join(folder, "graph"));
  await wipe(database);
  const files = ["--nodes", join(folder, "graph_nodes.tsv"), "--edges", join(folder, "graph_edges.tsv")];
  const counts = {
    papers: standing.length,
    evidence: standing.flatMap(goldEvidence).length,
    rejected: 0,
  };
  expect(await bioweft("ingest", "kgx", ...files)).toEqual(counts);
  const hash = await canonicalHash(database);
  expect(await bioweft("ingest", "kgx", ...files)).toEqual(counts);
  expect(await canonicalHash(database)).toBe(hash);
});

test("PubTator3's rows come in by ordinary writes, and leave no file behind", async () => {
  await wipe(database);
  const rows = [
    "11\ttreat\tChemical|MESH:D001241\tDisease|MESH:D006073",
    "12\tassociate\tGene|3569\tGene|7157",
    "12\tassociate\tWeather|1\tGene|7157",
  ];
  writeFileSync(join(folder, "relation2pubtator3"), rows.map((row) => `${row}\n`).join(""));
  const counts = await bioweft("ingest", "pubtator3-bulk", folder);
  expect(counts).toMatchObject({ relationRows: 3, evidence: 2, papers: 2, leftOut: { unknownEntity: 1 } });
  const [found] = await database.runText("MATCH (v:Evidence) RETURN count(v) AS rows");
  expect(found).toEqual({ rows: 2 });
  const scratch = join(folder, "scratch");
  expect(existsSync(scratch) ? readdirSync(scratch) : []).toEqual([]);
});

/** `bioweft retract` and `bioweft delete` as commands, on the shared database. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { goldEvidence } from "../../../src/core/evidence.js";
import type { Database } from "../../../src/graph/neo4j/database.js";
import { writeDocuments } from "../../../src/graph/write/write-documents.js";
import { aDocument } from "../../support/builders.js";
import { runBioweft } from "../../support/command.js";
import { testAddress, testDatabase, wipe } from "../../support/database.js";

let database: Database;
let folder: string;
let settings: Record<string, string>;
beforeAll(async () => {
  const { uri, user, password } = testAddress();
  settings = { NEO4J_URI: uri, NEO4J_USER: user, NEO4J_PASSWORD: password };
  folder = mkdtempSync(join(tmpdir(), "bioweft-retract-"));
  database = await testDatabase();
  await wipe(database);
  for (const pmid of ["11", "12"]) {
    const document = aDocument({ pmid, corpus: "ours" });
    await writeDocuments(database, [{ document, evidence: goldEvidence(document) }]);
  }
});
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});

it("retract reads a file, counts, and says what it does not know; delete takes papers out", async () => {
  const file = join(folder, "pmids.txt");
  writeFileSync(file, "PMID\n11\n999\n");
  const retracted = await runBioweft(["retract", "--from", file], settings);
  expect([retracted.code, retracted.stdout]).toEqual([
    0,
    "1 papers are retracted now, 0 stood so before\n1 are not in the graph: they will be retracted should they come\n2 relations have another belief\n",
  ]);
  const undone = await runBioweft(["retract", "11", "--undo", "--json"], settings);
  expect(JSON.parse(undone.stdout)).toMatchObject({ changed: 1, unknown: 0 });
  const deleted = await runBioweft(["delete", "12", "--from", file, "--json"], settings);
  expect(JSON.parse(deleted.stdout)).toMatchObject({ publications: 2, documents: 2, unknown: 1 });
  expect(await database.runText("MATCH (p:Publication) RETURN p")).toEqual([]);
}, 60_000);

it("a list that holds what is no PMID is told before the database is opened", async () => {
  const file = join(folder, "bad.txt");
  writeFileSync(file, "11\nx12\n");
  const nowhere = { NEO4J_URI: "bolt://127.0.0.1:9" };
  expect(await runBioweft(["retract", "--from", file], nowhere)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining(`${file}:2: "x12" is no PMID`),
  });
  expect(await runBioweft(["delete"], nowhere)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("name PMIDs"),
  });
});

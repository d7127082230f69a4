/** Bulk loading into a real database: counts, resuming, and a kill -9 in the middle that leaves no trace. */
import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { documentCandidates } from "../../src/core/candidate.js";
import { childEnvironment, PACKAGE_ROOT } from "../../src/core/config.js";
import type { Document } from "../../src/core/document.js";
import { goldEvidence, NONE_LEFT_OUT } from "../../src/core/evidence.js";
import type { RelationClassifier } from "../../src/core/prediction.js";
import { canonicalHash } from "../../src/graph/export/canonical-lines.js";
import type { Database } from "../../src/graph/neo4j/database.js";
import { type BulkCounts, extractBulk } from "../../src/jobs/bulk.js";
import { loadReleasedModel } from "../../src/model/released-model.js";
import { aDocument } from "../support/builders.js";
import { graphDump, testAddress, testDatabase, wipe } from "../support/database.js";
import { writeTinyModel } from "../support/tiny/tiny-model.js";

const DOCUMENTS = ["1", "2", "3"].map((pmid) => aDocument({ pmid, corpus: "ours", year: 2001 }));
const GOLD = DOCUMENTS.flatMap(goldEvidence).length;
const PAIRS = DOCUMENTS.flatMap(documentCandidates).length;
const KILLED = 60;

let database: Database;
let classifier: RelationClassifier;
let folder: string;

beforeAll(async () => {
  database = await testDatabase();
  folder = await writeTinyModel();
  classifier = await loadReleasedModel(folder);
});
afterAll(async () => {
  await classifier.dispose();
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => wipe(database));

test("gold alone, then the model's: both stay, and can be told apart", async () => {
  const gold = await extractBulk({ documents: DOCUMENTS, database, gold: true });
  expect(gold).toEqual({
    documents: 3,
    alreadyExtracted: 0,
    goldEvidence: GOLD,
    goldLeftOut: NONE_LEFT_OUT,
    modelEvidence: 0,
    truncated: 0,
    unasked: 0,
  });
  const both = await extractBulk({ documents: DOCUMENTS, database, classifier, gold: true });
  expect(both).toEqual({
    documents: 3,
    alreadyExtracted: 0,
    goldEvidence: GOLD,
    goldLeftOut: NONE_LEFT_OUT,
    modelEvidence: PAIRS,
    truncated: 0,
    unasked: 0,
  });
  const sources = await database.runText(
    "MATCH (e:Evidence) RETURN e.source AS source, count(*) AS rows ORDER BY source",
  );
  expect(sources).toEqual([
    { source: "ours", rows: GOLD },
    { source: "tiny@1", rows: PAIRS },
  ]);
});

test("gold relations that give no evidence are counted by reason", async () => {
  const relations = [
    { subject: "mesh:d001241", object: "3569", type: "Association" },
    { subject: "MESH:D001241", object: "NCBIGene:3569", type: "CID" },
    { subject: "MESH:D001241", object: "MESH:D001241", type: "Association" },
    { subject: "MESH:D001241", object: "NCBIGene:1", type: "Bind" },
  ];
  const documents = ["1", "2"].map((pmid) => ({ ...aDocument({ pmid, corpus: "ours" }), relations }));
  expect(await extractBulk({ documents, database, gold: true, batchSize: 1 })).toMatchObject({
    goldEvidence: 2,
    goldLeftOut: { unnamedEnds: 2, selfPairs: 2, otherTypes: 2 },
  });
});

test("the same load twice changes nothing and asks the model nothing", async () => {
  await extractBulk({ documents: DOCUMENTS, database, classifier, gold: true });
  const dump = await graphDump(database);
  const again = await extractBulk({ documents: DOCUMENTS, database, classifier, gold: true });
  expect(again).toEqual({
    documents: 3,
    alreadyExtracted: 3,
    goldEvidence: GOLD,
    goldLeftOut: NONE_LEFT_OUT,
    modelEvidence: 0,
    truncated: 0,
    unasked: 0,
  });
  expect(await graphDump(database)).toEqual(dump);
  await extractBulk({ documents: DOCUMENTS, database, gold: true });
  expect(await graphDump(database)).toEqual(dump);
});

test("the order of arrival changes nothing, and what comes twice is as if it came once", async () => {
  const documents = Array.from({ length: 23 }, (_, index) => aDocument({ pmid: `${index + 1}` }));
  const load = async (given: readonly Document[]) => {
    await wipe(database);
    const counts = await extractBulk({ documents: given, database, classifier, gold: true, batchSize: 4 });
    expect(counts.documents).toBe(given.length);
    return canonicalHash(database);
  };
  const expected = await load(documents);
  expect(await load([...documents].reverse())).toBe(expected);
  expect(await load([...documents.slice(7), ...documents.slice(0, 9)])).toBe(expected);
});

test("of two versions of a paper that come one after the other the last counts, read anew", async () => {
  const [before, after] = ["before", "after"].map((title) => aDocument({ pmid: "1", title }));
  const others = Array.from({ length: 4 }, (_, index) => aDocument({ pmid: `${index + 2}` }));
  const load = (documents: readonly (Document | undefined)[]) =>
    extractBulk({
      ...{ documents: documents.flatMap((one) => one ?? []), database, classifier, gold: true },
      batchSize: 2,
    });
  await load([after, ...others]);
  const expected = await canonicalHash(database);
  // The graph has read the last one when the first is on its way to replace it.
  await load([before, ...others, after]);
  expect(await canonicalHash(database)).toBe(expected);
});

test("reads no more than a few batches ahead of what is written", async () => {
  let given = 0;
  async function* documents() {
    for (; given < 100; given += 1) yield aDocument({ pmid: `${given + 1}` });
  }
  let furthest = 0;
  await extractBulk({
    ...{ documents: documents(), database, gold: true, batchSize: 5 },
    onProgress: ({ documents: written }) => {
      furthest = Math.max(furthest, given - written);
    },
  });
  expect(furthest).toBeGreaterThan(5);
  expect(furthest).toBeLessThanOrEqual(6 * 5);
});

test("stops between batches when told to, with whole batches written", async () => {
  const stop = new AbortController();
  const seen: BulkCounts[] = [];
  const load = extractBulk({
    documents: DOCUMENTS,
    database,
    gold: true,
    batchSize: 1,
    signal: stop.signal,
    onProgress: (counts) => {
      seen.push(counts);
      if (counts.documents === 2) stop.abort();
    },
  });
  await expect(load).rejects.toMatchObject({ code: "CANCELLED" });
  expect(seen.at(-1)).toMatchObject({ documents: 2 });
});

test("killed in the middle and run again, it ends in the graph of one clean run", async () => {
  expect(await load()).toEqual({ batches: KILLED / 5, code: 0 });
  const clean = await graphDump(database);
  await wipe(database);
  const killed = await load(4);
  expect(killed).toEqual({ batches: 4, code: null });
  const half = await graphDump(database);
  expect(half.length).toBeGreaterThan(0);
  expect(half.length).toBeLessThan(clean.length);
  expect(await load()).toEqual({ batches: KILLED / 5, code: 0 });
  expect(await graphDump(database)).toEqual(clean);
});

/** Runs the loading program, and kills it with SIGKILL after so many batches. */
function load(killAfter = Number.POSITIVE_INFINITY): Promise<{ batches: number; code: number | null }> {
  const { uri, user, password } = testAddress();
  const program = join(PACKAGE_ROOT, "test", "support", "load-literature.ts");
  const child = spawn(process.execPath, ["--import", "tsx", program, folder, String(KILLED)], {
    cwd: PACKAGE_ROOT,
    env: childEnvironment({ URI: uri, NAME: user, WORD: password }),
    stdio: ["ignore", "pipe", "inherit"],
  });
  let batches = 0;
  createInterface({ input: child.stdout }).on("line", () => {
    if (batches === killAfter) return;
    batches += 1;
    if (batches === killAfter) child.kill("SIGKILL");
  });
  return new Promise((resolve) => child.once("close", (code) => resolve({ batches, code })));
}

/** The canonical export: the same for the same graph, however it was filled, and another for every difference. */
import { createHash } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { required } from "../../../src/core/required.js";
import { canonicalHash, canonicalLines } from "../../../src/graph/export/canonical-lines.js";
import type { Database } from "../../../src/graph/neo4j/database.js";
import { readClaim } from "../../../src/graph/read/read-curations.js";
import { undoCuration, writeCuration } from "../../../src/graph/write/write-curations.js";
import { writeDocuments } from "../../../src/graph/write/write-documents.js";
import { testDatabase, wipe } from "../../support/database.js";
import { inventedWrites } from "../../support/synthetic-literature.js";

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());
beforeEach(() => wipe(database));

const WRITES = inventedWrites({ documents: 10, entities: 25 });

async function lines(): Promise<string[]> {
  const pieces: string[] = [];
  for await (const piece of canonicalLines(database)) pieces.push(piece);
  return pieces.join("").split("\n").slice(0, -1);
}

async function judge(evidence: string, curator: string): Promise<string> {
  const claim = required(await readClaim(database, evidence), "the claim");
  const correction = { type: "Association" as const };
  return writeCuration(database, claim, { verdict: "correct", curator, comment: "seen", correction });
}

const someEvidence = async (): Promise<string> => {
  const line = (await lines()).find(
    (one) => one.startsWith('{"kind":"evidence"') && one.includes("_Correlation"),
  );
  return String(JSON.parse(line ?? "{}").id);
};

test("the same whatever the order of writing, and its hash is that of its text", async () => {
  await writeDocuments(database, WRITES);
  const whole = await lines();
  for (const write of [...WRITES].reverse()) await writeDocuments(database, [write]);
  expect(await lines()).toEqual(whole);
  await wipe(database);
  for (const write of [...WRITES].reverse()) await writeDocuments(database, [write]);
  expect(await lines()).toEqual(whole);
  const text = whole.map((line) => `${line}\n`).join("");
  expect(await canonicalHash(database)).toBe(createHash("sha256").update(text).digest("hex"));
  const kinds = new Set(whole.map((line) => JSON.parse(line).kind));
  expect([...kinds].sort()).toEqual(
    ["document", "entity", "evidence", "mention", "publication", "relation", "text"].sort(),
  );
});

test("judgements are in it without their times and ids, undone ones too", async () => {
  await writeDocuments(database, WRITES);
  const evidence = await someEvidence();
  const before = await canonicalHash(database);
  await judge(evidence, "anna");
  const once = await lines();
  expect(once.at(-1)).toContain('"curator":"anna"');
  await wipe(database);
  await writeDocuments(database, WRITES);
  const id = await judge(evidence, "anna");
  expect(await lines()).toEqual(once);
  await undoCuration(database, id, "anna");
  const undone = await lines();
  expect(undone.filter((line) => !line.startsWith('{"kind":"curation"'))).toHaveLength(undone.length - 1);
  expect(JSON.parse(undone.at(-1) ?? "{}")).toMatchObject({ holds: false, endedBy: "anna" });
  expect(await canonicalHash(database)).not.toBe(before);
});

test.each([
  ["a belief", "MATCH (r:Relation) WITH r ORDER BY r.id LIMIT 1 SET r.belief = r.belief / 2"],
  ["a direct relationship", "MATCH ()-[d:ASSOCIATION]->() WITH d LIMIT 1 DELETE d"],
  ["a retraction", "MATCH (p:Publication) WITH p ORDER BY p.pmid LIMIT 1 SET p.retracted = true"],
  ["a mention", "MATCH ()-[m:MENTIONS]->() WITH m LIMIT 1 DELETE m"],
  ["a text", "MATCH (t:DocumentText) WITH t LIMIT 1 DETACH DELETE t"],
  ["a row of evidence", "MATCH (v:Evidence) WITH v LIMIT 1 DETACH DELETE v"],
  ["an end of a relation", "MATCH ()-[s:SUBJECT]->() WITH s LIMIT 1 DELETE s"],
  ["a synonym's vote", "MATCH (e:Entity) WITH e LIMIT 1 SET e.synonymVotes = [99]"],
  ["a notice of retraction", "CREATE (:Retraction {pmid: '1', by: 'anna', at: 1})"],
  ["a version's rank", "CREATE (:VersionRank {pmid: '1', file: 'f', version: 2})"],
])("%s makes another", async (_what, change) => {
  await writeDocuments(database, WRITES.slice(0, 4));
  const before = await canonicalHash(database);
  await database.runText(change);
  expect(await canonicalHash(database)).not.toBe(before);
});

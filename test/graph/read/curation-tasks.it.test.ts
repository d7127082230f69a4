/**
 * The curation queue is read from the relations of the most open belief alone, and is the one that a look at all evidence gives.
 */
import { afterAll, beforeAll, expect, it } from "vitest";
import { RELIABILITY } from "../../../src/core/belief.js";
import { seededRandom } from "../../../src/core/random.js";
import type { Database } from "../../../src/graph/neo4j/database.js";
import { readCurationTasks } from "../../../src/graph/read/read-curation-tasks.js";
import { type DocumentWrite, writeDocuments } from "../../../src/graph/write/write-documents.js";
import { testDatabase, wipe } from "../../support/database.js";
import { inventedWrites, readBy } from "../../support/synthetic-literature.js";

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
  await wipe(database);
  const random = seededRandom(3);
  const writes = inventedWrites({ documents: 300, entities: 40 }).map((gold, index): DocumentWrite => {
    const read = readBy("model@1", gold, random.next());
    const { evidence } = read;
    // A seventh is of a corpus too; of the others each row has a probability of its own.
    if (index % 7 === 0) return read;
    return {
      ...read,
      evidence: evidence
        .filter(({ sourceKind }) => sourceKind === "model")
        .map((row) => ({ ...row, probability: random.next() })),
    };
  });
  await writeDocuments(database, writes);
});
afterAll(async () => {
  await wipe(database);
  await database?.close();
});

interface StoredRow {
  readonly relation: string;
  readonly belief: number;
  readonly pmid: string;
  readonly id: string;
  readonly kind: "model" | "corpus";
  readonly probability: number;
}

/** The whole queue, from all evidence. */
async function wholeQueue() {
  const rows = (await database.runText(
    `MATCH (r:Relation)<-[:SUPPORTS]-(v:Evidence)-[:FROM]->(p:Publication)
     WHERE NOT v.negated AND NOT coalesce(p.retracted, false)
     RETURN r.id AS relation, r.belief AS belief, p.pmid AS pmid, v.id AS id, v.sourceKind AS kind, v.probability AS probability`,
  )) as unknown as StoredRow[];
  const papers = new Map<string, StoredRow[]>();
  for (const row of rows) {
    const key = `${row.relation} ${row.pmid}`;
    papers.set(key, [...(papers.get(key) ?? []), row]);
  }
  return [...papers.values()]
    .filter((said) => said.every(({ kind }) => kind === "model"))
    .map((said) => said.reduce((best, row) => (row.probability > best.probability ? row : best)))
    .map(({ id, belief, probability }) => {
      const weight = probability * RELIABILITY.model;
      const others = (1 - belief) / (1 - weight);
      const change = probability * Math.abs(RELIABILITY.curator - weight) + (1 - probability) * weight;
      return { id, change: others * change };
    })
    .sort((a, b) => b.change - a.change);
}

it("gives the first rows of the whole queue, each longer list beginning as a shorter one, and looks at few relations", async () => {
  const all = await wholeQueue();
  expect(all.length).toBeGreaterThan(1_000);
  const [{ count }] = (await database.runText("MATCH (r:Relation) RETURN count(r) AS count")) as [
    { count: number },
  ];
  for (const asked of [1, 26, 101, 300]) {
    const { tasks, examined, truncated } = await readCurationTasks(database, null, asked);
    expect(truncated).toBeUndefined();
    expect(tasks.map(({ id }) => id)).toEqual(all.slice(0, asked).map(({ id }) => id));
    for (const [at, { change }] of tasks.entries()) expect(change).toBeCloseTo(all[at]?.change ?? 0, 9);
    if (asked < 50) expect(examined).toBeLessThan(count / 2);
  }
});

it("gives the whole queue to who asks for more than there is", async () => {
  const all = await wholeQueue();
  const { tasks, truncated } = await readCurationTasks(database, null, all.length + 10);
  expect(truncated).toBeUndefined();
  expect(tasks).toHaveLength(all.length);
});

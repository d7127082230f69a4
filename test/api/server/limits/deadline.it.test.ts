/**
 * How far a deadline reaches, and a client that goes: to the transaction of the database and the thread that searches. (To the
 * classifier: extraction.it.test.ts.)
 */
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { ApiServer } from "../../../../src/api/server/server.js";
import type { Database } from "../../../../src/graph/neo4j/database.js";
import { ask, dataOf, startApi } from "../../../support/api-client.js";
import { testDatabase, wipe } from "../../../support/database.js";
import { idleJobs } from "../../../support/idle-jobs.js";
import { openSocket, post } from "../../../support/wire-client.js";

const PMID = "99";
const CHANGE = `mutation { retract(pmid: "${PMID}", curator: "ann") { pmid } }`;
const GENES = 480;
/** On a machine that others use, what is soon may take a while; what never comes fails all the same. */
const SOON = { timeout: 10_000 };

let database: Database;

beforeAll(async () => {
  database = await testDatabase();
  await wipe(database);
  await writeDenseGraph(database);
});
afterAll(async () => {
  await wipe(database);
  await database?.close();
});

/** Every gene related to two fifths of the others, so that a search takes some seconds. */
async function writeDenseGraph(target: Database): Promise<void> {
  await target.runText(
    `UNWIND range(1, $genes) AS number
     CREATE (:Entity:Gene {curie: 'NCBIGene:' + number, type: 'Gene', name: 'gene ' + number, synonyms: [], number: number})`,
    { genes: GENES },
  );
  await target.runText(
    `MATCH (a:Gene), (b:Gene) WHERE a.number < b.number AND (a.number * 7 + b.number * 13) % 5 < 2
     CALL (a, b) {
       CREATE (a)<-[:SUBJECT]-(:Relation {id: a.curie + '|Association|' + b.curie, type: 'Association',
               belief: 0.1 + (a.number * b.number % 80) / 100.0, papers: 1})-[:OBJECT]->(b)
     } IN TRANSACTIONS OF 5000 ROWS`,
  );
}

/** Does something while another transaction holds the paper that the change is of. */
async function whileLocked<T>(work: () => Promise<T>): Promise<T> {
  let unlock = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    unlock = resolve;
  });
  let isLocked = false;
  const holder = database.transact(async (transaction) => {
    await transaction.run("lock-new-papers", { pmids: [PMID] });
    isLocked = true;
    await held;
  });
  await vi.waitUntil(() => isLocked, SOON);
  try {
    return await work();
  } finally {
    unlock();
    await holder;
  }
}

/** Transactions that wait for the lock now. */
async function waiting(): Promise<number> {
  const rows = await database.runText(
    "SHOW TRANSACTIONS YIELD status WHERE status STARTS WITH 'Blocked' RETURN status",
  );
  return rows.length;
}

async function withApi(settings: object, work: (api: ApiServer) => Promise<void>): Promise<void> {
  const api = await startApi(database, idleJobs(), settings);
  try {
    await work(api);
  } finally {
    await api.close();
  }
}

describe("in the database", () => {
  it("a transaction ends with the deadline, and says so", () =>
    withApi({ deadlineSeconds: 0.5 }, (api) =>
      whileLocked(async () => {
        const began = performance.now();
        const asked = post(api, { query: CHANGE });
        await vi.waitUntil(async () => (await waiting()) === 1, SOON);
        const { errors } = await asked;
        expect(performance.now() - began).toBeLessThan(4_500);
        expect(errors[0]?.extensions).toMatchObject({ code: "TIMEOUT", retryable: true });
        await vi.waitUntil(async () => (await waiting()) === 0, SOON);
      }),
    ));

  it("a transaction ends when its client goes, on either transport", () =>
    withApi({}, (api) =>
      whileLocked(async () => {
        const leaving = new AbortController();
        const init = {
          method: "POST",
          headers: { "content-type": "application/json" },
          signal: leaving.signal,
        };
        const gone = fetch(`${api.url}/graphql`, { ...init, body: JSON.stringify({ query: CHANGE }) }).catch(
          () => "gone",
        );
        await vi.waitUntil(async () => (await waiting()) === 1, SOON);
        leaving.abort();
        expect(await gone).toBe("gone");
        await vi.waitUntil(async () => (await waiting()) === 0, SOON);
        for (const leave of ["operation", "socket"] as const) {
          const wire = await openSocket(api);
          wire.say({ type: "subscribe", id: "1", payload: { query: CHANGE } });
          await vi.waitUntil(async () => (await waiting()) === 1, SOON);
          if (leave === "socket") wire.end();
          else wire.say({ type: "complete", id: "1" });
          await vi.waitUntil(async () => (await waiting()) === 0, SOON);
          wire.end();
        }
      }),
    ));
});

describe("in the thread that searches", () => {
  const question =
    '{ discover(from: "NCBIGene:1", targetType: GENE, first: 1) { completeness { exact reason } } }';

  it("a search ends with the deadline, and its answer says how far it came", () =>
    withApi({ deadlineSeconds: 20 }, async (api) => {
      // The copy of the graph is built with the first question.
      const whole = (await dataOf(api, question)).discover;
      expect(whole.completeness).toMatchObject({ exact: true });
      await api.close();
      await withApi({ deadlineSeconds: 0.45 }, async (hasty) => {
        const answered = async () => {
          const { data, errors } = await ask(hasty, question);
          if (errors.length === 0) return data.discover;
          expect(errors[0]?.extensions).toMatchObject({ code: "TIMEOUT", retryable: true });
          return undefined;
        };
        const found = await vi.waitUntil(answered, { timeout: 30_000 });
        expect(found.completeness).toMatchObject({
          exact: false,
          reason: expect.stringContaining("deadline"),
        });
      });
    }));

  it("a search ends when its client goes, so that the next is not kept waiting", () =>
    withApi({ deadlineSeconds: 30 }, async (api) => {
      await dataOf(api, question);
      const whole = performance.now();
      await dataOf(api, question);
      const wholeMillis = performance.now() - whole;
      const leaving = new AbortController();
      const init = {
        method: "POST",
        headers: { "content-type": "application/json" },
        signal: leaving.signal,
      };
      const body = JSON.stringify({ query: question });
      const many = Array.from({ length: 20 }, () =>
        fetch(`${api.url}/graphql`, { ...init, body }).catch(() => "gone"),
      );
      await setTimeout(wholeMillis / 3);
      leaving.abort();
      expect(new Set(await Promise.all(many))).toEqual(new Set(["gone"]));
      const began = performance.now();
      await dataOf(api, question);
      // Twenty that went on would have kept it waiting for twenty times as long.
      expect({ wholeMillis, nextMillis: performance.now() - began }).toMatchObject({
        nextMillis: expect.toSatisfy((millis: number) => millis < 10 * wholeMillis),
      });
    }));
});

/**
 * A server under attack: thousands of requests that a hostile client might send, over HTTP and WebSocket, all drawn from one seed.
 * Each gets a right answer or a refusal with a code; none takes long, none brings the server down or makes it tell what
 * it should not; and whoever else asks is answered all the while. `BIOWEFT_HOSTILE` says how many (10000 for the whole), `BIOWEFT_HOSTILE_SEED` which.
 */
import { setTimeout } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { buildSchema } from "graphql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { emitSchema } from "../../../src/api/server/schema.js";
import { seededRandom } from "../../../src/core/random.js";
import type { Database } from "../../../src/graph/neo4j/database.js";
import { ask, writeGold } from "../../support/api-client.js";
import { testDatabase, wipe } from "../../support/database.js";
import { crowd, LITERATURE } from "../../support/literature.js";
import type { HeldMemory } from "../../support/processes/inspected-memory.js";
import { post } from "../../support/wire-client.js";
import { attack, type Outcome } from "./attack-outcomes.js";
import { type AttackedServer, startAttackedServer } from "./attacked-server.js";
import { type Attack, Attacks } from "./attacks.js";
import { HostileOperations } from "./hostile-operations.js";
import { HostileValues, type KnownValues } from "./hostile-values.js";

const COUNT = Number(process.env["BIOWEFT_HOSTILE"] ?? 800);
const SEED = Number(process.env["BIOWEFT_HOSTILE_SEED"] ?? 19);
/** The whole run is for a machine that nobody else uses, and looks at times that a short run among others cannot. */
const IS_WHOLE = COUNT >= 10_000;
const AT_ONCE = 6;
const SLOW_MILLIS = 2_000;
const HEALTH_MILLIS = 100;
/**
 * What the server may hold more of at the end, its garbage collected: what it keeps on purpose fills up (the documents asked for last
 * among them). A leak of two kilobytes an attack is more in the whole run, one of a parsed document in a short one.
 */
const GROWN_MEGABYTES = 10;
/** Memory that the system lent and did not get back. */
const GROWN_RESIDENT_MEGABYTES = 150;

let database: Database;
let server: AttackedServer;

beforeAll(async () => {
  database = await testDatabase();
  await wipe(database);
  await writeGold(database, [...LITERATURE, ...crowd(60)]);
  server = await startAttackedServer(database);
});
afterAll(async () => {
  await server?.close();
  await wipe(database);
  await database?.close();
});

/** Real ids, cursors and names, to be sent as they are or bent. */
async function knownValues(): Promise<KnownValues> {
  const { data, errors } = await ask(
    server,
    `{ relations(first: 3) { edges { cursor node { id subject { id curie } evidence { edges { cursor node { id } } } } } }
       searchEntities(text: "fish") { edges { cursor node { id curie } } } publication(pmid: "81000001") { id pmid } }`,
  );
  expect(errors).toEqual([]);
  const all = JSON.stringify(data);
  const values = (name: string) =>
    [...all.matchAll(new RegExp(`"${name}":"([^"]+)"`, "g"))].map((found) => found[1] ?? "");
  return { curies: values("curie"), ids: values("id"), cursors: values("cursor"), pmids: values("pmid") };
}

/** Asks for health from a thread of its own, which the attackers' work does not hold. */
function watchHealth(url: string): () => Promise<number[]> {
  const code = `
    const { parentPort, workerData } = require("node:worker_threads");
    const took = [];
    let isOver = false;
    parentPort.on("message", () => { isOver = true; });
    (async () => {
      while (!isOver) {
        const began = performance.now();
        const answer = await fetch(workerData + "/health").catch(() => undefined);
        await answer?.text();
        took.push(answer === undefined ? Infinity : performance.now() - began);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      parentPort.postMessage(took);
    })();`;
  const worker = new Worker(code, { eval: true, workerData: url });
  const result = new Promise<number[]>((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
  });
  return () => {
    worker.postMessage("end");
    return result;
  };
}

interface Judged extends Outcome {
  readonly attack: Attack;
  /** How often it was done. */
  readonly tries: number;
}

/** All attacks, some at a time. What was slow, or put off, among others is done again alone. */
async function attackAll(attacks: Iterator<Attack>): Promise<Judged[]> {
  const judged: Judged[] = [];
  const work = async () => {
    for (let next = attacks.next(); next.done !== true; next = attacks.next()) {
      const outcome = await attack(server, next.value);
      judged.push({ ...outcome, attack: next.value, tries: 1 });
      if (outcome.wrong.length > 0 && !outcome.isPutOff)
        console.error(outcome.wrong, JSON.stringify(next.value).slice(0, 800));
      if (!server.isAlive()) throw new Error(`the server ended: ${server.log().slice(-2_000)}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  for (const [at, one] of judged.entries()) {
    let last: Outcome = one;
    let tries = 1;
    for (; tries < 3 && (last.isPutOff || last.millis >= SLOW_MILLIS); tries++) {
      if (last.isPutOff) await setTimeout(500);
      last = await attack(server, one.attack);
    }
    judged[at] = { ...last, attack: one.attack, tries };
  }
  return judged;
}

/** What the server holds once it has nothing to do. */
async function atRest(): Promise<Memory> {
  await setTimeout(1_000);
  return { ...(await server.held()), resident: server.residentMegabytes() };
}

interface Memory extends HeldMemory {
  readonly resident: number;
}

const shown = ({ attack: one }: Judged) => JSON.stringify(one).slice(0, 1_500);

describe("a server under attack", () => {
  it(
    `answers or refuses each of ${COUNT} requests, in time, and stays as it was`,
    async () => {
      const random = seededRandom(SEED);
      const values = new HostileValues(random, await knownValues());
      const operations = new HostileOperations(buildSchema(emitSchema()), values);
      const attacks = new Attacks(values, operations, server.identities);
      // What is loaded or compiled at its first use, and what is kept on purpose, is there before memory is looked at.
      const warm = await attackAll(attacks.some(Math.ceil(COUNT / 2)));
      const before = await atRest();
      const endOfWatch = watchHealth(server.url);
      const judged = await attackAll(attacks.some(COUNT - warm.length));
      const health = (await endOfWatch()).sort((a, b) => a - b);
      const after = await atRest();
      report([...warm, ...judged], health, before, after);
      const wrong = [...warm, ...judged].filter((one) => one.wrong.length > 0);
      expect(wrong.slice(0, 20).map((one) => [one.wrong, shown(one)])).toEqual([]);
      const slow = [...warm, ...judged].filter(({ millis }) => millis >= SLOW_MILLIS);
      expect(slow.map((one) => [one.millis, shown(one)])).toEqual([]);
      expect(health.at(-1)).toBeLessThan(Number.POSITIVE_INFINITY);
      if (IS_WHOLE) expect(health[Math.floor(health.length * 0.95)]).toBeLessThan(HEALTH_MILLIS);
      expect(after.heap + after.outside - before.heap - before.outside).toBeLessThan(GROWN_MEGABYTES);
      expect(after.resident - before.resident).toBeLessThan(GROWN_RESIDENT_MEGABYTES);
      // It still knows what it knew, and changes what it is asked to.
      const { entity } = (await ask(server, `{ entity(curie: "MESH:D005395") { name } }`)).data;
      expect(entity.name).toBe("Fish oil");
      expect(
        await post(server, { query: "mutation { resumeExtractions }" }, server.identities["curator"]),
      ).toMatchObject({ status: 200, errors: [] });
      expect(server.log()).not.toMatch(/Unhandled|uncaught|Internal error|MaxListeners/);
    },
    120_000 + COUNT * 1_000,
  );
});

/** What a run was like, for those who read its output. */
function report(judged: readonly Judged[], health: readonly number[], before: Memory, after: Memory): void {
  const counts = new Map<string, number>();
  for (const { attack: one, codes } of judged)
    for (const code of codes) counts.set(`${one.kind} ${code}`, (counts.get(`${one.kind} ${code}`) ?? 0) + 1);
  const times = judged.map(({ millis }) => millis).sort((a, b) => a - b);
  const at = (sorted: readonly number[], part: number) =>
    Math.round(sorted[Math.floor(sorted.length * part)] ?? 0);
  console.log(
    JSON.stringify({
      count: judged.length,
      doneAgain: judged.filter(({ tries }) => tries > 1).length,
      millis: { p50: at(times, 0.5), p99: at(times, 0.99), most: Math.round(times.at(-1) ?? 0) },
      health: {
        asked: health.length,
        p50: at(health, 0.5),
        p95: at(health, 0.95),
        p99: at(health, 0.99),
        most: Math.round(health.at(-1) ?? 0),
      },
      before,
      after,
      outcomes: Object.fromEntries([...counts].sort(([, a], [, b]) => b - a)),
    }),
  );
}

/** `bioweft extract`, `worker` and `jobs` as processes of their own on one graph, with and without a Redis. */
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "../../../src/graph/neo4j/database.js";
import { aDocument } from "../../support/builders.js";
import { type Ended, runBioweft, startBioweft } from "../../support/command.js";
import { graphDump, testAddress, testDatabase, wipe } from "../../support/database.js";
import { type Pubtator3Server, startPubtator3Server } from "../../support/servers/pubtator3-server.js";
import { HAS_REDIS, startRedis } from "../../support/servers/redis-server.js";
import { writeTinyModel } from "../../support/tiny/tiny-model.js";

const PMIDS = Array.from({ length: 24 }, (_, index) => `${90400001 + index}`);

let database: Database;
let source: Pubtator3Server;
let [older, newer] = ["", ""];

beforeAll(async () => {
  database = await testDatabase();
  source = await startPubtator3Server({ documents: PMIDS.map((pmid) => aDocument({ pmid })) });
  older = await writeTinyModel("tiny@1");
  newer = await writeTinyModel("tiny@2");
});
beforeEach(() => wipe(database));
afterAll(async () => {
  await source.close();
  await database.close();
  for (const folder of [older, newer]) rmSync(folder, { recursive: true, force: true });
});

function settings(more: Readonly<Record<string, string>> = {}): Record<string, string> {
  const { uri, user, password } = testAddress();
  const neo4j = { NEO4J_URI: uri, NEO4J_USER: user, NEO4J_PASSWORD: password };
  return { ...neo4j, BIOWEFT_PUBTATOR3: source.url, BIOWEFT_HOME: join(older, "home"), ...more };
}

/** What a command told as JSON. */
function told({ code, stdout, stderr }: Ended): Record<string, unknown> {
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout) as Record<string, unknown>;
}

/** The graph without who extracted it, and when. */
async function knowledge(): Promise<string[]> {
  return (await graphDump(database)).filter((line) => !line.startsWith("(ExtractionJob "));
}

async function rowsOf(model: string): Promise<unknown> {
  const [row] = await database.runText("MATCH (e:Evidence {source: $model}) RETURN count(e) AS rows", {
    model,
  });
  return row?.["rows"];
}

describe("bioweft extract", () => {
  it("reads again what an older model has read, beside it or in its place, and says what came of it", async () => {
    const some = PMIDS.slice(0, 3);
    const first = await runBioweft(["extract", ...some, "--model", older, "--json"], settings());
    expect(told(first)).toMatchObject({ papers: 3, started: 3, written: 3, failed: 0, model: "tiny@1" });
    const rows = await rowsOf("tiny@1");
    expect(rows).toBeGreaterThan(0);
    const beside = ["extract", "--since-model", "tiny@1", "--model", newer, "--json"];
    expect(told(await runBioweft(beside, settings()))).toMatchObject({ papers: 3, written: 3, ofCorpora: 0 });
    expect([await rowsOf("tiny@1"), await rowsOf("tiny@2")]).toEqual([rows, rows]);
    // What the present model has read is not out of date.
    expect(told(await runBioweft(beside, settings()))).toMatchObject({ papers: 0, started: 0 });
    await wipe(database);
    await runBioweft(["extract", ...some, "--model", older], settings());
    const instead = await runBioweft([...beside, "--replace"], settings());
    expect(told(instead)).toMatchObject({ papers: 3, written: 3 });
    expect([await rowsOf("tiny@1"), await rowsOf("tiny@2")]).toEqual([0, rows]);
  });

  it.each([
    [["--replace", "1"], /--replace needs --since-model/],
    [["--since-model", "tiny@1", "--model", "OLDER"], /tiny@1 is the present model/],
    [["--pmids", "LIST"], /LIST:2: "12a" is no PMID/],
    [[], /name PMIDs, or give --pmids or --since-model/],
  ])("refuses %j", async (args, reason) => {
    const list = join(newer, "LIST");
    writeFileSync(list, "12\n12a\n");
    const given = args.map((arg) => (arg === "OLDER" ? older : arg === "LIST" ? list : arg));
    const { code, stderr } = await runBioweft(["extract", ...given], settings());
    expect(code).toBe(1);
    expect(stderr).toMatch(reason);
  });
});

describe.skipIf(!HAS_REDIS)("two bioweft workers over Redis", () => {
  it("do all that is submitted, share it, and end in the graph of one process; bioweft jobs tells", async () => {
    const alone = await runBioweft(["extract", ...PMIDS, "--model", older, "--json"], settings());
    expect(told(alone)).toMatchObject({ written: PMIDS.length });
    const graph = await knowledge();
    await wipe(database);
    const redis = await startRedis();
    const shared = settings({ REDIS_URL: redis.url });
    const workers = [1, 2].map(() => startBioweft(["worker", "--model", older], shared));
    try {
      const all = ["extract", ...PMIDS, "--model", older, "--detach", "--json"];
      expect(told(await runBioweft(all, shared))).toMatchObject({ started: PMIDS.length });
      let overview: Record<string, unknown> = {};
      do {
        const listed = told(await runBioweft(["jobs", "list", "--json"], shared));
        overview = listed["overview"] as Record<string, unknown>;
      } while ((overview["stages"] as { WRITTEN: number }).WRITTEN < PMIDS.length);
      expect(overview).toMatchObject({ waiting: 0, running: 0, paused: 0 });
      const alive = (overview["workers"] as { isAlive: boolean; pid: number }[]).filter((one) => one.isAlive);
      const pids = alive.map(({ pid }) => pid);
      for (const { child } of workers) expect(pids).toContain(child.pid);
      expect(await knowledge()).toEqual(graph);
    } finally {
      for (const { child } of workers) child.kill("SIGTERM");
      const ended = await Promise.all(workers.map((worker) => worker.ended));
      await redis.close();
      expect(ended.map(({ code }) => code)).toEqual([0, 0]);
    }
  });
});

/**
 * `bioweft bench api`: how fast the API answers over many connections on a graph of invented papers, in the embedded database of the same
 * machine; beside it the same reads through `@neo4j/graphql` on the same database, one after the other.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Command } from "commander";
import { parseGlobalId } from "../../../api/platform/global-id.js";
import { BioWeftError } from "../../../core/errors.js";
import { seededRandom } from "../../../core/random.js";
import { loadStore } from "../../../graph/bulk/load-store.js";
import { embeddedAddress } from "../../../graph/embedded/embedded-address.js";
import { type BenchRow, printRows } from "../../../lab/benches/bench-rows.js";
import { onInterrupt } from "../../../terminal/interrupt.js";
import { startProgress } from "../../../terminal/progress.js";
import { atLeastOne } from "../../options/number-options.js";
import { drawnRank, inventedEntity, inventedPapers } from "./api/invented-papers.js";
import { checkAnswer, figuresOf, type LoadFigures, type LoadRun, runLoad } from "./api/load.js";
import { operationsOf, type Question, questionsOf } from "./api/questions.js";
import { type BenchServer, checkPeer, startOurs, startPeer } from "./api/servers.js";

interface Options {
  readonly entities: number;
  readonly relations: number;
  readonly connections: number;
  readonly seconds: number;
  readonly home?: string;
  readonly peer?: string;
  readonly json: boolean;
}

const SEED = 23;
const SAMPLE = 200;

/** Declares the subcommand. */
export function apiBench(): Command {
  return new Command("api")
    .description(
      "milliseconds and requests a second of the API's pages over many connections, beside @neo4j/graphql",
    )
    .option("--entities <count>", "of the invented graph", atLeastOne, 100_000)
    .option("--relations <count>", "of the invented graph, about", atLeastOne, 1_000_000)
    .option("--connections <count>", "that ask at a time", atLeastOne, 100)
    .option("--seconds <count>", "that each kind of question is asked", atLeastOne, 20)
    .option(
      "--home <dir>",
      "where the graph is kept; it is made if it is not there (default: a folder that goes with the run)",
    )
    .option("--peer <dir>", "where @neo4j/graphql is installed; scripts/bench/neo4j-graphql.mjs says how")
    .option("--json", "print the rows as JSON", false)
    .action(run);
}

async function run(options: Options): Promise<void> {
  if (options.peer !== undefined) checkPeer(options.peer);
  const interrupt = onInterrupt();
  const home = resolve(options.home ?? mkdtempSync(join(tmpdir(), "bioweft-bench-")));
  const servers: BenchServer[] = [];
  try {
    await makeGraph(home, options, interrupt.signal);
    const ours = await startOurs(home);
    servers.push(ours);
    const address = embeddedAddress(home);
    if (options.peer !== undefined && address !== undefined)
      servers.push(await startPeer(options.peer, address));
    const questions = questionsOf(options.entities, await someRelations(ours.url, options.entities));
    const rows: BenchRow[] = [];
    // All of both before any is measured: a database that has just begun compiles what it is asked.
    for (const question of questions) await warm(question, servers, options, interrupt.signal);
    for (const question of questions)
      rows.push(...(await compare(question, servers, options, interrupt.signal)));
    printRows(rows, options.json);
    if (options.peer === undefined) {
      process.stderr.write("--peer names a folder with @neo4j/graphql, to measure it in the same run\n");
    }
  } finally {
    for (const server of servers.reverse()) await server.close();
    if (options.home === undefined) rmSync(home, { recursive: true, force: true });
    interrupt.release();
  }
}

/** Fills the data folder, unless it was filled before. */
async function makeGraph(home: string, { entities, relations }: Options, signal: AbortSignal): Promise<void> {
  if (embeddedAddress(home) !== undefined) return;
  const progress = startProgress("graph", "rows", relations);
  try {
    const writes = inventedPapers(entities, relations);
    const onProgress = (_stage: string, done: number) => progress.update(done);
    await loadStore({ home, writes, papersOnce: true, signal, onProgress });
  } finally {
    progress.stop();
  }
}

interface RelationsAnswer {
  readonly data?: {
    readonly entity?: { readonly relations: { readonly nodes: readonly { readonly id: string }[] } } | null;
  };
}

/** Relations of entities drawn as the questions draw theirs. */
async function someRelations(url: string, entities: number) {
  const random = seededRandom(SEED);
  const found: { id: string; key: string }[] = [];
  for (let tries = 0; found.length < SAMPLE && tries < 10 * SAMPLE; tries++) {
    const { curie } = inventedEntity(drawnRank(entities, random));
    const query = `{ entity(curie: "${curie}") { relations(first: 3) { nodes { id } } } }`;
    const answer = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query }),
    });
    const { data } = (await answer.json()) as RelationsAnswer;
    for (const { id } of data?.entity?.relations.nodes ?? []) found.push({ id, key: parseGlobalId(id).key });
  }
  if (found.length === 0)
    throw new BioWeftError("INTERNAL", "the invented graph has no relations; make it anew");
  return found;
}

/** Asks both for a while, after a look at what they say. */
async function warm(
  question: Question,
  servers: readonly BenchServer[],
  { connections, seconds }: Options,
  signal: AbortSignal,
): Promise<void> {
  for (const { side, url } of servers) {
    await checkAnswer(url, question, operationsOf(question, side, SEED));
    const operations = operationsOf(question, side, SEED + 1);
    await runLoad({ url, operations, connections, seconds: Math.max(1, seconds / 2), signal });
  }
}

/**
 * One question of both, in turns (one, the other, the other, the one), so that what gets faster or slower meanwhile does so for both;
 * the peer's figures are what ours are compared with.
 */
async function compare(
  question: Question,
  servers: readonly BenchServer[],
  { connections, seconds }: Options,
  signal: AbortSignal,
): Promise<BenchRow[]> {
  const runs = new Map<BenchServer, LoadRun[]>(servers.map((server) => [server, []]));
  for (const [turn, order] of [servers, [...servers].reverse()].entries()) {
    for (const server of order) {
      const operations = operationsOf(question, server.side, SEED + 2 + turn);
      const load = { url: server.url, operations, connections, seconds: seconds / 2, signal };
      runs.get(server)?.push(await runLoad(load));
      signal.throwIfAborted();
    }
  }
  const figures = [...runs].map(([{ name }, of]) => ({
    name: `${question.name}, ${name}`,
    load: figuresOf(of),
  }));
  const peer = figures[1];
  return figures.flatMap(({ name, load }) => {
    const row = (what: string, unit: string, read: (load: LoadFigures) => number): BenchRow => {
      const against = peer ?? { name, load };
      return {
        name: `${name}: ${what}`,
        value: read(load),
        unit,
        ratio: read(load) / read(against.load),
        against: `${against.name}: ${what}`,
      };
    };
    const failed = [...load.failed.values()].reduce((sum, count) => sum + count, 0);
    return [
      row("median", "ms", ({ p50 }) => p50),
      row("95th percentile", "ms", ({ p95 }) => p95),
      row("99th percentile", "ms", ({ p99 }) => p99),
      row("requests a second", "1/s", ({ perSecond }) => perSecond),
      {
        name: `${name}: failed`,
        value: failed,
        unit: `of ${failed + load.answered}${codes(load)}`,
        ratio: 1,
        against: `${name}: failed`,
      },
    ];
  });
}

function codes({ failed }: LoadFigures): string {
  return failed.size === 0 ? "" : ` (${[...failed].map(([code, count]) => `${code} ${count}`).join(", ")})`;
}

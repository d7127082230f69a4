/**
 * `bioweft bench discovery`: building, saving, loading and updating the adjacency, and the latency of questions, on a synthetic
 * graph of PubTator3's shape. Questions go through the searching thread, and the asking one is watched meanwhile.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { Command } from "commander";
import { seededRandom } from "../../../core/random.js";
import { RANKERS, type Ranker } from "../../../core/ranker.js";
import type { Adjacency } from "../../../discovery/adjacency/adjacency.js";
import { loadAdjacency, writeAdjacency } from "../../../discovery/adjacency/adjacency-file.js";
import { buildAdjacency } from "../../../discovery/adjacency/build-adjacency.js";
import { withDelta } from "../../../discovery/adjacency/delta.js";
import {
  nameOf,
  syntheticRelation,
  syntheticRelations,
} from "../../../discovery/evaluation/synthetic-graph.js";
import { SearchThread } from "../../../discovery/search-thread.js";
import { type BenchRow, printRows } from "../../../lab/benches/bench-rows.js";
import { startProgress } from "../../../terminal/progress.js";
import { atLeastOne } from "../../options/number-options.js";

interface Options {
  readonly entities: number;
  readonly relations: number;
  readonly questions: number;
  readonly json: boolean;
}

const SEED = 7;
const DELTA_ROWS = 1_000;
const CHEAP: readonly Ranker[] = ["LinkingTermCount", "AdamicAdar", "Jaccard", "LogLikelihoodRatio"];
const ALL: readonly Ranker[] = RANKERS.filter((ranker) => ranker !== "Learned");

/** Declares the subcommand. */
export function discoveryBench(): Command {
  return new Command("discovery")
    .description("milliseconds a question of discovery, and building, loading and updating its graph")
    .option("--entities <count>", "of the synthetic graph", atLeastOne, 240_000)
    .option("--relations <count>", "of the synthetic graph; PubTator3 has 11 million", atLeastOne, 1_000_000)
    .option("--questions <count>", "of each kind", atLeastOne, 50)
    .option("--json", "print the rows as JSON", false)
    .action(run);
}

async function run(options: Options): Promise<void> {
  const rows: BenchRow[] = [];
  const note = (name: string, value: number, unit: string) =>
    rows.push({ name, value, unit, ratio: 1, against: name });
  const timed = async <Value>(name: string, work: () => Promise<Value> | Value): Promise<Value> => {
    const began = performance.now();
    const value = await work();
    note(name, performance.now() - began, "ms");
    return value;
  };
  const built = await timed("build from a stream", () => build(options));
  const loaded = await throughDisk(built, timed);
  const random = seededRandom(SEED + 1);
  const delta = Array.from({ length: DELTA_ROWS }, () => syntheticRelation(options.entities, random));
  loaded.indexOf("");
  const graph = await timed(`delta of ${DELTA_ROWS} rows`, () => withDelta(loaded, delta));
  const thread = new SearchThread();
  try {
    await askAll(thread, graph, options, note);
  } finally {
    await thread.dispose();
  }
  note("memory at most", process.resourceUsage().maxRSS / 1024, "MB");
  printRows(rows, options.json);
}

async function build({ entities, relations }: Options): Promise<Adjacency> {
  const progress = startProgress("build", "relations", relations);
  let seen = 0;
  const adjacency = await buildAdjacency(async function* () {
    for (const row of syntheticRelations(entities, relations, SEED)) {
      yield row;
      if (++seen % 100_000 === 0) progress.update(seen);
    }
  });
  progress.stop();
  return adjacency;
}

async function throughDisk(
  adjacency: Adjacency,
  timed: <Value>(name: string, work: () => Promise<Value>) => Promise<Value>,
): Promise<Adjacency> {
  const folder = await mkdtemp(join(tmpdir(), "bioweft-bench-"));
  try {
    const file = join(folder, "graph.adjacency");
    await timed("save", () => writeAdjacency(file, { graph: "bench", adjacency }));
    return (await timed("load", () => loadAdjacency(file))).adjacency;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Asks every kind of question from entities of all ranks; each kind's first question is not counted. */
async function askAll(
  thread: SearchThread,
  graph: Adjacency,
  { entities, questions }: Options,
  note: (name: string, value: number, unit: string) => void,
): Promise<void> {
  const asked = { millis: 60_000 };
  const first = 25;
  const open = (rankers: readonly Ranker[]) => (from: string) =>
    thread.open(graph, { from, options: { first, targetType: "Disease", rankers } }, asked);
  const paths = (maxHops: number) => (from: string, to: string) =>
    thread.paths(graph, { from, to, options: { maxHops, first } }, asked);
  const closed = (from: string, to: string) => thread.closed(graph, { from, to, options: {} }, asked);
  const kinds = {
    closed,
    "open, cheap rankers": open(CHEAP),
    "open, the default": open(["ReciprocalRankFusion"]),
    "open, all rankers": open(ALL),
    "paths of 3 hops": paths(3),
    "paths of 4 hops": paths(4),
  };
  const delay = monitorEventLoopDelay({ resolution: 5 });
  for (const [kind, ask] of Object.entries(kinds)) {
    const random = seededRandom(SEED + 2);
    const entity = () => nameOf(Math.floor(entities * random.next() ** 2));
    const times: number[] = [];
    let incomplete = 0;
    for (let question = 0; question <= questions; question++) {
      const [from, to] = [entity(), entity()];
      const began = performance.now();
      const { truncated } = await ask(from, to);
      if (question === 0) {
        delay.enable();
        continue;
      }
      times.push(performance.now() - began);
      if (truncated !== undefined) incomplete++;
    }
    times.sort((a, b) => a - b);
    note(`${kind}, median`, times[Math.floor(times.length / 2)] ?? 0, "ms");
    note(`${kind}, 95th percentile`, times[Math.ceil(0.95 * times.length) - 1] ?? 0, "ms");
    note(`${kind}, incomplete`, incomplete, `of ${times.length}`);
  }
  delay.disable();
  note("longest wait of the asking thread", delay.max / 1e6, "ms");
}

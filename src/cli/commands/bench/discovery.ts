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
import { required } from "../../../core/required.js";
import type { Adjacency } from "../../../discovery/adjacency/adjacency.js";
import { writeAdjacency } from "../../../discovery/adjacency/adjacency-file.js";
import { AdjacencyThread } from "../../../discovery/adjacency-thread.js";
import {
  nameOf,
  syntheticRelation,
  syntheticRelations,
} from "../../../discovery/evaluation/synthetic-graph.js";
import { SearchThread } from "../../../discovery/search-thread.js";
import { type BenchRow, printRows } from "../../../lab/benches/bench-rows.js";
import { startProgress } from "../../../terminal/progress.js";
import { atLeastOne } from "../../options/number-options.js";
import { type CypherTask, cypherDiscovery } from "./discovery-cypher.js";
import { checkSame, peerDiscovery } from "./discovery-peer.js";

interface Options {
  readonly entities: number;
  readonly relations: number;
  readonly questions: number;
  readonly cypherRelations?: number;
  readonly python: string;
  readonly peers: boolean;
  readonly json: boolean;
}

const SEED = 7;
const DELTA_ROWS = 1_000;
const FIRST = 25;
const CHEAP: readonly Ranker[] = ["LinkingTermCount", "AdamicAdar", "Jaccard", "LogLikelihoodRatio"];
const ALL: readonly Ranker[] = RANKERS.filter((ranker) => ranker !== "Learned");

/** Declares the subcommand. */
export function discoveryBench(): Command {
  return new Command("discovery")
    .description("milliseconds a question of discovery, and building, loading and updating its graph")
    .option("--entities <count>", "of the synthetic graph", atLeastOne, 240_000)
    .option("--relations <count>", "of the synthetic graph; PubTator3 has 11 million", atLeastOne, 1_000_000)
    .option("--questions <count>", "of each kind", atLeastOne, 50)
    .option("--python <program>", "a Python with scipy and networkx, to measure beside", "python3")
    .option(
      "--cypher-relations <count>",
      "of the graph of which Neo4j is asked the same (default: a tenth)",
      atLeastOne,
    )
    .option("--no-peers", "leave Neo4j and Python out")
    .option("--json", "print the rows as JSON", false)
    .action(run);
}

async function run(options: Options): Promise<void> {
  const rows: BenchRow[] = [];
  const note = (name: string, value: number, unit: string, [ratio, against]: Compared = [1, name]) =>
    rows.push({ name, value, unit, ratio, against });
  const timed: Timed = async (name, work) => {
    const [began, used] = [performance.now(), process.cpuUsage()];
    const value = await work();
    note(name, performance.now() - began, "ms");
    note(`${name}, processor time`, processorMillis(used), "ms");
    return value;
  };
  const delay = monitorEventLoopDelay({ resolution: 5 });
  const folder = await mkdtemp(join(tmpdir(), "bioweft-bench-"));
  const [making, searching] = [new AdjacencyThread(), new SearchThread()];
  try {
    const graph = await ready(making, join(folder, "graph.adjacency"), options, { timed, delay });
    await askAll(searching, graph, options, note);
    delay.disable();
    note("memory at most", process.resourceUsage().maxRSS / 1024, "MB");
    if (options.peers) {
      await askPeers(searching, graph, { folder, ...options }, note);
      await askCypher({ folder, making, searching, ...options }, note);
    }
  } finally {
    await Promise.all([making.dispose(), searching.dispose()]);
    await rm(folder, { recursive: true });
  }
  const longest = "longest wait of the asking thread, updating and asking";
  note(longest, delay.max / 1e6, "ms");
  printRows(rows, options.json);
}

type Compared = readonly [ratio: number, against: string];
type Note = (name: string, value: number, unit: string, compared?: Compared) => void;
type Timed = <Value>(name: string, work: () => Promise<Value> | Value) => Promise<Value>;

/** Builds a graph, keeps it in a file, loads it from there and brings it up to date, as a server does over its life. */
async function ready(
  thread: AdjacencyThread,
  file: string,
  options: Options,
  { timed, delay }: { readonly timed: Timed; readonly delay: ReturnType<typeof monitorEventLoopDelay> },
): Promise<Adjacency> {
  const { entities, relations } = options;
  await timed("the stream alone", () => {
    let papers = 0;
    for (const row of syntheticRelations(entities, relations, SEED)) papers += row.papers?.length ?? 0;
    return papers;
  });
  const built = await timed("build from a stream", () => build(thread, options));
  await timed("save", () => writeAdjacency(file, { graph: "bench", adjacency: built }));
  return restarted(thread, file, options, { timed, delay });
}

async function restarted(
  thread: AdjacencyThread,
  file: string,
  { entities }: Options,
  { timed, delay }: { readonly timed: Timed; readonly delay: ReturnType<typeof monitorEventLoopDelay> },
): Promise<Adjacency> {
  const { adjacency } = await timed("load", () => thread.load(file));
  const random = seededRandom(SEED + 1);
  const rows = () => Array.from({ length: DELTA_ROWS }, () => syntheticRelation(entities, random));
  // The first reads the names; a server has done so.
  const first = await thread.delta(adjacency, rows());
  const second = rows();
  delay.enable();
  return timed(`delta of ${DELTA_ROWS} rows`, () => thread.delta(first, second));
}

async function build(thread: AdjacencyThread, { entities, relations }: Options): Promise<Adjacency> {
  const progress = startProgress("build", "relations", relations);
  let seen = 0;
  const adjacency = await thread.build(async function* () {
    for (const row of syntheticRelations(entities, relations, SEED)) {
      yield row;
      if (++seen % 100_000 === 0) progress.update(seen);
    }
  });
  progress.stop();
  return adjacency;
}

/** The same questions by linking-term count here and in Python. */
async function askPeers(
  thread: SearchThread,
  graph: Adjacency,
  { folder, python, entities, questions }: Options & { readonly folder: string },
  note: Note,
): Promise<void> {
  const random = seededRandom(SEED + 2);
  const starts: string[] = [];
  while (starts.length < questions) {
    const curie = nameOf(Math.floor(entities * random.next() ** 2));
    if (graph.indexOf(curie) !== undefined) starts.push(curie);
  }
  const peers = await peerDiscovery(graph, { python, folder, starts, targetType: "Disease", first: FIRST });
  if ("absent" in peers) {
    process.stderr.write(`scipy and networkx: not measured: ${peers.absent}\n`);
    return;
  }
  const options = { first: FIRST, targetType: "Disease", rankers: ["LinkingTermCount"] } as const;
  const [times, found]: [number[], number[][]] = [[], []];
  for (const from of starts) {
    const began = performance.now();
    const { candidates } = await thread.open(graph, { from, options }, { millis: 60_000 });
    times.push(performance.now() - began);
    found.push(candidates.map(({ linking }) => linking.length));
  }
  const [median, last] = percentiles(times);
  const name = "open, by linking-term count";
  for (const [peer, answer] of Object.entries(peers)) {
    if (answer === null) continue;
    checkSame(peer, answer.found, found);
    const [peerMedian, peerLast] = percentiles(answer.millis);
    note(`${peer}: its graph`, answer.made, "ms");
    note(`${peer}: ${name}, median`, peerMedian, "ms");
    note(`${peer}: ${name}, 95th percentile`, peerLast, "ms");
    note(`${name}, median`, median, "ms", [median / peerMedian, peer]);
    note(`${name}, 95th percentile`, last, "ms", [last / peerLast, peer]);
  }
}

/** The same questions here and in Cypher, of a smaller graph of the same shape. */
async function askCypher(
  { relations, entities, cypherRelations, ...options }: Options & CypherPlace,
  note: Note,
): Promise<void> {
  const share = (cypherRelations ?? Math.ceil(relations / 10)) / relations;
  const size = { entities: Math.ceil(entities * share), relations: Math.ceil(relations * share) };
  for (const { kind, own, cypher, givenUp } of await cypherDiscovery({
    ...options,
    ...size,
    seed: SEED,
    first: FIRST,
  })) {
    const name = `${kind}, of ${size.relations} relations`;
    const [plain, ours] = [percentiles(cypher), percentiles(own)];
    for (const [index, place] of (["median", "95th percentile"] as const).entries()) {
      const [peer, value] = [required(plain[index], "a time"), required(ours[index], "a time")];
      note(`Cypher: ${name}, ${place}`, peer, "ms");
      note(`${name}, ${place}`, value, "ms", [value / peer, "Cypher"]);
    }
    note(`Cypher: ${name}, given up after half a minute`, givenUp, `of ${cypher.length}`);
  }
}

type CypherPlace = Pick<CypherTask, "folder" | "making" | "searching">;

/** Processor time of this process, threads included, since it was read: what other work on the machine hardly changes. */
function processorMillis(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1_000;
}

/** The middle and the 95th percentile. */
function percentiles(times: readonly number[]): [median: number, last: number] {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (place: number) => required(sorted[place], "a time");
  return [at(Math.floor(sorted.length / 2)), at(Math.ceil(0.95 * sorted.length) - 1)];
}

/** Asks every kind of question from entities of all ranks; each kind's first question is not counted. */
async function askAll(
  thread: SearchThread,
  graph: Adjacency,
  { entities, questions }: Options,
  note: Note,
): Promise<void> {
  const asked = { millis: 60_000 };
  const first = FIRST;
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
  for (const [kind, ask] of Object.entries(kinds)) {
    const random = seededRandom(SEED + 2);
    const entity = () => nameOf(Math.floor(entities * random.next() ** 2));
    const [times, used]: [number[], number[]] = [[], []];
    let incomplete = 0;
    for (let question = 0; question <= questions; question++) {
      const [from, to] = [entity(), entity()];
      const [began, before] = [performance.now(), process.cpuUsage()];
      const { truncated } = await ask(from, to);
      if (question === 0) continue;
      times.push(performance.now() - began);
      used.push(processorMillis(before));
      if (truncated !== undefined) incomplete++;
    }
    const [median, last] = percentiles(times);
    note(`${kind}, median`, median, "ms");
    note(`${kind}, 95th percentile`, last, "ms");
    note(`${kind}, 95th percentile of processor time`, percentiles(used)[1], "ms");
    note(`${kind}, incomplete`, incomplete, `of ${times.length}`);
  }
}

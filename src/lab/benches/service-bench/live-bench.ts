/**
 * `bioweft bench live`: how long a curator waits for a paper's relations, from submitting its PMID until they can be read in
 * GraphQL, on a quiet server and while a bulk run goes on beside it in a process of its own; how long cancelling takes, how long
 * health, and whether many that are submitted at once all end. Everything is real but the literature: a server in PubTator3's
 * form gives our samples after a delay.
 */
import { once } from "node:events";
import { createWriteStream, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { toPubTator } from "../../../../ingest/formats/pubtator/pubtator-writer.js";
import { BioWeftError } from "../../../core/errors.js";
import { required } from "../../../core/required.js";
import { startProgress } from "../../../terminal/progress.js";
import { type BenchRow, printRows } from "../bench-rows.js";
import { type PaperOf, samplePapers, serveLiterature } from "./literature.js";
import { type Health, LiveClient } from "./live-client.js";
import { endOwn, startOwn } from "./own-commands.js";

/** What the command line says of this bench. */
interface LiveBenchOptions {
  /** Papers that are submitted one after the other, on a quiet server and again beside the bulk run. */
  readonly papers: number;
  /** Papers that are cancelled beside the bulk run. */
  readonly cancels: number;
  /** Papers that are submitted at once. */
  readonly atOnce: number;
  /** Milliseconds until the literature's server answers. */
  readonly latency: number;
  /** Folder of the model; the released one where it is not given. */
  readonly model?: string;
  readonly json: boolean;
}

const HEALTH_EVERY_MILLIS = 50;
/** A curator's pause between two papers. */
const PAUSE_MILLIS = 300;
/** More documents than the bulk run gets through. */
const BULK_PAPERS = 20_000;
const [WARM, QUIET, BUSY, CANCEL, MANY, BULK] = [
  10_000_000, 11_000_000, 12_000_000, 13_000_000, 14_000_000, 20_000_000,
];

/** Measures and prints the rows. */
export async function benchLive(options: LiveBenchOptions): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "bioweft-bench-live-"));
  const paperOf = await samplePapers();
  const literature = await serveLiterature(paperOf, options.latency);
  const settings = { BIOWEFT_HOME: join(folder, "home"), BIOWEFT_PUBTATOR3: literature.url, PORT: "0" };
  const model = options.model === undefined ? [] : ["--model", options.model];
  const server = startOwn(["serve", ...model], settings);
  try {
    const [, url = ""] = await server.saying(/BioWeft is ready: +(\S+)\/graphql/);
    const client = new LiveClient(url);
    for (let paper = 0; paper < 5; paper += 1) await client.extract(WARM + paper);
    const quiet = await measured(client, QUIET, options.papers, "quiet");
    const bulkFile = join(folder, "bulk.pubtator");
    await writeBulk(bulkFile, paperOf);
    const bulk = startOwn(["ingest", "file", bulkFile, "--extract", ...model], settings);
    try {
      const busy = await besideBulk(client, options);
      printRows([...latencyRows("quiet", quiet), ...busy], options.json);
    } finally {
      await endOwn(bulk, "SIGINT");
    }
  } finally {
    await endOwn(server);
    await literature.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Papers one after the other, and how long health took meanwhile. */
interface Measured {
  readonly millis: readonly number[];
  readonly grew: number;
  readonly health: Health;
}

async function measured(client: LiveClient, first: number, papers: number, name: string): Promise<Measured> {
  const progress = startProgress(name, "papers", papers);
  const stop = new AbortController();
  const watching = client.watchHealth(HEALTH_EVERY_MILLIS, stop.signal);
  const millis: number[] = [];
  let grew = 0;
  try {
    for (let paper = 0; paper < papers; paper += 1) {
      const run = await client.extract(first + paper);
      if (run.relations === 0) process.stderr.write(`PMID ${first + paper}: nothing was found\n`);
      millis.push(run.millis);
      if (run.grew) grew += 1;
      progress.update(paper + 1, `${run.millis.toFixed(0)} ms`);
      await setTimeout(PAUSE_MILLIS);
    }
  } finally {
    stop.abort();
    progress.stop();
  }
  return { millis, grew, health: await watching };
}

async function besideBulk(client: LiveClient, options: LiveBenchOptions): Promise<BenchRow[]> {
  const before = (await client.counts()).publications;
  // It is in full swing when its first batches are in the graph.
  while ((await client.counts()).publications < before + 100) await setTimeout(500);
  const [publications, began] = [(await client.counts()).publications, performance.now()];
  const busy = await measured(client, BUSY, options.papers, "beside a bulk run");
  const seconds = (performance.now() - began) / 1000;
  const written = (await client.counts()).publications - publications - options.papers;
  const cancels: number[] = [];
  for (let paper = 0; paper < options.cancels; paper += 1) {
    const took = await client.cancel(CANCEL + paper, 40 * (paper % 10));
    if (took !== undefined) cancels.push(took);
  }
  return [
    ...latencyRows("beside a bulk run", busy),
    row("bulk run meanwhile", written / seconds, "documents/s"),
    ...(cancels.length === 0 ? [] : [row("cancel beside a bulk run, longest", Math.max(...cancels), "ms")]),
    row("cancelled before they were written", cancels.length, `of ${options.cancels}`),
    ...(await manyRows(client, options.atOnce)),
  ];
}

/** Throws INTERNAL where one of them does not end, or fails. */
async function manyRows(client: LiveClient, atOnce: number): Promise<BenchRow[]> {
  if (atOnce === 0) return [];
  const stagesBefore = (await client.counts()).stages;
  const ended = (stages: ReadonlyMap<string, number>, stage: string) =>
    (stages.get(stage) ?? 0) - (stagesBefore.get(stage) ?? 0);
  const began = performance.now();
  await client.submitMany(Array.from({ length: atOnce }, (_, index) => MANY + index));
  const progress = startProgress("submitted at once", "papers", atOnce);
  for (;;) {
    const { stages } = await client.counts();
    const [written, failed] = [ended(stages, "WRITTEN"), ended(stages, "FAILED")];
    progress.update(written);
    if (failed > 0)
      throw new BioWeftError("INTERNAL", `${failed} of ${atOnce} that were submitted at once failed`);
    if (written >= atOnce) break;
    await setTimeout(200);
  }
  progress.stop();
  const perSecond = atOnce / ((performance.now() - began) / 1000);
  return [row(`${atOnce} submitted at once beside a bulk run, all written`, perSecond, "papers/s")];
}

function latencyRows(name: string, { millis, grew, health }: Measured): BenchRow[] {
  return [
    row(`PMID to relations, ${name}, median`, quantile(millis, 0.5), "ms"),
    row(`PMID to relations, ${name}, 95th of 100`, quantile(millis, 0.95), "ms"),
    row(`pairs seen to grow, ${name}`, grew, `of ${millis.length} papers`),
    row(`health, ${name}, 99th of 100`, quantile(health.millis, 0.99), "ms"),
    row(`health, ${name}, longest`, Math.max(...health.millis), "ms"),
    row(`health, ${name}, other than 200`, health.bad, `of ${health.millis.length}`),
  ];
}

function row(name: string, value: number, unit: string): BenchRow {
  return { name, value, unit, ratio: 1, against: name };
}

function quantile(values: readonly number[], part: number): number {
  const ordered = [...values].sort((a, b) => a - b);
  return required(ordered[Math.min(ordered.length - 1, Math.floor(part * ordered.length))], "a measurement");
}

async function writeBulk(file: string, paperOf: PaperOf): Promise<void> {
  const stream = createWriteStream(file);
  for (let paper = 0; paper < BULK_PAPERS; paper += 1)
    if (!stream.write(toPubTator(paperOf(BULK + paper)))) await once(stream, "drain");
  stream.end();
  await once(stream, "finish");
}

/**
 * `bioweft bench workers`: how much faster two workers over Redis are than one, where they wait for a literature that is slow to
 * answer, and whether they leave the same graph.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { Command } from "commander";
import { BioWeftError } from "../../../core/errors.js";
import { canonicalHash } from "../../../graph/export/canonical-lines.js";
import { JobDesk } from "../../../jobs/job-desk.js";
import { type BenchRow, printRows } from "../../../lab/benches/bench-rows.js";
import { samplePapers, serveLiterature } from "../../../lab/benches/service-bench/literature.js";
import { endOwn, runOwn, startOwn } from "../../../lab/benches/service-bench/own-commands.js";
import { startProgress } from "../../../terminal/progress.js";
import { atLeastOne } from "../../options/number-options.js";
import { inGraph, type Place, type Site } from "./kills/site.js";

interface WorkersOptions {
  readonly papers: number;
  readonly latency: number;
  readonly model?: string;
  readonly json: boolean;
}

/** Declares the subcommand. */
export function workersBench(): Command {
  return new Command("workers")
    .description(
      "papers a second of one worker and of two over Redis, where the literature is slow to answer",
    )
    .option("--papers <count>", "extractions", atLeastOne, 96)
    .option("--latency <ms>", "until the server of the literature answers", atLeastOne, 6_000)
    .option("--model <dir>", "model folder (default: the released one)")
    .option("--json", "print the rows as JSON", false)
    .action(run);
}

/** Papers that are extracted before it counts: what runs for the first time is compiled meanwhile. */
const WARM = 16;
const [WARM_PMID, PMID] = [10_000_000, 11_000_000];
const CONCURRENCY = "8";

async function run(options: WorkersOptions): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "bioweft-bench-workers-"));
  const paperOf = await samplePapers();
  const literature = await serveLiterature(paperOf, options.latency);
  const model = options.model === undefined ? [] : ["--model", options.model];
  const place: Place = { folder, model, literature: literature.url, paperOf };
  try {
    const one = await inGraph(place, "one", (site) => extracted(site, 1, options.papers));
    const two = await inGraph(place, "two", (site) => extracted(site, 2, options.papers));
    if (one.hash !== two.hash)
      throw new BioWeftError("INTERNAL", `the graphs differ: ${one.hash} of one worker, ${two.hash} of two`);
    process.stderr.write(`both graphs have the hash ${one.hash}\n`);
    const row = (name: string, value: number): BenchRow => ({
      ...{ name, value, unit: "papers/s" },
      ...{ ratio: value / one.perSecond, against: "one worker" },
    });
    printRows([row("one worker", one.perSecond), row("two workers", two.perSecond)], options.json);
  } finally {
    await literature.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function extracted(site: Site, workers: number, papers: number) {
  if (site.redis === undefined)
    throw new BioWeftError("MISSING_DEPENDENCY", "there is no redis-server here; install Redis");
  const args = ["worker", "--concurrency", CONCURRENCY, ...site.model];
  const running = Array.from({ length: workers }, () => startOwn(args, site.settings));
  try {
    for (const worker of running) await worker.saying(/working for/);
    await submit(site, WARM_PMID, WARM, WARM);
    await submit(site, PMID, papers, WARM + papers);
    return { perSecond: await speed(site, papers), hash: await canonicalHash(site.graph.database) };
  } finally {
    await Promise.all(running.map((worker) => endOwn(worker)));
  }
}

/** Submits papers and waits until so many are written in all; throws INTERNAL where one ends otherwise. */
async function submit({ settings, model, graph }: Site, first: number, papers: number, inAll: number) {
  const pmids = Array.from({ length: papers }, (_, index) => String(first + index));
  await runOwn(["extract", ...pmids, "--detach", ...model], settings);
  const desk = new JobDesk(graph.database);
  const progress = startProgress("extract", "papers", inAll);
  for (;;) {
    const { stages } = await desk.overview();
    progress.update(stages.WRITTEN);
    if (stages.FAILED > 0) throw new BioWeftError("INTERNAL", `${stages.FAILED} extractions failed`);
    if (stages.WRITTEN === inAll) break;
    await setTimeout(200);
  }
  progress.stop();
}

/** Papers a second from when the first of the last was begun until the last of them was written. */
async function speed({ graph }: Site, papers: number): Promise<number> {
  const jobs = await new JobDesk(graph.database).list({}, { limit: papers + WARM, after: null });
  const last = jobs.filter(({ pmid }) => Number(pmid) >= PMID);
  const [began, ended] = [
    Math.min(...last.map(({ reachedAtMillis }) => reachedAtMillis.begun ?? Number.POSITIVE_INFINITY)),
    Math.max(...last.map(({ reachedAtMillis }) => reachedAtMillis.WRITTEN ?? 0)),
  ];
  return papers / ((ended - began) / 1000);
}

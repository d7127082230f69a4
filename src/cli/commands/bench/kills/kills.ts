/**
 * `bioweft bench kills`: while workers extract papers and a file is loaded, processes, the database and Redis are killed with
 * SIGKILL at random moments, many times. What is left in the end must be the graph of a run that nobody disturbed, by the hash
 * of its canonical export, with no extraction lost. Everything is real but the literature.
 */
import { createWriteStream, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { Command } from "commander";
import { toPubTator } from "../../../../../ingest/formats/pubtator/pubtator-writer.js";
import { BioWeftError } from "../../../../core/errors.js";
import { type Random, seededRandom } from "../../../../core/random.js";
import { required } from "../../../../core/required.js";
import { canonicalHash } from "../../../../graph/export/canonical-lines.js";
import { JobDesk } from "../../../../jobs/job-desk.js";
import { type BenchRow, printRows } from "../../../../lab/benches/bench-rows.js";
import {
  type PaperOf,
  samplePapers,
  serveLiterature,
} from "../../../../lab/benches/service-bench/literature.js";
import {
  endOwn,
  type OwnCommand,
  runOwn,
  startOwn,
} from "../../../../lab/benches/service-bench/own-commands.js";
import { startProgress } from "../../../../terminal/progress.js";
import { atLeastOne } from "../../../options/number-options.js";
import { inGraph, type Site } from "./site.js";

interface KillsOptions {
  readonly times: number;
  readonly seed: number;
  readonly model?: string;
  readonly json: boolean;
}

/** Declares the subcommand. */
export function killsBench(): Command {
  return new Command("kills")
    .description("kill processes, the database and Redis at random moments; compare with an undisturbed run")
    .option("--times <count>", "how often", atLeastOne, 50)
    .option("--seed <number>", "of the moments and the victims", atLeastOne, 1)
    .option("--model <dir>", "model folder (default: the released one)")
    .option("--json", "print the rows as JSON", false)
    .action(run);
}

const WORKERS = 2;
/** Papers that are submitted whenever few are left to do, and of which the loaded file has as many. */
const PAPERS = 60;
const FEW = 20;
/** The longest between the moment at which all answers again and the next kill. */
const LONGEST_WAIT_MILLIS = 2_000;
const [LIVE, FILED] = [10_000_000, 20_000_000];
const OPEN = ["QUEUED", "FETCHED", "ANNOTATED", "SCORED"] as const;

const VICTIMS = ["process", "database", "redis"] as const;
type Victim = (typeof VICTIMS)[number];

async function run(options: KillsOptions): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "bioweft-bench-kills-"));
  const paperOf = await samplePapers();
  const literature = await serveLiterature(paperOf, 50);
  const model = options.model === undefined ? [] : ["--model", options.model];
  const place = { folder, model, literature: literature.url, paperOf };
  try {
    const disturbed = await inGraph(place, "disturbed", (site) => disturbedRun(site, options));
    const quiet = await inGraph(place, "undisturbed", (site) => undisturbedRun(site, disturbed.rounds));
    if (disturbed.hash !== quiet.hash)
      throw new BioWeftError("INTERNAL", `the graphs differ: ${disturbed.hash}, undisturbed ${quiet.hash}`);
    process.stderr.write(`both graphs have the hash ${quiet.hash}\n`);
    printRows(toRows(disturbed), options.json);
  } finally {
    await literature.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What came of the disturbed run. */
interface Disturbed {
  readonly hash: string;
  /** How often papers were submitted and a file was loaded. */
  readonly rounds: number;
  readonly killed: Readonly<Record<Victim, number>>;
  readonly written: number;
  readonly begunAgain: number;
}

async function disturbedRun(site: Site, { times, seed }: KillsOptions): Promise<Disturbed> {
  const random = seededRandom(seed);
  const killed = { process: 0, database: 0, redis: 0 };
  const victims = VICTIMS.filter((victim) => victim !== "redis" || site.redis !== undefined);
  const work = new Work(site);
  const progress = startProgress("kills", "kills", times);
  try {
    await work.start();
    for (let kill = 1; kill <= times; kill += 1) {
      await work.keepBusy();
      await setTimeout(random.next() * LONGEST_WAIT_MILLIS);
      const victim = chosen(victims, random);
      if (victim === "process") await work.killProcess(random);
      else if (victim === "database") await site.graph.killAndRestart();
      else await site.redis?.killAndRestart();
      killed[victim] += 1;
      progress.update(kill, victim);
    }
    const jobs = await work.finish();
    return { hash: await canonicalHash(site.graph.database), rounds: work.rounds, killed, ...jobs };
  } finally {
    progress.stop();
    await work.stop();
  }
}

async function undisturbedRun(site: Site, rounds: number): Promise<{ readonly hash: string }> {
  const work = new Work(site);
  try {
    await work.start();
    while (work.rounds < rounds) await work.addRound();
    await work.finish();
    return { hash: await canonicalHash(site.graph.database) };
  } finally {
    await work.stop();
  }
}

/** What is to be disturbed: workers, and files that are loaded one after the other, each until it is loaded. */
class Work {
  readonly #site: Site;
  readonly #desk: JobDesk;
  readonly #workers: OwnCommand[] = [];
  #loader: OwnCommand | undefined;
  #loading: Promise<void> = Promise.resolve();
  #isStopped = false;
  rounds = 0;

  constructor(site: Site) {
    this.#site = site;
    this.#desk = new JobDesk(site.graph.database);
  }

  async start(): Promise<void> {
    for (let worker = 0; worker < WORKERS; worker += 1) this.#startWorker();
    await this.addRound();
    for (const worker of this.#workers) await worker.saying(/working for/);
  }

  /** Submits papers and begins to load a file behind those before. */
  async addRound(): Promise<void> {
    const { settings, model, folder, paperOf } = this.#site;
    const round = this.rounds;
    this.rounds += 1;
    const file = join(folder, `round-${round}.pubtator`);
    await writeFile(file, FILED + round * PAPERS, paperOf);
    const pmids = Array.from({ length: PAPERS }, (_, index) => String(LIVE + round * PAPERS + index));
    await untilDone(() => runOwn(["extract", ...pmids, "--detach", ...model], settings));
    this.#loading = this.#loading.then(() => this.#load(file));
  }

  async keepBusy(): Promise<void> {
    if ((await this.#open()) < FEW) await this.addRound();
  }

  /** Kills a worker, or the command that loads, and starts the next one. */
  async killProcess(random: Random): Promise<void> {
    const running = [...this.#workers, ...(this.#loader === undefined ? [] : [this.#loader])];
    const victim = chosen(running, random);
    await endOwn(victim, "SIGKILL");
    const place = this.#workers.indexOf(victim);
    if (place === -1) return;
    this.#workers.splice(place, 1);
    this.#startWorker();
  }

  /** Waits until all is done; throws INTERNAL where something was lost or has failed. */
  async finish(): Promise<Pick<Disturbed, "written" | "begunAgain">> {
    await this.#loading;
    while ((await this.#open()) > 0) await setTimeout(500);
    const expected = this.rounds * PAPERS;
    const jobs = await this.#desk.list({}, { limit: expected, after: null });
    const lost = jobs.filter(({ stage }) => stage !== "WRITTEN");
    if (lost.length > 0 || jobs.length !== expected) {
      const reasons = new Set(lost.map(({ stage, error }) => `${stage}: ${error?.message}`));
      const reason = `${jobs.length - lost.length} of ${expected} extractions were written`;
      throw new BioWeftError("INTERNAL", [reason, ...reasons].join("\n"));
    }
    return { written: expected, begunAgain: jobs.filter(({ attempts }) => attempts > 1).length };
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    const running = [...this.#workers, ...(this.#loader === undefined ? [] : [this.#loader])];
    await Promise.all(running.map((command) => endOwn(command, "SIGKILL")));
    await this.#loading.catch(() => undefined);
  }

  #startWorker(): void {
    const { settings, model } = this.#site;
    this.#workers.push(startOwn(["worker", "--concurrency", "4", ...model], settings));
  }

  /** Loads a file, again and again until a run of it comes to its end. */
  async #load(file: string): Promise<void> {
    const { settings, model } = this.#site;
    while (!this.#isStopped) {
      this.#loader = startOwn(["ingest", "file", file, "--extract", ...model], settings);
      if ((await this.#loader.ended) === 0) break;
    }
    this.#loader = undefined;
  }

  /** Extractions that have not ended; the database may be away. */
  #open(): Promise<number> {
    return untilDone(() => this.#desk.count({ stages: OPEN }));
  }
}

/** Does what may fail while the database is away, until it is done. */
async function untilDone<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (fault) {
      if (tries === 20) throw fault;
      await setTimeout(500);
    }
  }
}

function chosen<Item>(items: readonly Item[], random: Random): Item {
  return required(items[Math.floor(random.next() * items.length)], "something to choose of");
}

async function writeFile(file: string, first: number, paperOf: PaperOf): Promise<void> {
  const stream = createWriteStream(file);
  for (let paper = 0; paper < PAPERS; paper += 1) stream.write(toPubTator(paperOf(first + paper)));
  await new Promise<void>((resolve) => stream.end(resolve));
}

function toRows({ killed, written, begunAgain, rounds }: Disturbed): BenchRow[] {
  const row = (name: string, value: number, unit: string) => ({ name, value, unit, ratio: 1, against: name });
  return [
    ...VICTIMS.map((victim) => row(`killed: ${victim}`, killed[victim], "times")),
    row("extractions, all written", written, "papers"),
    row("of them begun more than once", begunAgain, "papers"),
    row("loaded from files meanwhile", rounds * PAPERS, "papers"),
    row("graphs that are equal to the undisturbed one", 1, "of 1"),
  ];
}

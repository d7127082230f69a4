/**
 * `bioweft extract`: publications as jobs behind all that somebody waits for, from a list of PMIDs or from what an older
 * model has read. Does them here, beside whatever server and workers do, or leaves them to those.
 */
import { readFile } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import { Command } from "commander";
import { pubTator3OfJobs } from "../../../ingest/sources/pubtator3/client.js";
import { readConfig } from "../../core/config.js";
import { BioWeftError, messageOf } from "../../core/errors.js";
import type { ExtractionService, JobStage, SubmitOptions } from "../../core/extraction-job.js";
import type { Database } from "../../graph/neo4j/database.js";
import { outdatedDocuments } from "../../graph/read/read-outdated.js";
import { createExtractionService } from "../../jobs/live.js";
import { extractionJobId } from "../../jobs/new-job.js";
import { loadChosenModelApart } from "../../lab/evaluation/chosen-model.js";
import { onInterrupt } from "../../terminal/interrupt.js";
import { startProgress } from "../../terminal/progress.js";
import { printJson, printLines } from "../../terminal/report.js";
import { type ModelOptions, withModelOptions } from "../options/model-option.js";
import { openOwnGraph } from "../own-graph.js";

interface ExtractOptions extends ModelOptions {
  readonly pmids?: string;
  readonly sinceModel?: string;
  readonly replace: boolean;
  readonly again: boolean;
  readonly detach: boolean;
  readonly json: boolean;
}

/** Declares the command. */
export function command(): Command {
  const extract = new Command("extract")
    .description("extract publications of PubTator3 as jobs, behind all that somebody waits for")
    .argument("[pmid...]", "PubMed identifiers")
    .option("--pmids <file>", "a file of PMIDs, one a line")
    .option("--since-model <id>", "the papers that this model has read and the present one has not")
    .option("--replace", "the evidence of --since-model gives way; it stays beside the new otherwise", false)
    .option("--again", "also papers that were extracted before: they are read where they have changed", false)
    .option("--detach", "leave them to the server and to workers", false)
    .option("--json", "print what came of it as JSON", false);
  return withModelOptions(extract).action(run);
}

async function run(given: string[], options: ExtractOptions): Promise<void> {
  if (options.replace && options.sinceModel === undefined)
    throw new BioWeftError("BAD_INPUT", "--replace needs --since-model, whose evidence gives way");
  const pmids = [...given, ...(options.pmids === undefined ? [] : await readPmids(options.pmids))];
  if (pmids.length === 0 && options.sinceModel === undefined)
    throw new BioWeftError("BAD_INPUT", "name PMIDs, or give --pmids or --since-model");
  const interrupt = onInterrupt();
  const closers: (() => Promise<void>)[] = [];
  try {
    const config = readConfig();
    const { redisUrl } = config;
    const classifier = await loadChosenModelApart(options);
    closers.push(() => classifier.dispose());
    const { database, close } = await openOwnGraph();
    closers.push(close);
    const redis = redisUrl === undefined ? {} : { redisUrl };
    const source = pubTator3OfJobs(config);
    const jobs = await createExtractionService({ source, classifier, database, ...redis });
    closers.push(() => jobs.close());
    const model = classifier.info.id;
    const old = await outdated(database, options.sinceModel, model);
    const all = [...new Set([...pmids, ...old.pmids])];
    const started = await jobs.submitMany(all, toSubmitOptions(options));
    const ids = all.map((pmid) => extractionJobId(pmid, model));
    if (!options.detach) await untilEnded(jobs, ids, interrupt.signal);
    await report(jobs, ids, { started, ofCorpora: old.ofCorpora, model }, options);
  } finally {
    for (const close of closers.reverse()) await close();
    interrupt.release();
  }
}

function toSubmitOptions({ again, replace, sinceModel }: ExtractOptions): SubmitOptions {
  const gives = replace && sinceModel !== undefined ? { supersedes: sinceModel } : {};
  return { priority: "BULK", again, ...gives };
}

/** What the older model has read: papers that can be fetched again, and those of corpora, which only their files have. */
async function outdated(
  database: Database,
  since: string | undefined,
  model: string,
): Promise<{ readonly pmids: readonly string[]; readonly ofCorpora: number }> {
  const pmids: string[] = [];
  let ofCorpora = 0;
  if (since === model)
    throw new BioWeftError("BAD_INPUT", `${since} is the present model; name an older one, or give --model`);
  if (since === undefined) return { pmids, ofCorpora };
  for await (const { pmid, corpus } of outdatedDocuments(database, since, model)) {
    if (corpus === null && /^[1-9]\d{0,8}$/.test(pmid)) pmids.push(pmid);
    else ofCorpora += 1;
  }
  return { pmids, ofCorpora };
}

async function readPmids(file: string): Promise<string[]> {
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    const reason = `cannot be read (${messageOf(cause)}); name a file of PMIDs, one a line`;
    throw new BioWeftError("BAD_INPUT", reason, { place: { file }, cause });
  });
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const bad = lines.findIndex((line) => line !== "" && !/^[1-9]\d{0,8}$/.test(line));
  if (bad !== -1) {
    const reason = `"${lines[bad]?.slice(0, 40)}" is no PMID; give one a line, of up to nine digits`;
    throw new BioWeftError("BAD_INPUT", reason, { place: { file, line: bad + 1 } });
  }
  return lines.filter((line) => line !== "");
}

const OPEN = ["QUEUED", "FETCHED", "ANNOTATED", "SCORED"] as const satisfies readonly JobStage[];
const LOOK_MILLIS = 500;

/** Shows how far they are until all have ended or are paused. */
async function untilEnded(
  jobs: ExtractionService,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const progress = startProgress("extract", "papers", ids.length);
  try {
    for (;;) {
      const open = await countOf(jobs, ids, OPEN, false);
      const { perSecond } = await jobs.overview();
      progress.update(ids.length - open, `${perSecond.toFixed(1)} a second`);
      if (open === 0) return;
      await setTimeout(LOOK_MILLIS, undefined, { signal });
    }
  } catch (fault) {
    if (!signal.aborted) throw fault;
    throw new BioWeftError(
      "CANCELLED",
      "stopped; what is left is done by a server or a worker, or by this command run again",
      { cause: fault },
    );
  } finally {
    progress.stop();
  }
}

const IDS_AT_ONCE = 1_000;

async function countOf(
  jobs: ExtractionService,
  ids: readonly string[],
  stages: readonly JobStage[],
  isPaused?: boolean,
): Promise<number> {
  let count = 0;
  for (let from = 0; from < ids.length; from += IDS_AT_ONCE) {
    const some = { ids: ids.slice(from, from + IDS_AT_ONCE), stages };
    count += await jobs.count(isPaused === undefined ? some : { ...some, isPaused });
  }
  return count;
}

async function report(
  jobs: ExtractionService,
  ids: readonly string[],
  { started, ofCorpora, model }: { started: number; ofCorpora: number; model: string },
  { json }: ExtractOptions,
): Promise<void> {
  const count = (stages: readonly JobStage[]) => countOf(jobs, ids, stages);
  const [written, failed, open] = [await count(["WRITTEN"]), await count(["FAILED"]), await count(OPEN)];
  if (json) return printJson({ papers: ids.length, started, written, failed, open, ofCorpora, model });
  printLines(
    `${ids.length} papers, ${started} of them started now: ${written} written, ${failed} failed, ${open} still to be done`,
    ...(failed === 0 ? [] : ["bioweft jobs list --dead says why"]),
    ...(ofCorpora === 0
      ? []
      : [`${ofCorpora} documents came from files: bioweft ingest with --extract reads those again`]),
  );
}

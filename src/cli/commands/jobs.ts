/**
 * `bioweft jobs`: looks at extractions and acts on them, whoever does them, by their records in the graph. Does none.
 */
import { Command, Option } from "commander";
import { BioWeftError } from "../../core/errors.js";
import {
  type ExtractionJob,
  JOB_PRIORITIES,
  JOB_STAGES,
  type JobFilter,
  type JobPriority,
  type JobStage,
  type JobsOverview,
} from "../../core/extraction-job.js";
import { JobDesk } from "../../jobs/job-desk.js";
import { printJson, printLines } from "../../terminal/report.js";
import { atLeastOne } from "../options/number-options.js";
import { withOwnGraph } from "../own-graph.js";

/** Declares the command with what it looks at and does. */
export function command(): Command {
  return new Command("jobs")
    .description("look at extractions, pause, resume, cancel them, and drive failed ones again")
    .addCommand(listCommand())
    .addCommand(showCommand())
    .addCommand(
      actCommand("pause", "keep extractions from being begun", (desk, filter) => desk.pause(filter)),
    )
    .addCommand(actCommand("resume", "let paused extractions go on", (desk, filter) => desk.resume(filter)))
    .addCommand(
      actCommand("redrive", "start failed and cancelled extractions anew", (desk, filter) =>
        desk.redrive(filter),
      ).alias("retry"),
    )
    .addCommand(actCommand("cancel", "end extractions", cancelAll));
}

interface ListOptions {
  readonly stage?: readonly JobStage[];
  readonly dead: boolean;
  readonly first: number;
  readonly json: boolean;
}

function listCommand(): Command {
  return new Command("list")
    .description("how many are in each stage, who does them, and the last submitted")
    .addOption(new Option("--stage <stage...>", "only those in these stages").choices(JOB_STAGES))
    .option("--dead", "only those that failed for good, with their reasons", false)
    .option("--first <n>", "how many to list", atLeastOne, 20)
    .option("--json", "print the overview and the jobs as JSON", false)
    .action((options: ListOptions) =>
      atDesk(async (desk) => {
        const stages = options.dead ? (["FAILED"] as const) : options.stage;
        const filter = stages === undefined ? {} : { stages };
        const overview = await desk.overview();
        const jobs = await desk.list(filter, { limit: options.first, after: null });
        if (options.json) printJson({ overview, jobs });
        else printLines(...overviewLines(overview), ...jobs.map(jobLine));
      }),
    );
}

function showCommand(): Command {
  return new Command("show")
    .description("one extraction with all that is known of it")
    .argument("<id>", "as `bioweft jobs list` gives it")
    .option("--json", "print it as JSON", false)
    .action((id: string, { json }: { readonly json: boolean }) =>
      atDesk(async (desk) => {
        const job = await known(desk, id);
        if (json) printJson(job);
        else printLines(...jobLines(job));
      }),
    );
}

interface ActOptions {
  readonly all: boolean;
  readonly priority?: JobPriority;
  readonly json: boolean;
}

function actCommand(
  name: string,
  description: string,
  act: (desk: JobDesk, filter: JobFilter) => Promise<number>,
): Command {
  return new Command(name)
    .description(description)
    .argument("[id...]", "as `bioweft jobs list` gives them")
    .option("--all", "all that this can be done to", false)
    .addOption(new Option("--priority <priority>", "all of one priority").choices(JOB_PRIORITIES))
    .option("--json", "print how many as JSON", false)
    .action((ids: string[], { all, priority, json }: ActOptions) =>
      atDesk(async (desk) => {
        if (ids.length === 0 && !all && priority === undefined)
          throw new BioWeftError("BAD_INPUT", `name the extractions to ${name}, or give --all or --priority`);
        for (const id of ids) await known(desk, id);
        const wanted = {
          ...(ids.length === 0 ? {} : { ids }),
          ...(priority === undefined ? {} : { priority }),
        };
        const changed = await act(desk, wanted);
        if (json) printJson({ changed });
        else printLines(`${changed} extractions`);
      }),
    );
}

/** Cancels all that have not ended, a page at a time. */
async function cancelAll(desk: JobDesk, filter: JobFilter): Promise<number> {
  const open = { ...filter, stages: JOB_STAGES.slice(0, JOB_STAGES.indexOf("WRITTEN")) };
  let cancelled = 0;
  for (;;) {
    const jobs = await desk.list(open, { limit: 100, after: null });
    if (jobs.length === 0) return cancelled;
    for (const { id } of jobs) if ((await desk.cancel(id))?.stage === "CANCELLED") cancelled += 1;
  }
}

function atDesk(work: (desk: JobDesk) => Promise<void>): Promise<void> {
  return withOwnGraph((database) => work(new JobDesk(database)));
}

async function known(desk: JobDesk, id: string): Promise<ExtractionJob> {
  const job = await desk.job(id);
  if (job !== undefined) return job;
  throw new BioWeftError("NOT_FOUND", `no extraction has the id "${id}"; bioweft jobs list gives them`);
}

function overviewLines({ stages, waiting, running, paused, ...rate }: JobsOverview): string[] {
  const counts = JOB_STAGES.filter((stage) => stages[stage] > 0).map((stage) => `${stages[stage]} ${stage}`);
  const alive = rate.workers.filter(({ isAlive }) => isAlive);
  const left = rate.secondsLeft === undefined ? "" : `, about ${Math.ceil(rate.secondsLeft)} s left`;
  return [
    counts.length === 0 ? "no extractions" : counts.join(", "),
    `${waiting} wait, ${running} in hand, ${paused} paused; ${rate.perSecond.toFixed(2)} ended a second within the last minute${left}`,
    ...alive.map(({ host, pid, model, jobs }) => `worker ${host}:${pid} (${model}): ${jobs} in hand`),
  ];
}

function jobLine({ id, pmid, stage, priority, isPaused, attempts, error }: ExtractionJob): string {
  const marks = [
    priority === "BULK" ? "bulk" : "",
    isPaused ? "paused" : "",
    attempts > 1 ? `begun ${attempts} times` : "",
  ];
  const said = [stage, ...marks.filter((mark) => mark !== "")].join(", ");
  return `${id}  ${pmid}  ${said}${error === undefined ? "" : `  ${error.code}: ${error.message}`}`;
}

function jobLines(job: ExtractionJob): string[] {
  const { title, model, pairs, pairsScored, relations, reachedAtMillis, retryAtMillis } = job;
  const at = (millis: number) => new Date(millis).toISOString();
  return [
    jobLine(job),
    ...(title === undefined ? [] : [title]),
    `model ${model}; ${pairsScored} of ${pairs} pairs scored, ${relations} relations in the graph`,
    ...Object.entries(reachedAtMillis).map(([stage, millis]) => `${at(millis)}  ${stage}`),
    ...(retryAtMillis === undefined ? [] : [`${at(retryAtMillis)}  is tried again`]),
  ];
}

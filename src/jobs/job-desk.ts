/**
 * Looking at jobs and acting on them, whoever does them: each act changes the job's record, and whoever has the job in
 * hand finds that it is theirs no more. Needs a database alone; does no job itself.
 */
import {
  type ExtractionJob,
  isEnded,
  JOB_STAGES,
  type JobControl,
  type JobFilter,
  type JobPage,
  type JobStage,
  type JobsOverview,
} from "../core/extraction-job.js";
import type { Database } from "../graph/neo4j/database.js";
import {
  countJobs,
  jobIds,
  jobPage,
  jobsByStage,
  jobsEndedWithin,
  jobWorkers,
  readJob,
  UNFINISHED,
} from "../graph/read/read-jobs.js";
import { lockJobs, putJobs, standingRelations, type TakenJob } from "../graph/write/write-jobs.js";
import { begunAgain, endedJob } from "./new-job.js";

/** Jobs that are changed in one transaction. */
const BATCH = 500;
/** The rate is that of so long. */
const RATE_MILLIS = 60_000;

/** What an act makes of a job; undefined leaves it as it is. */
type Act = (taken: TakenJob) => ExtractionJob | undefined;

/** The desk of one graph; told which jobs an act has changed. */
export class JobDesk implements JobControl {
  readonly #database: Database;
  readonly #onChange: (changed: readonly ExtractionJob[]) => void;

  constructor(database: Database, onChange: (changed: readonly ExtractionJob[]) => void = () => undefined) {
    this.#database = database;
    this.#onChange = onChange;
  }

  job(id: string): Promise<ExtractionJob | undefined> {
    return readJob(this.#database, id);
  }

  list(filter: JobFilter, page: JobPage): Promise<ExtractionJob[]> {
    return jobPage(this.#database, filter, page);
  }

  count(filter: JobFilter): Promise<number> {
    return countJobs(this.#database, filter);
  }

  async overview(): Promise<JobsOverview> {
    const [rows, ended, workers] = await Promise.all([
      jobsByStage(this.#database),
      jobsEndedWithin(this.#database, RATE_MILLIS),
      jobWorkers(this.#database),
    ]);
    const stages = Object.fromEntries(JOB_STAGES.map((stage) => [stage, 0])) as Record<JobStage, number>;
    const open = { waiting: 0, running: 0, paused: 0 };
    for (const { stage, isPaused, isRunning, count } of rows) {
      stages[stage] += count;
      if (!isEnded(stage)) open[isPaused ? "paused" : isRunning ? "running" : "waiting"] += count;
    }
    const perSecond = ended / (RATE_MILLIS / 1000);
    const left = open.waiting + open.running;
    const estimate = left === 0 || perSecond === 0 ? {} : { secondsLeft: left / perSecond };
    return { stages, ...open, perSecond, ...estimate, workers };
  }

  async cancel(id: string): Promise<ExtractionJob | undefined> {
    const cancelled = await this.#database.transact(async (transaction) => {
      const [taken] = await lockJobs(transaction, [id]);
      if (taken === undefined || isEnded(taken.job.stage)) return taken?.job;
      const job = endedJob(taken.job, "CANCELLED", {
        relations: await standingRelations(transaction, taken.job),
      });
      await putJobs(transaction, [{ ...taken, job }]);
      return job;
    });
    if (cancelled !== undefined) this.#onChange([cancelled]);
    return cancelled;
  }

  pause(filter: JobFilter): Promise<number> {
    return this.#act({ stages: UNFINISHED, ...filter, isPaused: false }, ({ job }) =>
      isEnded(job.stage) || job.isPaused ? undefined : begunAgain(job, { isPaused: true }),
    );
  }

  resume(filter: JobFilter): Promise<number> {
    return this.#act({ stages: UNFINISHED, ...filter, isPaused: true }, ({ job }) =>
      isEnded(job.stage) || !job.isPaused ? undefined : begunAgain(job, { isPaused: false }),
    );
  }

  redrive(filter: JobFilter): Promise<number> {
    return this.#act({ stages: ["FAILED", "CANCELLED"], ...filter }, ({ job }) =>
      job.stage === "FAILED" || job.stage === "CANCELLED" ? begunAgain(job, { attempts: 0 }) : undefined,
    );
  }

  /** Acts on all that pass the filter, some at a time in the order of their ids; gives how many were changed. */
  async #act(filter: JobFilter, act: Act): Promise<number> {
    let changed = 0;
    for (let afterId = ""; ; ) {
      const ids = await jobIds(this.#database, filter, afterId, BATCH);
      const jobs = await this.#database.transact(async (transaction) => {
        const taken = await lockJobs(transaction, ids);
        const acted = taken.flatMap((one) => {
          const job = act(one);
          return job === undefined ? [] : [{ job, owner: null, leaseUntilMillis: 0, readyAtMillis: 0 }];
        });
        await putJobs(transaction, acted);
        return acted.map(({ job }) => job);
      });
      changed += jobs.length;
      this.#onChange(jobs);
      if (ids.length < BATCH) return changed;
      afterId = ids.at(-1) ?? afterId;
    }
  }
}

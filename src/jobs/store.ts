/**
 * The jobs in the graph as one process sees them: its own, which it holds by giving signs of life, and those that it may
 * begin as nobody else has them in hand. Several processes on one graph never do the same job at a time; what they tell
 * each other goes through here, whatever queue wakes them.
 */
import { randomUUID } from "node:crypto";
import { BioWeftError } from "../core/errors.js";
import { type ExtractionJob, isEnded, JOB_PRIORITIES } from "../core/extraction-job.js";
import { gathered } from "../core/turns/gathered.js";
import type { Database, WriteTransaction } from "../graph/neo4j/database.js";
import { modelsOfWaitingJobs, readJob, waitingJobs } from "../graph/read/read-jobs.js";
import {
  type JobOwner,
  lockJobs,
  lockNewJobs,
  lockNextJobs,
  ownedJobs,
  putJobs,
  releaseJobs,
  renewLeases,
  renewWorker,
  type StoredJob,
  standingRelations,
  type TakenJob,
} from "../graph/write/write-jobs.js";
import { begunAgain, endedJob } from "./new-job.js";

/** How often a job is begun before it is given up: that often whoever did it died over it, or the database did. */
export const MOST_BEGUN = 20;

/** A submitted job as it stands, and whether it is to be done now, as it was new or had to be done again. */
interface Submitted {
  readonly job: ExtractionJob;
  readonly started: boolean;
}

/** A job as it is submitted. */
interface Submission {
  readonly job: ExtractionJob;
  readonly again: boolean;
}

/** What becomes of a job of ours. */
interface Change {
  readonly id: string;
  readonly change: (taken: TakenJob) => StoredJob;
}

/** One process's access to the jobs of one model. */
export class JobStore {
  readonly #database: Database;
  readonly #model: string;
  readonly #owner: JobOwner;
  readonly #submitGathered = gathered((some: readonly Submission[]) => this.#submit(some));
  readonly #changeGathered = gathered((some: readonly Change[]) => this.#changeAll(some));

  /** Jobs are free for others `leaseMillis` after this process's last sign of life. */
  constructor(database: Database, model: string, leaseMillis: number) {
    this.#database = database;
    this.#model = model;
    this.#owner = { owner: randomUUID(), leaseMillis };
  }

  /** The job as recorded, whoever does it. */
  read(id: string): Promise<ExtractionJob | undefined> {
    return readJob(this.#database, id);
  }

  /**
   * Records jobs to be done by whoever comes first. One that is there already stays as it is, unless it has ended
   * without success or is to be done `again`; the more urgent of two priorities stands.
   */
  submitMany(jobs: readonly ExtractionJob[], again: boolean): Promise<Submitted[]> {
    return this.#submit(jobs.map((job) => ({ job, again })));
  }

  /** The same for one; those that come together are recorded together. */
  submit(job: ExtractionJob, again: boolean): Promise<Submitted> {
    return this.#submitGathered({ job, again });
  }

  /** Makes the next jobs ours that nobody has in hand: at most `limit`, and of those that are not urgent `bulkLimit`. */
  claimNext(limit: number, bulkLimit: number): Promise<ExtractionJob[]> {
    return this.#claim(
      // Others want the same ones at the same time: what they got meanwhile is passed by.
      (transaction) => lockNextJobs(transaction, this.#model, limit * 4, bulkLimit <= 0),
      limit,
      bulkLimit,
    );
  }

  /** Makes one job ours, if it may be begun. */
  async claim(id: string): Promise<ExtractionJob | undefined> {
    const [claimed] = await this.#claim((transaction) => lockJobs(transaction, [id]), 1, 1);
    return claimed;
  }

  /** Records a job of ours as it is now; false, and nothing is changed, where it is ours no more or has ended. */
  update(job: ExtractionJob): Promise<boolean> {
    return this.#changeGathered(this.#updated(job));
  }

  /** The same of several in a transaction, for each of them. */
  updateIn(transaction: WriteTransaction, jobs: readonly ExtractionJob[]): Promise<boolean[]> {
    return this.#changeIn(
      transaction,
      jobs.map((job) => this.#updated(job)),
    );
  }

  /** Gives a job of ours back, to be begun again after a wait by whoever comes first; false where it is not ours. */
  async putBack(job: ExtractionJob, afterMillis: number): Promise<boolean> {
    const change = ({ nowMillis }: TakenJob) => ({
      job,
      owner: null,
      leaseUntilMillis: 0,
      readyAtMillis: nowMillis + Math.round(afterMillis),
    });
    return this.#changeGathered({ id: job.id, change });
  }

  /** A sign of life; gives which of the jobs are still ours. */
  async renew(ids: readonly string[]): Promise<ReadonlySet<string>> {
    await renewWorker(this.#database, this.#owner, this.#model, ids.length);
    return ids.length === 0 ? new Set() : renewLeases(this.#database, ids, this.#owner);
  }

  /** Which of the jobs are still ours, without a sign of life. */
  owned(ids: readonly string[]): Promise<ReadonlySet<string>> {
    return ownedJobs(this.#database, ids, this.#owner);
  }

  /** The first of our model's jobs that nobody has in hand. */
  waiting(limit: number): ReturnType<typeof waitingJobs> {
    return waitingJobs(this.#database, this.#model, limit);
  }

  /** Models that jobs wait for and of which no worker was heard for so long. */
  async absentModels(millis: number): Promise<string[]> {
    const models = await modelsOfWaitingJobs(this.#database);
    return models
      .filter(({ model, silentMillis }) => model !== this.#model && silentMillis > millis)
      .map(({ model }) => model);
  }

  /** Ends jobs of a model that is gone, some at a time; gives how many. */
  endAbsent(model: string, afterMillis: number): Promise<number> {
    return this.#database.transact(async (transaction) => {
      const taken = await lockNextJobs(transaction, model, 500, false);
      const ended = taken.filter(
        ({ job, nowMillis, leaseUntilMillis }) =>
          !isEnded(job.stage) && nowMillis - Math.max(leaseUntilMillis, job.submittedAtMillis) > afterMillis,
      );
      await putJobs(
        transaction,
        await Promise.all(ended.map((one) => failed(transaction, one, modelIsGone(one.job)))),
      );
      return ended.length;
    });
  }

  /** Leaves our unfinished jobs to whoever comes first. */
  release(): Promise<void> {
    return releaseJobs(this.#database, this.#owner);
  }

  #claim(
    lock: (transaction: WriteTransaction) => Promise<TakenJob[]>,
    limit: number,
    bulkLimit: number,
  ): Promise<ExtractionJob[]> {
    return this.#database.transact(async (transaction) => {
      const begun: StoredJob[] = [];
      const givenUp: StoredJob[] = [];
      for (const taken of await lock(transaction)) {
        const { job } = taken;
        const isBulk = job.priority !== URGENT;
        if (begun.length >= limit || !this.#mayBegin(taken)) continue;
        if (isBulk && begun.filter((one) => one.job.priority !== URGENT).length >= bulkLimit) continue;
        if (job.attempts >= MOST_BEGUN) givenUp.push(await failed(transaction, taken, begunTooOften(job)));
        else begun.push(this.#begun(taken));
      }
      await putJobs(transaction, [...begun, ...givenUp]);
      return begun.map(({ job }) => job);
    });
  }

  #mayBegin({ job, leaseUntilMillis, readyAtMillis, nowMillis }: TakenJob): boolean {
    const isFree = leaseUntilMillis < nowMillis && readyAtMillis <= nowMillis;
    return isFree && job.model === this.#model && !job.isPaused && !isEnded(job.stage);
  }

  #begun(taken: TakenJob): StoredJob {
    const now = Date.now();
    const { error } = taken.job;
    const job = begunAgain(taken.job, {
      attempts: taken.job.attempts + 1,
      // Why it is begun again, until it comes to an end.
      ...(error === undefined ? {} : { error }),
      reachedAtMillis: {
        QUEUED: taken.job.reachedAtMillis.QUEUED ?? taken.job.submittedAtMillis,
        begun: now,
      },
    });
    const { owner, leaseMillis } = this.#owner;
    return { job, owner, leaseUntilMillis: taken.nowMillis + leaseMillis, readyAtMillis: 0 };
  }

  #submit(submissions: readonly Submission[]): Promise<Submitted[]> {
    const ids = [...new Set(submissions.map(({ job }) => job.id))];
    return this.#database.transact(async (transaction) => {
      const { known } = await lockNewJobs(transaction, ids);
      const puts = new Map<string, StoredJob>();
      const submitted = submissions.map(({ job, again }) => {
        const { put, ...outcome } = submittedOver(job, puts.get(job.id) ?? known.get(job.id), again);
        if (put !== undefined) puts.set(job.id, put);
        return outcome;
      });
      await putJobs(transaction, [...puts.values()]);
      return submitted;
    });
  }

  #updated(job: ExtractionJob): Change {
    const { owner, leaseMillis } = this.#owner;
    const change = (taken: TakenJob) => ({
      ...taken,
      job,
      owner,
      leaseUntilMillis: taken.nowMillis + leaseMillis,
    });
    return { id: job.id, change };
  }

  #changeAll(changes: readonly Change[]): Promise<boolean[]> {
    return this.#database.transact((transaction) => this.#changeIn(transaction, changes));
  }

  async #changeIn(transaction: WriteTransaction, changes: readonly Change[]): Promise<boolean[]> {
    const locked = await lockJobs(transaction, changes.map(({ id }) => id).sort());
    const ours = new Map(
      locked
        .filter(({ owner, job }) => owner === this.#owner.owner && !isEnded(job.stage))
        .map((taken) => [taken.job.id, taken]),
    );
    const puts = changes.flatMap(({ id, change }) => {
      const taken = ours.get(id);
      if (taken === undefined) return [];
      // Somebody may have made it more urgent meanwhile.
      const changed = change(taken);
      return [{ ...changed, job: { ...changed.job, priority: taken.job.priority } }];
    });
    await putJobs(transaction, puts);
    return changes.map(({ id }) => ours.has(id));
  }
}

const URGENT = "INTERACTIVE";

function submittedOver(
  job: ExtractionJob,
  known: StoredJob | undefined,
  again: boolean,
): Submitted & { readonly put?: StoredJob } {
  const fresh = { job, owner: null, leaseUntilMillis: 0, readyAtMillis: 0 };
  if (known === undefined) return { job, started: true, put: fresh };
  const before = known.job;
  const isDone = before.stage === "WRITTEN";
  if (isEnded(before.stage) && (!isDone || again)) return { job, started: true, put: fresh };
  const isMoreUrgent = JOB_PRIORITIES.indexOf(job.priority) > JOB_PRIORITIES.indexOf(before.priority);
  if (isDone || !isMoreUrgent) return { job: before, started: false };
  const urgent = { ...before, priority: job.priority };
  return { job: urgent, started: true, put: { ...known, job: urgent } };
}

async function failed(
  transaction: WriteTransaction,
  stored: StoredJob,
  fault: BioWeftError,
): Promise<StoredJob> {
  const error = { code: fault.code, message: fault.message, retryable: fault.retryable };
  const relations = await standingRelations(transaction, stored.job);
  return { ...stored, job: endedJob(stored.job, "FAILED", { error, relations }) };
}

function begunTooOften({ pmid, attempts, error }: ExtractionJob): BioWeftError {
  const last =
    error === undefined
      ? "whoever did it ended over it each time; look at their logs"
      : `the last time: ${error.message}`;
  const reason = `it was begun ${attempts} times and never came to an end (${last}); redrive it when that is mended`;
  return new BioWeftError(error?.code ?? "INTERNAL", reason, { place: { pmid } });
}

function modelIsGone({ pmid, model }: ExtractionJob): BioWeftError {
  const reason = `its model ${model} is gone: no worker has it any more; start one with that model and redrive it, or submit the paper again`;
  return new BioWeftError("MODEL", reason, { place: { pmid } });
}

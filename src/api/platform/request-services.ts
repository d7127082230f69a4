/**
 * The server's services as one request gets them: everything that waits stops waiting when the request is to stop, and what
 * works for it alone stops working. Resolvers need not think of it.
 */
import type { ExtractionService } from "../../core/extraction-job.js";
import type { EntityType } from "../../core/relation-types.js";
import { inSpan } from "../../core/telemetry/spans.js";
import type { SearchQuestions } from "../../discovery/search-protocol.js";
import type { Database, QueryOptions } from "../../graph/neo4j/database.js";
import type { DatabaseWatch } from "./database-watch.js";
import type { DiscoverySearch } from "./discovery-search.js";
import type { RequestLimits } from "./request-limits.js";

/** Told how long each statement took. */
export type OnStatement = (statement: string, millis: number, isFailed: boolean) => void;

/** The database, each statement of which ends with the request. */
export function requestDatabase(
  database: Database,
  limits: RequestLimits,
  watch: DatabaseWatch,
  onStatement: OnStatement,
): Database {
  const options = (own: QueryOptions | undefined): QueryOptions => ({
    signal: limits.signal,
    ...(limits.leftMillis === undefined ? {} : { timeoutMillis: limits.leftMillis }),
    ...own,
  });
  const ask = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const began = performance.now();
    let isFailed = true;
    try {
      const result = await limits.within(work);
      isFailed = false;
      return result;
    } catch (fault) {
      throw await watch.explained(fault);
    } finally {
      onStatement(name, performance.now() - began, isFailed);
    }
  };
  return {
    read: (name, params, own) => ask(name, () => database.read(name, params, options(own))),
    write: (name, params, own) => ask(name, () => database.write(name, params, options(own))),
    transact: (work, own) => ask("transaction", () => database.transact(work, options(own))),
    stream: (name, params, own) => database.stream(name, params, options(own)),
    runText: (text, params) => ask("text", () => database.runText(text, params)),
    onQuery: (listener) => database.onQuery(listener),
    answers: (withinMillis) => database.answers(withinMillis),
    close: () => database.close(),
  };
}

/** Discovery, whose searches end with the request. */
export class RequestSearch {
  readonly #discovery: DiscoverySearch;
  readonly #limits: RequestLimits;

  constructor(discovery: DiscoverySearch, limits: RequestLimits) {
    this.#discovery = discovery;
    this.#limits = limits;
  }

  /** Open discovery. */
  open(type: EntityType, question: SearchQuestions["open"]) {
    return this.#ask("open", () => this.#discovery.open(type, question, this.#limits));
  }

  /** Closed discovery. */
  closed(question: SearchQuestions["closed"]) {
    return this.#ask("closed", () => this.#discovery.closed(question, this.#limits));
  }

  /** What the rankers make of a pair. */
  scores(types: readonly [EntityType, EntityType], question: SearchQuestions["scores"]) {
    return this.#ask("scores", () => this.#discovery.scores(types, question, this.#limits));
  }

  /** P-values of a pair's metapaths. */
  significance(pair: { readonly from: string; readonly to: string }) {
    return this.#limits.within(() => this.#discovery.significance(pair, this.#limits));
  }

  /** Ranked paths. */
  paths(question: SearchQuestions["paths"]) {
    return this.#ask("paths", () => this.#discovery.paths(question, this.#limits));
  }

  /** Rankers judged on a time slice. */
  judge(question: SearchQuestions["judge"]) {
    return this.#ask("judge", () => this.#discovery.judge(question, this.#limits));
  }

  /** Whether weights of the learned ranker are there for a pair of types. */
  hasLearned(fromType: EntityType, targetType: EntityType): boolean {
    return this.#discovery.hasLearned(fromType, targetType);
  }

  #ask<T>(kind: string, work: () => Promise<T>): Promise<T> {
    return this.#limits.within(() => inSpan({ name: `search ${kind}`, kind: "own" }, work));
  }
}

/** The jobs: what a request waits for stops being waited for; a job that was begun goes on. */
export function requestJobs(jobs: ExtractionService, limits: RequestLimits): ExtractionService {
  return {
    submit: (pmid, options) => limits.within(() => jobs.submit(pmid, options)),
    submitMany: (pmids, options) => limits.within(() => jobs.submitMany(pmids, options)),
    list: (filter, page) => limits.within(() => jobs.list(filter, page)),
    count: (filter) => limits.within(() => jobs.count(filter)),
    overview: () => limits.within(() => jobs.overview()),
    pause: (filter) => limits.within(() => jobs.pause(filter)),
    resume: (filter) => limits.within(() => jobs.resume(filter)),
    redrive: (filter) => limits.within(() => jobs.redrive(filter)),
    job: (id) => limits.within(() => jobs.job(id)),
    cancel: (id) => limits.within(() => jobs.cancel(id)),
    progress: (id) => limits.within(() => jobs.progress(id)),
    read: (pmid, asking) => limits.within(() => jobs.read(pmid, { signal: limits.signal, ...asking })),
    classify: (document, asking) =>
      limits.within(() => jobs.classify(document, { signal: limits.signal, ...asking })),
    close: () => jobs.close(),
  };
}

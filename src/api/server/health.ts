/**
 * What `/health` says: whether the server answers, within a second also where the database does not, and how much the graph
 * holds.
 */
import { setTimeout } from "node:timers/promises";
import { messageOf } from "../../core/errors.js";
import { log } from "../../core/log.js";
import type { ModelInfo } from "../../core/prediction.js";
import type { Database } from "../../graph/neo4j/database.js";
import { type GraphCounts, readGraphStats } from "../../graph/read/read-stats.js";

/** With what the rest takes, health is told within a second. */
const ANSWER_MILLIS = 700;
/** So long a database that answered is taken to be there; who asks meanwhile has it asked again, and does not wait for that. */
const ALIVE_MILLIS = 200;
/** Counts younger than this are told again. */
const FRESH_MILLIS = 1_000;
/** So long a new count is waited for where there is an old one. */
const COUNT_MILLIS = 50;

/** What runs, as `/health` shows it. */
export interface ApiVersions {
  readonly bioweft: string;
  readonly neo4j: string;
  readonly node: string;
}

/** An answer's status and body. */
interface HealthAnswer {
  readonly code: number;
  readonly body: object;
}

/** Looks after one server's health. */
export class Health {
  readonly #database: Database;
  readonly #shown: { readonly versions: ApiVersions; readonly model: ModelInfo | null };
  #aliveAtMillis = Number.NEGATIVE_INFINITY;
  #asking: Promise<boolean> | undefined;
  #counts: { readonly atMillis: number; readonly graph: GraphCounts } | undefined;
  #counting: Promise<void> | undefined;

  constructor(
    database: Database,
    shown: { readonly versions: ApiVersions; readonly model: ModelInfo | null },
  ) {
    this.#database = database;
    this.#shown = shown;
  }

  /** 200 where the database answers, else 503. */
  async look(): Promise<HealthAnswer> {
    const isFresh = this.#counts !== undefined && Date.now() - this.#counts.atMillis < FRESH_MILLIS;
    const [answers] = await Promise.all([
      this.#answers(),
      isFresh ? undefined : Promise.race([this.#count(), this.#patience()]),
    ]);
    if (!answers || this.#counts === undefined) {
      return { code: 503, body: { status: "unavailable", stage: "the graph database does not answer" } };
    }
    const { publications, entities, relations, evidence } = this.#counts.graph;
    return {
      code: 200,
      body: { status: "ready", ...this.#shown, graph: { publications, entities, relations, evidence } },
    };
  }

  /** What the database answered a moment ago, or answers now. */
  #answers(): boolean | Promise<boolean> {
    const isAlive = performance.now() - this.#aliveAtMillis < ALIVE_MILLIS;
    this.#asking ??= this.#database
      .answers(ANSWER_MILLIS)
      .then((answers) => {
        this.#aliveAtMillis = answers ? performance.now() : Number.NEGATIVE_INFINITY;
        return answers;
      })
      .finally(() => {
        this.#asking = undefined;
      });
    return isAlive || this.#asking;
  }

  #patience(): Promise<void> {
    return setTimeout(this.#counts === undefined ? ANSWER_MILLIS : COUNT_MILLIS, undefined, { ref: false });
  }

  #count(): Promise<void> {
    this.#counting ??= readGraphStats(this.#database, { timeoutMillis: 10_000 })
      .then((graph) => {
        this.#counts = { atMillis: Date.now(), graph };
      })
      .catch((fault: unknown) => log("error", "health cannot count the graph", { reason: messageOf(fault) }))
      .finally(() => {
        this.#counting = undefined;
      });
    return this.#counting;
  }
}

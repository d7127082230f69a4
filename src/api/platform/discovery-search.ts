/**
 * Asks discovery about the graph as it is, in threads of their own: one for questions that somebody waits for, one for what
 * takes long. The graph itself is `kept-adjacency.ts`'s.
 */
import { dirname, join } from "node:path";
import type { EntityType } from "../../core/relation-types.js";
import type { StandingAnswer, StandingQuestion } from "../../core/standing-question.js";
import { type LearnedModel, weightsFor } from "../../discovery/rankers/learned-weights.js";
import type { SearchQuestions } from "../../discovery/search-protocol.js";
import { SearchThread } from "../../discovery/search-thread.js";
import { type PairSignificance, SignificanceThread } from "../../discovery/significance-thread.js";
import type { Database } from "../../graph/neo4j/database.js";
import { KeptAdjacency } from "./kept-adjacency.js";

/** How long a search may take; what it has found until then is the answer, with the reason. */
const SEARCH_MILLIS = 10_000;
/** How long rankers may be judged. */
const JUDGE_MILLIS = 60_000;

/** What discovery over a database may have besides. */
interface DiscoverySearchOptions {
  /** What the learned ranker learned. */
  readonly learned?: LearnedModel | undefined;
  /** Where the adjacency is kept between two starts; it is read, or built, at once then. */
  readonly file?: string | undefined;
}

/** How long one saved question may take. */
const STANDING_MILLIS = 30_000;
/** Of what a request has left, so much is kept for what comes after the search. */
const AFTERWARDS_MILLIS = 300;

/** How long who asks may wait, and the signal that it does not any more. */
interface Asked {
  readonly leftMillis?: number | undefined;
  readonly signal: AbortSignal;
}

/** Discovery over one database. */
export class DiscoverySearch {
  readonly #learned: LearnedModel | undefined;
  readonly #adjacency: KeptAdjacency;
  readonly #thread = new SearchThread();
  readonly #slowThread = new SearchThread();
  readonly #significance: SignificanceThread | undefined;

  constructor(database: Database, options: DiscoverySearchOptions = {}) {
    this.#learned = options.learned;
    this.#adjacency = new KeptAdjacency(database, options.file);
    if (options.file === undefined) return;
    this.#adjacency.warm();
    this.#significance = new SignificanceThread(join(dirname(options.file), "graph.permutations"));
  }

  /** Open discovery, with what the learned ranker learned for starts of this type. */
  async open(fromType: EntityType, { from, options }: SearchQuestions["open"], asked: Asked) {
    const weights = weightsFor(this.#learned, fromType, options.targetType);
    const question = { from, options: { ...options, weights } };
    return this.#thread.open(await this.#adjacency.now(), question, searchLimits(asked));
  }

  /** Closed discovery. */
  async closed(question: SearchQuestions["closed"], asked: Asked) {
    return this.#thread.closed(await this.#adjacency.now(), question, searchLimits(asked));
  }

  /** What the rankers make of a pair, among the candidates of the end's type. */
  async scores(types: readonly [EntityType, EntityType], question: SearchQuestions["scores"], asked: Asked) {
    const weights = weightsFor(this.#learned, ...types);
    const options = { ...question.options, targetType: types[1], weights };
    return this.#thread.scores(await this.#adjacency.now(), { ...question, options }, searchLimits(asked));
  }

  /** P-values of a pair's metapaths, or why there are none. */
  async significance(
    { from, to }: { readonly from: string; readonly to: string },
    asked: Asked,
  ): Promise<PairSignificance> {
    if (this.#significance === undefined) return { state: "NotKept" };
    const { millis } = searchLimits(asked);
    return this.#significance.pair(await this.#adjacency.current(), { from, to, millis });
  }

  /** Whether weights of the learned ranker are there for a pair of types. */
  hasLearned(fromType: EntityType, targetType: EntityType): boolean {
    return weightsFor(this.#learned, fromType, targetType) !== undefined;
  }

  /** Ranked paths. */
  async paths(question: SearchQuestions["paths"], asked: Asked) {
    return this.#thread.paths(await this.#adjacency.now(), question, searchLimits(asked));
  }

  /** Rankers judged on a time slice, in a thread of its own: a question of discovery does not wait for it. */
  async judge(question: SearchQuestions["judge"], asked: Asked) {
    return this.#slowThread.judge(await this.#adjacency.now(), question, searchLimits(asked, JUDGE_MILLIS));
  }

  /** Answers a saved question, behind those that somebody waits for. */
  async standing(question: StandingQuestion, before: StandingAnswer | undefined): Promise<StandingAnswer> {
    const { version, adjacency } = await this.#adjacency.current();
    const asked = { question, before, learned: this.#learned };
    const found = await this.#slowThread.standing(adjacency, asked, { millis: STANDING_MILLIS });
    return { version, askedAtMillis: Date.now(), ...found };
  }

  /** Ends the searching threads. */
  async dispose(): Promise<void> {
    await Promise.all([
      this.#significance?.dispose(),
      this.#thread.dispose(),
      this.#slowThread.dispose(),
      this.#adjacency.dispose(),
    ]);
  }
}

function searchLimits({ leftMillis = Number.POSITIVE_INFINITY, signal }: Asked, most = SEARCH_MILLIS) {
  const millis = Math.max(1, Math.min(most, leftMillis - AFTERWARDS_MILLIS));
  return { millis, signal };
}

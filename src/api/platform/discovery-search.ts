/**
 * Asks discovery about the graph as it is: keeps one adjacency, which answers every year, for as long as the graph does not
 * change, and searches it in a thread of its own. Asks the graph for its version first, so an answer never comes from an older
 * graph than the question.
 */
import type { EntityType } from "../../core/relation-types.js";
import type { Adjacency } from "../../discovery/adjacency/adjacency.js";
import { buildAdjacency } from "../../discovery/adjacency/build-adjacency.js";
import { type LearnedModel, weightsFor } from "../../discovery/rankers/learned-weights.js";
import type { SearchQuestions } from "../../discovery/search-protocol.js";
import { SearchThread } from "../../discovery/search-thread.js";
import type { Database } from "../../graph/neo4j/database.js";
import { readAdjacency } from "../../graph/read/read-adjacency.js";
import { readGraphVersion } from "../../graph/read/read-stats.js";

/** How long a search may take; what it has found until then is the answer, with the reason. */
const SEARCH_MILLIS = 10_000;
/** How long rankers may be judged. */
const JUDGE_MILLIS = 60_000;

/** Discovery over one database. */
export class DiscoverySearch {
  readonly #database: Database;
  readonly #learned: LearnedModel | undefined;
  readonly #thread = new SearchThread();
  readonly #slowThread = new SearchThread();
  #built: { readonly version: string; readonly adjacency: Promise<Adjacency> } | undefined;

  constructor(database: Database, learned?: LearnedModel) {
    this.#database = database;
    this.#learned = learned;
  }

  /** Open discovery, with what the learned ranker learned for starts of this type. */
  async open(fromType: EntityType, { from, options }: SearchQuestions["open"], signal: AbortSignal) {
    const weights = weightsFor(this.#learned, fromType, options.targetType);
    const question = { from, options: { ...options, weights } };
    return this.#thread.open(await this.#adjacency(), question, { millis: SEARCH_MILLIS, signal });
  }

  /** Closed discovery. */
  async closed(question: SearchQuestions["closed"], signal: AbortSignal) {
    return this.#thread.closed(await this.#adjacency(), question, { millis: SEARCH_MILLIS, signal });
  }

  /** What the rankers make of a pair, among the candidates of the end's type. */
  async scores(
    types: readonly [EntityType, EntityType],
    question: SearchQuestions["scores"],
    signal: AbortSignal,
  ) {
    const weights = weightsFor(this.#learned, ...types);
    const options = { ...question.options, targetType: types[1], weights };
    return this.#thread.scores(
      await this.#adjacency(),
      { ...question, options },
      { millis: SEARCH_MILLIS, signal },
    );
  }

  /** Whether weights of the learned ranker are there for a pair of types. */
  hasLearned(fromType: EntityType, targetType: EntityType): boolean {
    return weightsFor(this.#learned, fromType, targetType) !== undefined;
  }

  /** Ranked paths. */
  async paths(question: SearchQuestions["paths"], signal: AbortSignal) {
    return this.#thread.paths(await this.#adjacency(), question, { millis: SEARCH_MILLIS, signal });
  }

  /** Rankers judged on a time slice, in a thread of its own: a question of discovery does not wait for it. */
  async judge(question: SearchQuestions["judge"], signal: AbortSignal) {
    return this.#slowThread.judge(await this.#adjacency(), question, { millis: JUDGE_MILLIS, signal });
  }

  /** Ends the searching threads. */
  async dispose(): Promise<void> {
    await Promise.all([this.#thread.dispose(), this.#slowThread.dispose()]);
  }

  /** The graph's adjacency now. Requests that come together share one build. */
  async #adjacency(): Promise<Adjacency> {
    const version = String(await readGraphVersion(this.#database));
    if (this.#built?.version === version) return this.#built.adjacency;
    const built = { version, adjacency: buildAdjacency(() => readAdjacency(this.#database)) };
    this.#built = built;
    built.adjacency.catch(() => {
      if (this.#built === built) this.#built = undefined;
    });
    return built.adjacency;
  }
}

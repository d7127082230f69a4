/**
 * One question to the rankers: where it starts, which graph, who the candidates are. What several rankers need is computed
 * once, when the first asks for it.
 */
import type { EntityType } from "../../core/relation-types.js";
import { required } from "../../core/required.js";
import type { GraphView } from "../adjacency/graph-view.js";
import { type BeliefSums, sumBeliefs } from "../walks/belief-sums.js";
import { type LinkingTable, linkingTable } from "../walks/linking-terms.js";
import { countMetapaths, type MetapathCounts } from "../walks/metapath-counts.js";
import { pushedPageRank } from "../walks/page-rank-push.js";
import { type PassOptions, passing } from "../walks/passing.js";
import { SearchBudget } from "../walks/search-budget.js";
import type { LearnedWeights } from "./learned-weights.js";

/** What a question asks of candidates and of the entities on the way. */
interface QueryOptions extends PassOptions {
  /** Entity type of the candidates; any where absent. */
  readonly targetType?: EntityType | undefined;
  /** Relations less believed than this do not make a candidate known; 0 unless told. */
  readonly knownFrom?: number | undefined;
  /** An entity that is ranked among the candidates even where it is known, or of another type. */
  readonly included?: number | undefined;
  /** What the learned ranker learned for these types; without it, it cannot be asked. */
  readonly weights?: LearnedWeights | undefined;
}

/** A question with what has been computed for it. */
export class RankingQuery {
  readonly view: GraphView;
  readonly from: number;
  readonly options: QueryOptions;
  readonly budget: SearchBudget;
  /** Entities of the target type that A is not known to be related to, by rising number. */
  readonly candidates: readonly number[];
  /** Whether an entity may lie on the way from A to a candidate. */
  readonly passes: (entity: number) => boolean;
  #linking: LinkingTable | undefined;
  #reached: readonly number[] | undefined;
  #metapaths: MetapathCounts | undefined;
  #pageRank: Float64Array | undefined;
  #beliefs: BeliefSums | undefined;

  constructor(view: GraphView, from: number, options: QueryOptions = {}, budget = new SearchBudget()) {
    this.view = view;
    this.from = from;
    this.options = options;
    this.budget = budget;
    this.candidates = unlinked(view, from, options);
    this.passes = passing(view, options);
  }

  /** The linking terms between A and everything. */
  get linking(): LinkingTable {
    this.#linking ??= linkingTable(this.view, this.from, this.passes, this.budget);
    return this.#linking;
  }

  /** The candidates that linking terms reach, by rising number. */
  get reached(): readonly number[] {
    const { counts } = this.linking;
    this.#reached ??= this.candidates.filter(
      (candidate) => required(counts[candidate], "a candidate's count") > 0,
    );
    return this.#reached;
  }

  /** Path counts by metapath, to the candidates. */
  get metapaths(): MetapathCounts {
    this.#metapaths ??= countMetapaths(this);
    return this.#metapaths;
  }

  /** Probabilities of the walk from A, by entity. */
  get pageRank(): Float64Array {
    this.#pageRank ??= pushedPageRank(this.view, this.from, this.budget);
    return this.#pageRank;
  }

  /** Sums of believed paths, to the candidates. */
  get beliefs(): BeliefSums {
    this.#beliefs ??= sumBeliefs(this);
    return this.#beliefs;
  }
}

function unlinked(view: GraphView, from: number, options: QueryOptions): number[] {
  const { targetType, excluded, knownFrom = 0, included } = options;
  const out = new Uint8Array(view.size);
  out[from] = 1;
  for (const entity of excluded ?? []) out[entity] = 1;
  const room = view.room();
  const links = view.neighbours(from, room, true);
  for (let i = 0; i < links; i++)
    if (required(room.beliefs[i], "a link's belief") >= knownFrom)
      out[required(room.targets[i], "a link's target")] = 1;
  if (included !== undefined) out[included] = 1;
  const candidates = view.connectedOf(targetType).filter((entity) => out[entity] === 0);
  if (included === undefined) return candidates;
  const place = candidates.findIndex((entity) => entity > included);
  candidates.splice(place < 0 ? candidates.length : place, 0, included);
  return candidates;
}

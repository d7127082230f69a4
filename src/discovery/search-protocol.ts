/** What the asking thread and the searching one say to each other. */
import type { SharedAdjacency } from "./adjacency/shared-adjacency.js";
import type { ClosedDiscovery, ClosedDiscoveryOptions } from "./closed-discovery.js";
import type { Judgement, JudgeOptions } from "./evaluation/judge-rankers.js";
import type { OpenDiscovery, OpenDiscoveryOptions } from "./open-discovery.js";
import type { PairScoreOptions, PairScores } from "./pair-scores.js";
import type { PathOptions, RankedPaths } from "./paths/ranked-paths.js";
import type { StandingFound, StandingSearch } from "./standing-answer.js";
import type { ThreadFault } from "./thread-fault.js";

/** A question about two ends. */
interface PairQuestion<Options> {
  readonly from: string;
  readonly to: string;
  readonly options: Omit<Options, "limits">;
}

/** What is asked, by kind; limits come from who asks. */
export interface SearchQuestions {
  readonly open: { readonly from: string; readonly options: Omit<OpenDiscoveryOptions, "limits"> };
  readonly closed: PairQuestion<ClosedDiscoveryOptions>;
  readonly scores: PairQuestion<PairScoreOptions>;
  readonly paths: PairQuestion<PathOptions>;
  readonly judge: { readonly options: Omit<JudgeOptions, "limits"> };
  readonly standing: { readonly standing: StandingSearch };
}

/** What is answered, by kind. */
export interface SearchAnswers {
  readonly open: OpenDiscovery;
  readonly closed: ClosedDiscovery;
  readonly scores: PairScores;
  readonly paths: RankedPaths;
  readonly judge: Judgement;
  readonly standing: StandingFound;
}

/** The kinds of question. */
export type SearchKind = keyof SearchQuestions;

/** A question that says its kind. */
export type SearchQuestion = {
  [Kind in SearchKind]: { readonly kind: Kind } & SearchQuestions[Kind];
}[SearchKind];

/** What the searching thread is told. */
export type SearchMessage =
  | { readonly kind: "graph"; readonly graph: SharedAdjacency }
  | {
      readonly kind: "ask";
      readonly question: SearchQuestion;
      /** Milliseconds since the epoch. */
      readonly deadline: number;
      /** Shared: 1 in its first place when nobody waits any more. */
      readonly cancelled: Int32Array;
    };

/** What it says back. */
export interface SearchAnswer {
  /** Set where no graph has been handed over. */
  readonly lacksGraph?: boolean;
  readonly found?: SearchAnswers[SearchKind];
  readonly fault?: ThreadFault;
}

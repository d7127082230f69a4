/**
 * All rankers by name. A new one is a file beside these, its name in core's list, and a line here.
 */
import type { Ranker } from "../../core/ranker.js";
import { adamicAdar } from "./adamic-adar.js";
import { beliefPaths } from "./belief-paths.js";
import { chiSquare } from "./chi-square.js";
import { degree } from "./degree.js";
import { dwpc } from "./dwpc.js";
import { jaccard } from "./jaccard.js";
import { learned } from "./learned.js";
import { linkingTermCount } from "./linking-term-count.js";
import { logLikelihoodRatio } from "./log-likelihood-ratio.js";
import { minimumWeightSum } from "./minimum-weight-sum.js";
import { npmi } from "./npmi.js";
import { pageRank } from "./page-rank.js";
import type { ScoreCandidates } from "./ranker.js";
import { reciprocalRankFusion } from "./reciprocal-rank-fusion.js";
import { tTest } from "./t-test.js";

/** How each ranker scores. */
export const SCORERS: Readonly<Record<Ranker, ScoreCandidates>> = {
  Degree: degree,
  LinkingTermCount: linkingTermCount,
  MinimumWeightSum: minimumWeightSum,
  Jaccard: jaccard,
  Npmi: npmi,
  LogLikelihoodRatio: logLikelihoodRatio,
  TTest: tTest,
  ChiSquare: chiSquare,
  AdamicAdar: adamicAdar,
  Dwpc: dwpc,
  PageRank: pageRank,
  BeliefPaths: beliefPaths,
  ReciprocalRankFusion: reciprocalRankFusion,
  Learned: learned,
};

/** How the candidates of a discovery can be ordered, and whether chance can be told from more: closed lists that discovery, evaluation and the API share. */

/** Every ranker; docs/discovery.md says what each means. */
export const RANKERS = [
  "Degree",
  "LinkingTermCount",
  "MinimumWeightSum",
  "Jaccard",
  "Npmi",
  "LogLikelihoodRatio",
  "TTest",
  "ChiSquare",
  "AdamicAdar",
  "Dwpc",
  "PageRank",
  "BeliefPaths",
  "ReciprocalRankFusion",
  "Learned",
] as const;
export type Ranker = (typeof RANKERS)[number];

/** Whether p-values against permuted graphs can be had. */
export const SIGNIFICANCE_STATES = ["Ready", "BeingMade", "OutOfTime", "WholeGraphOnly", "NotKept"] as const;
export type SignificanceState = (typeof SIGNIFICANCE_STATES)[number];

/** How the candidates of a discovery can be ordered: the closed list that discovery, evaluation and the API share. */

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

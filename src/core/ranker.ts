/**
 * How the candidates of a discovery can be ordered: by the number of linking terms, or by the sum of each term's
 * weaker belief. Discovery computes them, the API offers them.
 */
export const RANKERS = ["LinkingTermCount", "MinimumWeightSum"] as const;
export type Ranker = (typeof RANKERS)[number];

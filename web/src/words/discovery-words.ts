/**
 * What discovery's words mean to a reader: rankers, effects, how effects run along a chain.
 */
import type { ChainDirection, EffectSign, Ranker } from "../../generated/documents.js";

/** The rankers, in the order of their columns; the baseline first. */
export const RANKER_WORDS: Readonly<Record<Ranker, { readonly label: string; readonly meaning: string }>> = {
  DEGREE: {
    label: "Degree (baseline)",
    meaning:
      "How many entities it is related to, whoever asks. What is popular ranks high; a ranker has to beat this.",
  },
  RECIPROCAL_RANK_FUSION: {
    label: "Fusion",
    meaning: "Degree-weighted paths, PageRank and believed paths together, by their ranks.",
  },
  LEARNED: { label: "Learned", meaning: "Fitted on an earlier slice of this graph, over the others." },
  DWPC: {
    label: "Weighted paths",
    meaning: "Paths of two and three steps by kind, those through hubs counting little.",
  },
  PAGE_RANK: {
    label: "PageRank",
    meaning: "How often a random walk that starts over at the start stands there.",
  },
  BELIEF_PATHS: {
    label: "Believed paths",
    meaning: "Belief of the paths of two and three steps, damped at hubs.",
  },
  LINKING_TERM_COUNT: { label: "Linking terms", meaning: "How many terms link the two." },
  MINIMUM_WEIGHT_SUM: {
    label: "Weaker beliefs",
    meaning: "Sum over the linking terms of the weaker of its two beliefs.",
  },
  ADAMIC_ADAR: {
    label: "Adamic–Adar",
    meaning: "Sum over the linking terms of 1 / log of how much they are related to.",
  },
  JACCARD: { label: "Jaccard", meaning: "Share of the neighbours of the two that they have in common." },
  NPMI: { label: "NPMI", meaning: "Normalised pointwise mutual information of their neighbours, −1 to 1." },
  LOG_LIKELIHOOD_RATIO: {
    label: "Log-likelihood",
    meaning: "How badly chance explains the number of linking terms.",
  },
  TTEST: { label: "t-test", meaning: "By how many deviations the number of linking terms exceeds chance." },
  CHI_SQUARE: {
    label: "Chi-square",
    meaning: "Pearson's statistic of their neighbours; it overrates the rare.",
  },
};

/** The same, as a list. */
export const RANKERS = Object.keys(RANKER_WORDS) as Ranker[];

/** What chains predict. */
export const EFFECT_WORDS: Readonly<Record<EffectSign, string>> = {
  POSITIVE: "rise together",
  NEGATIVE: "one lowers the other",
  UNKNOWN: "effect open",
};

/** How effects run through a linking term. */
export const DIRECTION_WORDS: Readonly<Record<ChainDirection, string>> = {
  FORWARD: "acts on it, and it on the other",
  BACKWARD: "the other acts on it",
  COMMON_CAUSE: "it acts on both",
  COMMON_EFFECT: "both act on it: that says nothing of one's effect on the other",
};

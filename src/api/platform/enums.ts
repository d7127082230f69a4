/**
 * The closed vocabularies of the API. Values are core's, so that resolvers never translate; names are the values in
 * GraphQL's upper case. A value that core gains is not compiled until it is described here.
 */
import { registerEnumType } from "type-graphql";
import { ROLES } from "../../core/api/access.js";
import { ERROR_CODES } from "../../core/errors.js";
import { EVIDENCE_ROLES, SOURCE_KINDS } from "../../core/evidence.js";
import { JOB_PRIORITIES, JOB_STAGES } from "../../core/extraction-job.js";
import { CHAIN_DIRECTIONS } from "../../core/qualifiers/chain-direction.js";
import { RANKERS, SIGNIFICANCE_STATES } from "../../core/ranker.js";
import { ENTITY_TYPES, RELATION_TYPES } from "../../core/relation-types.js";
import { RELATION_ORDERS } from "../../graph/read/read-relations.js";

/** Declares an enumeration of GraphQL with these values, each described. */
function register<Value extends string>(
  name: string,
  description: string,
  values: readonly Value[],
  said: Readonly<Record<Value, string>>,
): Readonly<Record<string, Value>> {
  const byName = Object.fromEntries(values.map((value) => [graphqlName(value), value]));
  const valuesConfig = Object.fromEntries(
    values.map((value) => [graphqlName(value), { description: said[value] }]),
  );
  registerEnumType(byName, { name, description, valuesConfig });
  return byName;
}

/** `CellLine` is CELL_LINE, `Drug_Interaction` DRUG_INTERACTION. */
function graphqlName(value: string): string {
  return value.replace(/(?<=[a-z])(?=[A-Z])/g, "_").toUpperCase();
}

/** What kind of thing an entity is. */
export const EntityTypeEnum = register("EntityType", "What kind of thing an entity is.", ENTITY_TYPES, {
  Gene: "A gene or its product.",
  Disease: "A disease or a phenotypic feature.",
  Chemical: "A chemical or a drug.",
  Variant: "A sequence variant.",
  Species: "An organism; takes part in no relation.",
  CellLine: "A cell line; takes part in no relation.",
});

/** What kind of relation holds between two entities. */
export const RelationTypeEnum = register(
  "RelationType",
  "BioRED's eight relation types. All are undirected.",
  RELATION_TYPES,
  {
    Association: "Related, without a clear direction of effect.",
    Bind: "Physical binding.",
    Comparison: "Two drugs compared with each other.",
    Conversion: "One chemical becomes the other.",
    Cotreatment: "Given together.",
    Drug_Interaction: "One drug changes the effect of the other.",
    Negative_Correlation: "More of one goes with less of the other.",
    Positive_Correlation: "More of one goes with more of the other.",
  },
);

/** Who asserts a relation. */
export const SourceKindEnum = register("SourceKind", "Who asserts a relation.", SOURCE_KINDS, {
  corpus: "The annotators of a corpus: a gold relation.",
  model: "A classifier of ours: an extracted relation.",
  pubtator3: "PubTator3's own relation extraction.",
  curator: "A curator of this graph.",
});

/** How a source comes to say something. */
export const EvidenceRoleEnum = register(
  "EvidenceRole",
  "How a source comes to say something.",
  EVIDENCE_ROLES,
  {
    asserts: "Annotators of a corpus assert it.",
    extracted: "A program extracted it from the text.",
    curated: "A curator of this graph judged it.",
  },
);

/** How relations are ordered. */
export const RelationOrderEnum = register("RelationOrder", "How relations are ordered.", RELATION_ORDERS, {
  belief: "The most believed first.",
  papers: "Those of the most papers first.",
  newest: "Those of the latest last paper first.",
  oldest: "Those of the earliest first paper first.",
  id: "By key, which no write changes: a walk misses none and meets none twice, whoever writes meanwhile.",
});

/** Whether relations without standing papers are shown. */
export const RetractedEnum = { EXCLUDE: true, INCLUDE: "include", ONLY: false } as const;
registerEnumType(RetractedEnum, {
  name: "RetractedRelations",
  description: "Whether to show relations whose papers are all retracted, or denied by curators.",
  valuesConfig: {
    EXCLUDE: { description: "Leave them out, as is usual." },
    INCLUDE: { description: "Show them among the others." },
    ONLY: { description: "Show nothing else." },
  },
});

/** Whether there are p-values. */
export const SignificanceStateEnum = register(
  "SignificanceState",
  "Whether there are p-values against permuted graphs.",
  SIGNIFICANCE_STATES,
  {
    Ready: "There are.",
    BeingMade: "The permuted graphs of this version of the graph are being made; ask again later.",
    OutOfTime: "The comparison took longer than the request may last.",
    WholeGraphOnly:
      "The question is as of a year or has a filter; permuted graphs are those of the whole graph.",
    NotKept: "The server keeps no files of discovery, so it makes none.",
  },
);

/** How candidates are ordered. */
export const RankerEnum = register("Ranker", "How the candidates of a discovery are ordered.", RANKERS, {
  Degree:
    "How many entities the candidate is related to, whoever asks: the baseline, shown beside every other.",
  LinkingTermCount: "How many linking terms lead to the candidate.",
  MinimumWeightSum: "Sum over the linking terms of the weaker belief of the two links.",
  Jaccard: "Share of the neighbours of the two that they have in common.",
  Npmi: "Normalised pointwise mutual information of their neighbours, -1 to 1.",
  LogLikelihoodRatio: "How badly chance explains the number of linking terms (Dunning).",
  TTest: "By how many deviations the number of linking terms exceeds chance.",
  ChiSquare: "Pearson's statistic of their neighbours; overrates the rare.",
  AdamicAdar: "Sum over the linking terms of 1 / log of their degree.",
  Dwpc: "Degree-weighted path count over the metapaths of two and three hops.",
  PageRank: "How often a walk that starts over at the start stands at the candidate.",
  BeliefPaths: "Belief of the paths of two and three hops, damped at hubs.",
  ReciprocalRankFusion: "DWPC, PageRank and believed paths together, by their ranks.",
  Learned:
    "Logistic regression over the others, fitted on an earlier slice of this graph; needs fitted weights.",
});

/** How gold is held back from the rankers. */
export const DiscoverySplitEnum = register(
  "DiscoverySplit",
  "How gold is held back from the rankers.",
  ["Time", "Random"] as const,
  {
    Time: "Rankers see the years up to the cutoff; gold is what became known after.",
    Random:
      "Refused: it shows a ranker what was found because of the pair that it is to find, so its figures say nothing.",
  },
);

/** Direction of an effect: numbers, since they multiply along a chain. */
export const EffectSignEnum = { POSITIVE: 1, NEGATIVE: -1, UNKNOWN: 0 } as const;
registerEnumType(EffectSignEnum, {
  name: "EffectSign",
  description: "Direction of an effect, composed from relation types along a chain.",
  valuesConfig: {
    POSITIVE: { description: "They rise and fall together." },
    NEGATIVE: { description: "One lowers the other." },
    UNKNOWN: { description: "Nothing is said of a direction, or what is said contradicts itself." },
  },
});

/** How effects run through a linking term. */
export const ChainDirectionEnum = register(
  "ChainDirection",
  "How effects run from one end through a linking term to the other.",
  CHAIN_DIRECTIONS,
  {
    Forward: "The start acts on the linking term, and that on the end.",
    Backward: "The end acts on the linking term, and that on the start.",
    CommonCause: "The linking term acts on both ends.",
    CommonEffect: "Both ends act on the linking term; that says nothing of one's effect on the other.",
  },
);

/** How far an extraction has come. */
export const JobStageEnum = register("ExtractionStage", "How far an extraction has come.", JOB_STAGES, {
  QUEUED: "Accepted, not begun.",
  FETCHED: "The publication's text is here.",
  ANNOTATED: "Its entity mentions are known and the pairs are counted.",
  SCORED: "Every pair has been classified.",
  WRITTEN: "Its relations are in the graph: finished.",
  FAILED: "Ended with an error; this attempt has written nothing.",
  CANCELLED: "Ended because somebody asked; this attempt has written nothing.",
});

/** Who waits for an extraction. */
export const JobPriorityEnum = register(
  "ExtractionPriority",
  "Who waits for an extraction.",
  JOB_PRIORITIES,
  {
    BULK: "An operator's run over many papers, which makes way for others.",
    INTERACTIVE: "Somebody who looks on.",
  },
);

/** Why a job failed. */
export const FaultCodeEnum = register("FaultCode", "Why a job failed.", ERROR_CODES, {
  BAD_INPUT: "The document breaks its format.",
  NOT_FOUND: "Something the job needs does not exist.",
  CONFIG: "A setting is missing or makes no sense.",
  MISSING_DEPENDENCY: "The server lacks a program or library.",
  LOCKED: "Somebody else holds the data.",
  DATABASE: "The graph database failed.",
  UPSTREAM_UNAVAILABLE: "PubTator3 failed or answered garbage.",
  RATE_LIMITED: "PubTator3 told us to slow down.",
  TIMEOUT: "A deadline passed.",
  MODEL: "The classifier failed.",
  CANCELLED: "Somebody asked to stop.",
  INTERNAL: "A fault of ours.",
});

/** What a caller may do. */
export const RoleEnum = register(
  "Role",
  "What a caller may do; each may do what those before it may.",
  ROLES,
  {
    READER: "Asks.",
    CURATOR: "Changes the graph too.",
    ADMIN: "Sees how the server does, too.",
  },
);

/**
 * The closed vocabularies of the API. Names are GraphQL's (upper case), values are core's, so that resolvers
 * never translate.
 */
import { registerEnumType } from "type-graphql";
import type { ErrorCode } from "../../core/errors.js";
import type { SourceKind } from "../../core/evidence.js";
import type { JobStage } from "../../core/extraction-job.js";
import type { EntityType, RelationType } from "../../core/relation-types.js";
import type { Ranker } from "../../discovery/open-discovery.js";

export const EntityTypeEnum: Record<string, EntityType> = {
  GENE: "Gene",
  DISEASE: "Disease",
  CHEMICAL: "Chemical",
  VARIANT: "Variant",
  SPECIES: "Species",
  CELL_LINE: "CellLine",
};
registerEnumType(EntityTypeEnum, {
  name: "EntityType",
  description: "What kind of thing an entity is.",
  valuesConfig: {
    GENE: { description: "A gene or its product." },
    DISEASE: { description: "A disease or a phenotypic feature." },
    CHEMICAL: { description: "A chemical or a drug." },
    VARIANT: { description: "A sequence variant." },
    SPECIES: { description: "An organism; takes part in no relation." },
    CELL_LINE: { description: "A cell line; takes part in no relation." },
  },
});

export const RelationTypeEnum: Record<string, RelationType> = {
  ASSOCIATION: "Association",
  BIND: "Bind",
  COMPARISON: "Comparison",
  CONVERSION: "Conversion",
  COTREATMENT: "Cotreatment",
  DRUG_INTERACTION: "Drug_Interaction",
  NEGATIVE_CORRELATION: "Negative_Correlation",
  POSITIVE_CORRELATION: "Positive_Correlation",
};
registerEnumType(RelationTypeEnum, {
  name: "RelationType",
  description: "BioRED's eight relation types. All are undirected.",
  valuesConfig: {
    ASSOCIATION: { description: "Related, without a clear direction of effect." },
    BIND: { description: "Physical binding." },
    COMPARISON: { description: "Two drugs compared with each other." },
    CONVERSION: { description: "One chemical becomes the other." },
    COTREATMENT: { description: "Given together." },
    DRUG_INTERACTION: { description: "One drug changes the effect of the other." },
    NEGATIVE_CORRELATION: { description: "More of one goes with less of the other." },
    POSITIVE_CORRELATION: { description: "More of one goes with more of the other." },
  },
});

export const SourceKindEnum: Record<string, SourceKind> = {
  CORPUS: "corpus",
  MODEL: "model",
  PUBTATOR3: "pubtator3",
  CURATOR: "curator",
};
registerEnumType(SourceKindEnum, {
  name: "SourceKind",
  description: "Who asserts a relation.",
  valuesConfig: {
    CORPUS: { description: "The annotators of a corpus: a gold relation." },
    MODEL: { description: "A classifier of ours: an extracted relation." },
    PUBTATOR3: { description: "PubTator3's own relation extraction." },
    CURATOR: { description: "A curator of this graph." },
  },
});

export const RankerEnum: Record<string, Ranker> = {
  LINKING_TERM_COUNT: "LinkingTermCount",
  MINIMUM_WEIGHT_SUM: "MinimumWeightSum",
};
registerEnumType(RankerEnum, {
  name: "Ranker",
  description: "How the candidates of a discovery are ordered.",
  valuesConfig: {
    LINKING_TERM_COUNT: { description: "How many linking terms lead to the candidate." },
    MINIMUM_WEIGHT_SUM: {
      description: "Sum over the linking terms of the weaker belief of the two links.",
    },
  },
});

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

export const JobStageEnum: Record<JobStage, JobStage> = {
  QUEUED: "QUEUED",
  FETCHED: "FETCHED",
  ANNOTATED: "ANNOTATED",
  SCORED: "SCORED",
  WRITTEN: "WRITTEN",
  FAILED: "FAILED",
  CANCELLED: "CANCELLED",
};
registerEnumType(JobStageEnum, {
  name: "ExtractionStage",
  description: "How far an extraction has come.",
  valuesConfig: {
    QUEUED: { description: "Accepted, not begun." },
    FETCHED: { description: "The publication's text is here." },
    ANNOTATED: { description: "Its entity mentions are known and the pairs are counted." },
    SCORED: { description: "Every pair has been classified." },
    WRITTEN: { description: "Its relations are in the graph: finished." },
    FAILED: { description: "Ended with an error; nothing was written." },
    CANCELLED: { description: "Ended because somebody asked; nothing was written." },
  },
});

export const FaultCodeEnum: Record<ErrorCode, ErrorCode> = {
  BAD_INPUT: "BAD_INPUT",
  NOT_FOUND: "NOT_FOUND",
  CONFIG: "CONFIG",
  MISSING_DEPENDENCY: "MISSING_DEPENDENCY",
  LOCKED: "LOCKED",
  DATABASE: "DATABASE",
  UPSTREAM_UNAVAILABLE: "UPSTREAM_UNAVAILABLE",
  RATE_LIMITED: "RATE_LIMITED",
  TIMEOUT: "TIMEOUT",
  MODEL: "MODEL",
  CANCELLED: "CANCELLED",
  INTERNAL: "INTERNAL",
};
registerEnumType(FaultCodeEnum, {
  name: "FaultCode",
  description: "Why a job failed.",
  valuesConfig: {
    BAD_INPUT: { description: "The document breaks its format." },
    NOT_FOUND: { description: "Something the job needs does not exist." },
    CONFIG: { description: "A setting is missing or makes no sense." },
    MISSING_DEPENDENCY: { description: "The server lacks a program or library." },
    LOCKED: { description: "Somebody else holds the data." },
    DATABASE: { description: "The graph database failed." },
    UPSTREAM_UNAVAILABLE: { description: "PubTator3 failed or answered garbage." },
    RATE_LIMITED: { description: "PubTator3 told us to slow down." },
    TIMEOUT: { description: "A deadline passed." },
    MODEL: { description: "The classifier failed." },
    CANCELLED: { description: "Somebody asked to stop." },
    INTERNAL: { description: "A fault of ours." },
  },
});

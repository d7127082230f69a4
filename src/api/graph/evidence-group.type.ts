/**
 * What a belief is made of: what each source says of a relation, and what each of its papers adds.
 */
import { Field, Float, InputType, Int, ObjectType } from "type-graphql";
import { RELIABILITY } from "../../core/belief.js";
import { type EvidenceRole, ROLE_OF, SOURCE_KINDS, type SourceKind } from "../../core/evidence.js";
import type { EvidenceGroupRow, EvidenceQuery, PaperWeightRow } from "../../graph/read/read-evidence.js";
import { connectionTypes } from "../platform/connection.js";
import { EvidenceRoleEnum, SourceKindEnum } from "../platform/enums.js";
import { oneOfSome } from "./asked-values.js";

@InputType("EvidenceFilter", { description: "Which evidence to give; what is absent asks nothing." })
export class EvidenceFilter {
  @Field(() => [String], { nullable: true, description: "From one of these corpora, models or curators." })
  readonly sources?: readonly string[] | null;

  @Field(() => [SourceKindEnum], { nullable: true, description: "From one of these kinds of source." })
  readonly sourceKinds?: readonly SourceKind[] | null;

  @Field(() => [EvidenceRoleEnum], { nullable: true, description: "In one of these roles." })
  readonly roles?: readonly EvidenceRole[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "True for what can add to belief, false for the negated and that of retracted papers.",
  })
  readonly counting?: boolean | null;
}

/** The filter as the graph takes it. */
export function toEvidenceQuery(
  filter: EvidenceFilter | null | undefined,
  asOf: number | null,
): EvidenceQuery {
  const kinds = oneOfSome("sourceKinds", filter?.sourceKinds);
  const roles = oneOfSome("roles", filter?.roles);
  const passing = SOURCE_KINDS.filter(
    (kind) => (kinds === null || kinds.includes(kind)) && (roles === null || roles.includes(ROLE_OF[kind])),
  );
  return {
    asOf,
    sources: oneOfSome("sources", filter?.sources),
    sourceKinds: kinds === null && roles === null ? null : passing,
    counting: filter?.counting ?? null,
  };
}

@ObjectType("EvidenceGroup", { simpleResolvers: true, description: "What one source says of a relation." })
export class EvidenceGroup {
  @Field(() => String, { description: "The corpus's name, the model's id, or the curator's name." })
  readonly source: string;

  @Field(() => SourceKindEnum, { description: "What kind of source it is." })
  readonly sourceKind: SourceKind;

  @Field(() => EvidenceRoleEnum, { description: "How it comes to say so." })
  readonly role: EvidenceRole;

  @Field(() => Float, {
    description: "Share of this kind of source's word that is taken to be right, 0 to 1.",
  })
  readonly reliability: number;

  @Field(() => Int, {
    description: "How many rows of evidence it gives; `Relation.evidence` filtered by it.",
  })
  readonly count: number;

  @Field(() => Int, { description: "How many papers they are of." })
  readonly papers: number;

  @Field(() => Int, { description: "How many of the rows are neither negated nor of a retracted paper." })
  readonly counting: number;

  constructor(row: EvidenceGroupRow) {
    this.source = row.source;
    this.sourceKind = row.sourceKind;
    this.role = ROLE_OF[row.sourceKind];
    this.reliability = RELIABILITY[row.sourceKind];
    this.count = row.rows;
    this.papers = row.papers;
    this.counting = row.counting;
  }
}

@ObjectType("PaperBelief", {
  simpleResolvers: true,
  description: "What one paper adds to a relation's belief.",
})
export class PaperBelief {
  readonly pmid: string;
  readonly evidenceKey: string;
  readonly asOf: number | null;

  @Field(() => Float, {
    description:
      "Probability of its best row times the reliability of that row's source. Belief is one minus the product of (1 - weight) over all papers.",
  })
  readonly weight: number;

  constructor(row: PaperWeightRow, asOf: number | null) {
    this.pmid = row.pmid;
    this.evidenceKey = row.evidence;
    this.asOf = asOf;
    this.weight = row.weight;
  }
}

/** Pages of what papers add. */
export const PaperBeliefConnection = connectionTypes(
  "PaperBelief",
  "papers with what they add",
  () => PaperBelief,
);

@ObjectType("SourceReliability", {
  simpleResolvers: true,
  description: "How far a kind of source is taken at its word.",
})
export class SourceReliability {
  @Field(() => SourceKindEnum, { description: "The kind of source." })
  readonly sourceKind: SourceKind;

  @Field(() => EvidenceRoleEnum, { description: "How such a source comes to say something." })
  readonly role: EvidenceRole;

  @Field(() => Float, { description: "Share of its word that is taken to be right, 0 to 1." })
  readonly reliability: number;

  constructor(kind: SourceKind) {
    this.sourceKind = kind;
    this.role = ROLE_OF[kind];
    this.reliability = RELIABILITY[kind];
  }
}

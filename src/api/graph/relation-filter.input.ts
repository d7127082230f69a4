/**
 * Which relations to show: the filter that lists, entities and paths share.
 */
import { Field, Float, InputType, Int } from "type-graphql";
import { BioWeftError } from "../../core/errors.js";
import type { SourceKind } from "../../core/evidence.js";
import type { EntityType, RelationType } from "../../core/relation-types.js";
import type { NeighbourQuery } from "../../graph/read/read-neighbours.js";
import type { RelationQuery } from "../../graph/read/read-relations.js";
import { EntityTypeEnum, RelationTypeEnum, RetractedEnum, SourceKindEnum } from "../platform/enums.js";
import { askedNumber, askedYear, canonicalId, oneOfSome } from "./asked-values.js";

/** What `asOf` means wherever it can be given. */
export const AS_OF = "Ask as of the end of this year: only papers of until then count, and only dated ones.";

type Retracted = (typeof RetractedEnum)[keyof typeof RetractedEnum];

@InputType("YearRange", { description: "From one year to another, both included." })
class YearRange {
  @Field(() => Int, { nullable: true, description: "First year; open where absent." })
  readonly from?: number | null;

  @Field(() => Int, { nullable: true, description: "Last year; open where absent." })
  readonly to?: number | null;
}

@InputType("RelationFilter", { description: "Which relations to give; what is absent asks nothing." })
export class RelationFilter {
  @Field(() => [RelationTypeEnum], { nullable: true, description: "One of these types." })
  readonly types?: readonly RelationType[] | null;

  @Field(() => [EntityTypeEnum], {
    nullable: true,
    description: "Both ends are of these types; on `Entity.relations`, the other end is.",
  })
  readonly entityTypes?: readonly EntityType[] | null;

  @Field(() => Float, { nullable: true, description: "Least belief, 0 to 1." })
  readonly minBelief?: number | null;

  @Field(() => Int, { nullable: true, description: "Least number of papers." })
  readonly minPapers?: number | null;

  @Field(() => YearRange, {
    nullable: true,
    description:
      "Some paper of it may be of these years: its first paper is not later than `to`, its latest not earlier than `from`. To ask what was known then, use `asOf`.",
  })
  readonly years?: YearRange | null;

  @Field(() => [String], { nullable: true, description: "Evidence from one of these corpora or models." })
  readonly sources?: readonly string[] | null;

  @Field(() => [SourceKindEnum], {
    nullable: true,
    description: "Evidence from one of these kinds of source.",
  })
  readonly sourceKinds?: readonly SourceKind[] | null;

  @Field(() => String, {
    nullable: true,
    description: "CURIE of an entity at one of its ends; on `Entity.relations`, at the other end.",
  })
  readonly entity?: string | null;

  @Field(() => RetractedEnum, {
    nullable: true,
    description: "Relations whose papers are all retracted, or denied by curators: left out unless told.",
  })
  readonly retracted?: Retracted | null;
}

@InputType("LinkFilter", { description: "Which relations count as a link; what is absent asks nothing." })
export class LinkFilterInput {
  @Field(() => [RelationTypeEnum], { nullable: true, description: "One of these relation types." })
  readonly types?: readonly RelationType[] | null;

  @Field(() => [EntityTypeEnum], { nullable: true, description: "The neighbour is of these types." })
  readonly entityTypes?: readonly EntityType[] | null;

  @Field(() => Float, { nullable: true, description: "Least belief, 0 to 1." })
  readonly minBelief?: number | null;

  @Field(() => Int, { nullable: true, description: "Least number of papers of a relation." })
  readonly minPapers?: number | null;

  @Field(() => RetractedEnum, {
    nullable: true,
    description: "Relations whose papers are all retracted, or denied by curators: left out unless told.",
  })
  readonly retracted?: Retracted | null;
}

/** The filter as the graph takes it. Throws BAD_INPUT for what can filter nothing. */
export function toRelationQuery(
  filter: RelationFilter | null | undefined,
  asOf: number | null | undefined,
): RelationQuery {
  const [fromYear, toYear] = [
    askedYear("years.from", filter?.years?.from),
    askedYear("years.to", filter?.years?.to),
  ];
  if (fromYear !== null && toYear !== null && fromYear > toYear) {
    throw new BioWeftError(
      "BAD_INPUT",
      `years runs from ${fromYear} to ${toYear}; give the earlier year first`,
    );
  }
  return {
    ...toNeighbourQuery(filter, asOf),
    fromYear,
    toYear,
    sources: oneOfSome("sources", filter?.sources),
    sourceKinds: oneOfSome("sourceKinds", filter?.sourceKinds),
    other: filter?.entity == null ? null : canonicalId(filter.entity),
  };
}

/** The filter as the graph takes it. Throws BAD_INPUT for what can filter nothing. */
export function toNeighbourQuery(
  filter: LinkFilterInput | null | undefined,
  asOf: number | null | undefined,
): NeighbourQuery {
  const retracted = filter?.retracted ?? RetractedEnum.EXCLUDE;
  return {
    types: oneOfSome("types", filter?.types),
    entityTypes: oneOfSome("entityTypes", filter?.entityTypes),
    minBelief: askedNumber("minBelief", filter?.minBelief, [0, 1]),
    minPapers: askedNumber("minPapers", filter?.minPapers, [0, 1e9]),
    standing: retracted === RetractedEnum.INCLUDE ? null : retracted,
    asOf: askedYear("asOf", asOf),
  };
}

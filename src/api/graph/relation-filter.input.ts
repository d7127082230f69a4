/**
 * Which relations to show: the filter that lists, entities and paths share.
 */
import { Field, Float, InputType, Int } from "type-graphql";
import type { SourceKind } from "../../core/evidence.js";
import type { EntityType, RelationType } from "../../core/relation-types.js";
import type { NeighbourQuery } from "../../graph/read/read-neighbours.js";
import type { RelationQuery } from "../../graph/read/read-relations.js";
import { EntityTypeEnum, RelationTypeEnum, SourceKindEnum } from "../platform/enums.js";

/** What `asOf` means wherever it can be given. */
export const AS_OF = "Ask as of the end of this year: only papers of until then count, and only dated ones.";

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

  @Field(() => YearRange, { nullable: true, description: "The years of its papers touch this range." })
  readonly years?: YearRange | null;

  @Field(() => [String], { nullable: true, description: "Evidence from one of these corpora or models." })
  readonly sources?: readonly string[] | null;

  @Field(() => [SourceKindEnum], {
    nullable: true,
    description: "Evidence from one of these kinds of source.",
  })
  readonly sourceKinds?: readonly SourceKind[] | null;

  @Field(() => String, { nullable: true, description: "CURIE of an entity at one of its ends." })
  readonly entity?: string | null;
}

@InputType("LinkFilter", { description: "Which relations count as a link; what is absent asks nothing." })
export class LinkFilterInput {
  @Field(() => [RelationTypeEnum], { nullable: true, description: "One of these relation types." })
  readonly types?: readonly RelationType[] | null;

  @Field(() => [EntityTypeEnum], { nullable: true, description: "The neighbour is of these types." })
  readonly entityTypes?: readonly EntityType[] | null;

  @Field(() => Float, { nullable: true, description: "Least belief, 0 to 1." })
  readonly minBelief?: number | null;
}

/** The filter as the graph takes it, all but `entity`. */
export function toRelationQuery(
  filter: RelationFilter | null | undefined,
  asOf: number | null | undefined,
): RelationQuery {
  return {
    types: filter?.types ?? null,
    entityTypes: filter?.entityTypes ?? null,
    minBelief: filter?.minBelief ?? null,
    minPapers: filter?.minPapers ?? null,
    fromYear: filter?.years?.from ?? null,
    toYear: filter?.years?.to ?? null,
    sources: filter?.sources ?? null,
    sourceKinds: filter?.sourceKinds ?? null,
    asOf: asOf ?? null,
  };
}

/** The filter as the graph takes it. */
export function toNeighbourQuery(
  filter: LinkFilterInput | null | undefined,
  asOf: number | null | undefined,
): NeighbourQuery {
  return {
    types: filter?.types ?? null,
    entityTypes: filter?.entityTypes ?? null,
    minBelief: filter?.minBelief ?? null,
    asOf: asOf ?? null,
  };
}

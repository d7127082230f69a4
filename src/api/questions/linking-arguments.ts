/**
 * Which links a question of discovery may go by: the arguments that open and closed discovery share.
 */
import { ArgsType, Field, Float, Int } from "type-graphql";
import type { SourceKind } from "../../core/evidence.js";
import type { EntityType, RelationType } from "../../core/relation-types.js";
import { askedYear, canonicalId, oneOfSome } from "../graph/asked-values.js";
import { AS_OF } from "../graph/relation-filter.input.js";
import { EntityTypeEnum, RelationTypeEnum, SourceKindEnum } from "../platform/enums.js";

/** The shared arguments; what is absent asks nothing. */
@ArgsType()
export class LinkingArguments {
  @Field(() => [EntityTypeEnum], {
    nullable: true,
    description: "Types of the linking terms; any where absent.",
  })
  readonly via?: readonly EntityType[] | null;

  @Field(() => Int, { nullable: true, description: AS_OF })
  readonly asOf?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: "Pass over linking terms related to more entities than this.",
  })
  readonly maxLinkingDegree?: number | null;

  @Field(() => [String], {
    nullable: true,
    description: "CURIEs that are neither linking terms nor candidates, in any known spelling.",
  })
  readonly excluded?: readonly string[] | null;

  @Field(() => [RelationTypeEnum], { nullable: true, description: "Only relations of these types." })
  readonly relationTypes?: readonly RelationType[] | null;

  @Field(() => [SourceKindEnum], {
    nullable: true,
    description: "Only what these kinds of source say, with the belief and the papers that they give.",
  })
  readonly sourceKinds?: readonly SourceKind[] | null;

  @Field(() => Float, { nullable: true, description: "Least belief of a relation, 0 to 1." })
  readonly minBelief?: number | null;

  @Field(() => Int, { nullable: true, description: "Papers that a relation needs." })
  readonly minPapers?: number | null;
}

/** The arguments as discovery takes them. */
export function toLinkOptions(asked: LinkingArguments) {
  return {
    via: asked.via ?? undefined,
    asOf: askedYear("asOf", asked.asOf) ?? undefined,
    maxLinkingDegree: asked.maxLinkingDegree ?? undefined,
    excluded: asked.excluded?.map(canonicalId),
    types: asked.relationTypes == null ? undefined : new Set(asked.relationTypes),
    sources: askedSources(asked.sourceKinds),
    minBelief: asked.minBelief ?? undefined,
    minPapers: asked.minPapers ?? undefined,
  };
}

/** The kinds of source asked for; undefined for all. Throws BAD_INPUT for an empty list. */
export function askedSources(
  kinds: readonly SourceKind[] | null | undefined,
): ReadonlySet<SourceKind> | undefined {
  const some = oneOfSome("sourceKinds", kinds);
  return some === null ? undefined : new Set(some);
}

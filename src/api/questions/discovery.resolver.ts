/**
 * Open discovery: the search runs on the in-memory adjacency, relations and sentences come from the graph.
 */
import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, Float, Query, Resolver, Root } from "type-graphql";
import { relationId } from "../../core/evidence.js";
import type { ChainDirection } from "../../core/qualifiers/chain-direction.js";
import type { Ranker } from "../../core/ranker.js";
import type { EntityType } from "../../core/relation-types.js";
import { Entity } from "../graph/entity.type.js";
import { entityOf, findRelations, knownEntity } from "../graph/lookup.js";
import { Relation } from "../graph/relation.type.js";
import { PageArguments, pageRequest, placeAfter, toConnection } from "../platform/connection.js";
import type { ApiContext } from "../platform/context.js";
import { ChainDirectionEnum, EntityTypeEnum, RankerEnum } from "../platform/enums.js";
import { chainOf } from "./chain-of.js";
import { Candidate, Discovery, Linking } from "./discovery.type.js";
import { LinkingArguments, toLinkOptions } from "./linking-arguments.js";
import { linkingFields } from "./linking-fields.js";

@ArgsType()
class DiscoveryArguments extends LinkingArguments {
  @Field(() => EntityTypeEnum, { nullable: true, description: "Type of the candidates; any where absent." })
  readonly targetType?: EntityType | null;

  @Field(() => [RankerEnum], {
    nullable: true,
    description:
      "The first orders the candidates, the others break its ties. RECIPROCAL_RANK_FUSION unless told, or LEARNED where weights are fitted.",
  })
  readonly rankers?: readonly Ranker[] | null;

  @Field(() => Float, {
    nullable: true,
    description:
      "A candidate counts as known from this belief in its relation with the start, 0 to 1; any relation makes it known where absent.",
  })
  readonly knownFrom?: number | null;
}

/** Literature-based discovery over the adjacency in memory. */
@Resolver(() => Discovery)
export class DiscoveryResolver {
  @Query(() => Discovery, {
    description:
      "Open discovery (Swanson's ABC): entities that the start is not known to be related to, by way of linking terms.",
  })
  async discover(
    @Arg("from", () => String, { description: "CURIE of the start, in any known spelling." }) from: string,
    @Args(() => DiscoveryArguments) asked: DiscoveryArguments,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() context: ApiContext,
  ): Promise<Discovery> {
    const start = await knownEntity(context, from, asked.asOf);
    const options = {
      ...toLinkOptions(asked),
      targetType: asked.targetType ?? undefined,
      rankers: asked.rankers ?? undefined,
      knownFrom: asked.knownFrom ?? undefined,
    };
    const question = { from: start.curie, options };
    const version = await context.loaders.graphVersion();
    const request = pageRequest(page, 1, { name: "Query.discover", of: question, version });
    const skip = placeAfter(request);
    const found = await context.discovery.open(start.type, {
      from: start.curie,
      options: { ...options, skip, first: request.limit },
    });
    const candidates = toConnection(found.candidates, request, {
      node: (candidate) => new Candidate(candidate, question),
      cursor: (_, index) => [skip + index + 1],
      count: async () => found.total,
    });
    return new Discovery(candidates, found, question);
  }

  @FieldResolver(() => Entity, { description: "The start." })
  from(@Root() discovery: Discovery, @Ctx() context: ApiContext): Promise<Entity> {
    return knownEntity(context, discovery.fromCurie, discovery.asOf);
  }
}

/** The entity that a candidate is. */
@Resolver(() => Candidate)
export class CandidateResolver {
  @FieldResolver(() => Entity, { description: "The candidate." })
  entity(@Root() candidate: Candidate, @Ctx() context: ApiContext): Promise<Entity> {
    return entityOf(context, candidate.curie, candidate.asOf);
  }
}

/** A candidate's linking terms. */
export const CandidateLinkingResolver = linkingFields(Candidate, "the most believed first");

/** The entity in the middle, with the relations on its two sides. */
@Resolver(() => Linking)
export class LinkingResolver {
  @FieldResolver(() => Entity, { description: "The linking term." })
  entity(@Root() linking: Linking, @Ctx() context: ApiContext): Promise<Entity> {
    return entityOf(context, linking.curie, linking.asOf);
  }

  @FieldResolver(() => [Relation], { description: "Its relations with the start, with their sentences." })
  fromRelations(@Root() linking: Linking, @Ctx() context: ApiContext): Promise<Relation[]> {
    const keys = linking.fromTypes.map((type) => relationId(linking.fromCurie, linking.curie, type));
    return findRelations(context, keys, linking.asOf);
  }

  @FieldResolver(() => [Relation], { description: "Its relations with the candidate, with their sentences." })
  toRelations(@Root() linking: Linking, @Ctx() context: ApiContext): Promise<Relation[]> {
    const keys = linking.toTypes.map((type) => relationId(linking.curie, linking.toCurie, type));
    return findRelations(context, keys, linking.asOf);
  }

  @FieldResolver(() => ChainDirectionEnum, {
    nullable: true,
    description: "How effects run through it, as the papers say; null where they leave it open.",
  })
  async chainDirection(@Root() linking: Linking, @Ctx() context: ApiContext): Promise<ChainDirection | null> {
    return (await chainOf(context, linking)) ?? null;
  }
}

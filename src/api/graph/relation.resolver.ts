/**
 * Relations: found by id or filter, with their ends.
 */
import { Arg, Args, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from "type-graphql";
import { relationId } from "../../core/evidence.js";
import type { RelationType } from "../../core/relation-types.js";
import { countRelations, type RelationOrder, relations } from "../../graph/read/read-relations.js";
import { type Connection, PageArguments, pageRequest, toConnection } from "../platform/connection.js";
import type { ApiContext } from "../platform/context.js";
import { RelationOrderEnum } from "../platform/enums.js";
import { nodeKeyOf } from "../platform/global-id.js";
import { askedYear } from "./asked-values.js";
import { Entity } from "./entity.type.js";
import { relationsOf } from "./entity-links.resolver.js";
import { entityOf, findRelations } from "./lookup.js";
import { Relation, RelationConnection, RelationDirection } from "./relation.type.js";
import { AS_OF, RelationFilter, toRelationQuery } from "./relation-filter.input.js";

/** The types that deny each other. */
const OPPOSITE: Partial<Record<RelationType, RelationType>> = {
  Positive_Correlation: "Negative_Correlation",
  Negative_Correlation: "Positive_Correlation",
};

/** Finding relations, their two ends, and what denies them. */
@Resolver(() => Relation)
export class RelationResolver {
  @Query(() => Relation, { nullable: true, description: "One relation; null where the graph has none." })
  async relation(
    @Arg("id", () => ID, { description: "Its `id`." }) id: string,
    @Arg("asOf", () => Int, { nullable: true, description: AS_OF }) asOf: number | null | undefined,
    @Ctx() context: ApiContext,
  ): Promise<Relation | null> {
    const { key, asOf: own } = nodeKeyOf("Relation", id);
    const [relation] = await findRelations(context, [key], askedYear("asOf", asOf) ?? own);
    return relation ?? null;
  }

  @Query(() => RelationConnection, {
    description: "Relations that pass a filter, the most believed first unless told.",
  })
  async relations(
    @Arg("filter", () => RelationFilter, { nullable: true, description: "Which ones; all where absent." })
    filter: RelationFilter | null | undefined,
    @Arg("order", () => RelationOrderEnum, {
      nullable: true,
      description: "In which order; BELIEF unless told. PAPERS, NEWEST and OLDEST read all that passes.",
    })
    order: RelationOrder | null | undefined,
    @Arg("asOf", () => Int, { nullable: true, description: AS_OF }) asOf: number | null | undefined,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() context: ApiContext,
  ): Promise<Connection<Relation>> {
    const query = toRelationQuery(filter, asOf);
    const placed = order ?? "belief";
    // An end is the shorter way in, where all its other ends may pass.
    if (query.other !== null && query.entityTypes === null) {
      const asked = { query: { ...query, other: null }, order: placed, page };
      return relationsOf(context, "Query.relations", query.other, asked);
    }
    const version = placed === "id" ? {} : { version: await context.loaders.graphVersion() };
    const request = pageRequest(page, 2, { name: "Query.relations", of: [query, placed], ...version });
    return toConnection(await relations(context.database, query, placed, request), request, {
      node: (row) => new Relation(row, query.asOf ?? undefined),
      cursor: (row) => [row.place, row.id],
      count: () => countRelations(context.database, query),
    });
  }

  @FieldResolver(() => Entity, { description: "One end." })
  subject(@Root() relation: Relation, @Ctx() context: ApiContext): Promise<Entity> {
    return entityOf(context, relation.subjectCurie, relation.asOf);
  }

  @FieldResolver(() => Entity, { description: "The other end." })
  object(@Root() relation: Relation, @Ctx() context: ApiContext): Promise<Entity> {
    return entityOf(context, relation.objectCurie, relation.asOf);
  }

  @FieldResolver(() => Boolean, {
    description: "Whether papers also assert the opposite sign between the same two entities.",
  })
  async contradicted(@Root() relation: Relation, @Ctx() context: ApiContext): Promise<boolean> {
    return (await contradictionsOf(context, relation)).length > 0;
  }

  @FieldResolver(() => [Relation], {
    description:
      "Believed relations between the same two entities that assert the opposite sign, with their evidence.",
  })
  contradictions(@Root() relation: Relation, @Ctx() context: ApiContext): Promise<Relation[]> {
    return contradictionsOf(context, relation);
  }

  @FieldResolver(() => RelationDirection, {
    nullable: true,
    description: "Which end acts, as the papers together say; null where none says.",
  })
  async direction(
    @Root() relation: Relation,
    @Ctx() { loaders }: ApiContext,
  ): Promise<RelationDirection | null> {
    const found = await loaders.directionOfRelation({ asOf: relation.asOf }).load(relation.key);
    return found === undefined ? null : new RelationDirection(found, relation.asOf);
  }
}

async function contradictionsOf(context: ApiContext, relation: Relation): Promise<Relation[]> {
  const opposite = OPPOSITE[relation.type];
  if (opposite === undefined) return [];
  const key = relationId(relation.subjectCurie, relation.objectCurie, opposite);
  return (await findRelations(context, [key], relation.asOf)).filter(({ belief }) => belief > 0);
}

/**
 * Relations: found by id or filter, with their ends and the evidence behind them.
 */
import { Arg, Args, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from "type-graphql";
import { relationId } from "../../core/evidence.js";
import type { RelationType } from "../../core/relation-types.js";
import { countRelations, relations } from "../../graph/read/read-relations.js";
import { type Connection, PageArguments, pageRequest, toConnection } from "../platform/connection.js";
import type { ApiContext } from "../platform/context.js";
import { keyOf } from "../platform/global-id.js";
import { relationsOf } from "./entity.resolver.js";
import { Entity } from "./entity.type.js";
import { Evidence, EvidenceConnection } from "./evidence.type.js";
import { canonical, entityOf, findRelations } from "./lookup.js";
import { Relation, RelationConnection, RelationDirection } from "./relation.type.js";
import { AS_OF, RelationFilter, toRelationQuery } from "./relation-filter.input.js";

/** The types that deny each other. */
const OPPOSITE: Partial<Record<RelationType, RelationType>> = {
  Positive_Correlation: "Negative_Correlation",
  Negative_Correlation: "Positive_Correlation",
};

/** Finding relations, their two ends, and the evidence that a belief is made of. */
@Resolver(() => Relation)
export class RelationResolver {
  @Query(() => Relation, { nullable: true, description: "One relation; null where the graph has none." })
  async relation(
    @Arg("id", () => ID, { description: "Its `id`." }) id: string,
    @Arg("asOf", () => Int, { nullable: true, description: AS_OF }) asOf: number | null | undefined,
    @Ctx() context: ApiContext,
  ): Promise<Relation | null> {
    const [relation] = await findRelations(context, [keyOf("Relation", id)], asOf ?? undefined);
    return relation ?? null;
  }

  @Query(() => RelationConnection, { description: "Relations that pass a filter, the most believed first." })
  async relations(
    @Arg("filter", () => RelationFilter, { nullable: true, description: "Which ones; all where absent." })
    filter: RelationFilter | null | undefined,
    @Arg("asOf", () => Int, { nullable: true, description: AS_OF }) asOf: number | null | undefined,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() context: ApiContext,
  ): Promise<Connection<Relation>> {
    const query = toRelationQuery(filter, asOf);
    if (filter?.entity != null) return relationsOf(context, canonical(filter.entity), query, page);
    const request = pageRequest(page, 2);
    return toConnection(await relations(context.database, query, request), request, {
      node: (row) => new Relation(row, query.asOf ?? undefined),
      cursor: (row) => [row.belief, row.id],
      count: () => countRelations(context.database, query),
    });
  }

  @FieldResolver(() => Entity, { description: "One end." })
  subject(@Root() relation: Relation, @Ctx() context: ApiContext): Promise<Entity> {
    return entityOf(context, relation.subjectCurie);
  }

  @FieldResolver(() => Entity, { description: "The other end." })
  object(@Root() relation: Relation, @Ctx() context: ApiContext): Promise<Entity> {
    return entityOf(context, relation.objectCurie);
  }

  @FieldResolver(() => Boolean, {
    description: "Whether papers also assert the opposite sign between the same two entities.",
  })
  async contradicted(@Root() relation: Relation, @Ctx() context: ApiContext): Promise<boolean> {
    const opposite = OPPOSITE[relation.type];
    if (opposite === undefined) return false;
    const key = relationId(relation.subjectCurie, relation.objectCurie, opposite);
    const row = await context.loaders.relation(relation.asOf).load(key);
    return row !== undefined && row.belief > 0;
  }

  @FieldResolver(() => RelationDirection, {
    nullable: true,
    description: "Which end acts, as the papers together say; null where none says.",
  })
  async direction(
    @Root() relation: Relation,
    @Ctx() { loaders }: ApiContext,
  ): Promise<RelationDirection | null> {
    const found = await loaders.directionOfRelation({ asOf: relation.asOf ?? null }).load(relation.key);
    return found === undefined ? null : new RelationDirection(found);
  }

  @FieldResolver(() => EvidenceConnection, {
    description: "The sentences behind it, the most probable first.",
  })
  async evidence(
    @Root() relation: Relation,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { loaders }: ApiContext,
  ): Promise<Connection<Evidence>> {
    const request = pageRequest(page, 2);
    const filter = { asOf: relation.asOf ?? null };
    return toConnection(await loaders.evidenceOfRelation(filter, request).load(relation.key), request, {
      node: (row) => new Evidence(row),
      cursor: (row) => [row.probability, row.id],
      count: () => loaders.evidenceCountOfRelation(filter).load(relation.key),
    });
  }
}

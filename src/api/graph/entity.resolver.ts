/**
 * Entities: found by CURIE or by search, with their relations and neighbours.
 */
import { Arg, Args, Ctx, FieldResolver, Int, Query, Resolver, Root } from "type-graphql";
import { BioWeftError } from "../../core/errors.js";
import type { EntityType } from "../../core/relation-types.js";
import { countSearchedEntities, searchEntities } from "../../graph/read/read-entities.js";
import type { RelationQuery } from "../../graph/read/read-relations.js";
import { type Connection, PageArguments, pageRequest, toConnection } from "../platform/connection.js";
import type { ApiContext } from "../platform/context.js";
import { EntityTypeEnum } from "../platform/enums.js";
import { Entity, EntityConnection } from "./entity.type.js";
import { canonical, findEntity } from "./lookup.js";
import { Neighbour, NeighbourConnection } from "./neighbour.type.js";
import { Relation, RelationConnection } from "./relation.type.js";
import {
  AS_OF,
  LinkFilterInput,
  RelationFilter,
  toNeighbourQuery,
  toRelationQuery,
} from "./relation-filter.input.js";

/** How many CURIEs one `entities` may ask for. */
const MAX_ENTITIES = 1000;

/** Finding entities, and what hangs on one: relations and neighbours, read in batches. */
@Resolver(() => Entity)
export class EntityResolver {
  @Query(() => Entity, { nullable: true, description: "One entity; null where the graph has none." })
  entity(
    @Arg("curie", () => String, { description: "Its CURIE, in any known spelling." }) curie: string,
    @Ctx() context: ApiContext,
  ): Promise<Entity | null> {
    return findEntity(context, curie);
  }

  @Query(() => [Entity], {
    nullable: "items",
    description: "Many entities, in the order of the CURIEs; null for each that the graph does not have.",
  })
  entities(
    @Arg("curies", () => [String], { description: "At most 1000 CURIEs, in any known spelling." })
    curies: string[],
    @Ctx() context: ApiContext,
  ): Promise<(Entity | null)[]> {
    if (curies.length > MAX_ENTITIES) {
      throw new BioWeftError(
        "BAD_INPUT",
        `${curies.length} CURIEs in one request; ask for at most ${MAX_ENTITIES}`,
      );
    }
    return Promise.all(curies.map((curie) => findEntity(context, curie)));
  }

  @Query(() => EntityConnection, {
    description:
      "Finds entities by name, synonym or CURIE: exact matches, then prefixes, then near misspellings.",
  })
  async searchEntities(
    @Arg("text", () => String, { description: "What to look for." }) text: string,
    @Arg("types", () => [EntityTypeEnum], { nullable: true, description: "Only these types." })
    types: EntityType[] | null | undefined,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { database }: ApiContext,
  ): Promise<Connection<Entity>> {
    const search = { text, curie: canonical(text), types: types ?? null };
    const request = pageRequest(page, 3);
    return toConnection(await searchEntities(database, search, request), request, {
      node: (row) => new Entity(row),
      cursor: (row) => [row.rank, row.score, row.curie],
      count: () => countSearchedEntities(database, search),
    });
  }

  @FieldResolver(() => RelationConnection, { description: "Its relations, the most believed first." })
  async relations(
    @Root() entity: Entity,
    @Arg("filter", () => RelationFilter, { nullable: true, description: "Which ones." })
    filter: RelationFilter | null | undefined,
    @Arg("asOf", () => Int, { nullable: true, description: AS_OF }) asOf: number | null | undefined,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() context: ApiContext,
  ): Promise<Connection<Relation>> {
    return relationsOf(context, entity.curie, toRelationQuery(filter, asOf), page);
  }

  @FieldResolver(() => NeighbourConnection, {
    description: "The entities that it is related to, the most believed first.",
  })
  async neighbours(
    @Root() entity: Entity,
    @Arg("filter", () => LinkFilterInput, { nullable: true, description: "Which links count." })
    filter: LinkFilterInput | null | undefined,
    @Arg("asOf", () => Int, { nullable: true, description: AS_OF }) asOf: number | null | undefined,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { loaders }: ApiContext,
  ): Promise<Connection<Neighbour>> {
    const request = pageRequest(page, 2);
    const query = toNeighbourQuery(filter, asOf);
    return toConnection(await loaders.neighboursOfEntity(query, request).load(entity.curie), request, {
      node: (row) => new Neighbour(row, asOf ?? undefined),
      cursor: (row) => [row.belief, row.neighbour],
      count: () => loaders.neighbourCountOfEntity(query).load(entity.curie),
    });
  }
}

/** One page of an entity's relations, as they are or as of a year. */
export async function relationsOf(
  { loaders }: ApiContext,
  curie: string,
  query: RelationQuery,
  page: PageArguments,
): Promise<Connection<Relation>> {
  const request = pageRequest(page, 2);
  return toConnection(await loaders.relationsOfEntity(query, request).load(curie), request, {
    node: (row) => new Relation(row, query.asOf ?? undefined),
    cursor: (row) => [row.belief, row.id],
    count: () => loaders.relationCountOfEntity(query).load(curie),
  });
}

/**
 * What hangs on an entity: its relations, how many there are of which kind, and its neighbours; read in batches for all
 * entities of an answer.
 */
import { Arg, Args, Ctx, FieldResolver, Int, Resolver, Root } from "type-graphql";
import type { RelationOrder, RelationQuery } from "../../graph/read/read-relations.js";
import { type Connection, PageArguments, pageRequest, toConnection } from "../platform/connection.js";
import type { ApiContext } from "../platform/context.js";
import { RelationOrderEnum } from "../platform/enums.js";
import { Entity } from "./entity.type.js";
import { entityOf } from "./lookup.js";
import { Neighbour, NeighbourConnection } from "./neighbour.type.js";
import { EntityRelationConnection, Relation } from "./relation.type.js";
import { RelationCounts } from "./relation-counts.type.js";
import {
  AS_OF,
  LinkFilterInput,
  RelationFilter,
  toNeighbourQuery,
  toRelationQuery,
} from "./relation-filter.input.js";

/** What `asOf` means on a thing that may itself be as of a year. */
const AS_OF_HERE = `${AS_OF} The entity's own year unless told.`;

/** An entity's relations and neighbours. */
@Resolver(() => Entity)
export class EntityLinksResolver {
  @FieldResolver(() => EntityRelationConnection, {
    description: "Its relations, the most believed first unless told.",
  })
  relations(
    @Root() entity: Entity,
    @Arg("filter", () => RelationFilter, { nullable: true, description: "Which ones." })
    filter: RelationFilter | null | undefined,
    @Arg("order", () => RelationOrderEnum, {
      nullable: true,
      description: "In which order; BELIEF unless told.",
    })
    order: RelationOrder | null | undefined,
    @Arg("asOf", () => Int, { nullable: true, description: AS_OF_HERE }) asOf: number | null | undefined,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() context: ApiContext,
  ): Promise<Connection<Relation>> {
    const query = toRelationQuery(filter, asOf ?? entity.asOf);
    return relationsOf(context, "Entity.relations", entity.curie, { query, order: order ?? "belief", page });
  }

  @FieldResolver(() => RelationCounts, {
    description:
      "How many of its relations there are of each type, to each type of entity, and of each first year.",
  })
  async relationCounts(
    @Root() entity: Entity,
    @Arg("filter", () => RelationFilter, { nullable: true, description: "Which ones count." })
    filter: RelationFilter | null | undefined,
    @Arg("asOf", () => Int, { nullable: true, description: AS_OF_HERE }) asOf: number | null | undefined,
    @Ctx() { loaders }: ApiContext,
  ): Promise<RelationCounts> {
    const query = toRelationQuery(filter, asOf ?? entity.asOf);
    return new RelationCounts(await loaders.relationCountsOfEntity(query).load(entity.curie));
  }

  @FieldResolver(() => Int, {
    description:
      "How many entities it is related to: the length of `neighbours`, and what discovery means by degree.",
  })
  degree(@Root() entity: Entity, @Ctx() { loaders }: ApiContext): Promise<number> {
    return loaders.neighbourCountOfEntity(toNeighbourQuery(null, entity.asOf)).load(entity.curie);
  }

  @FieldResolver(() => NeighbourConnection, {
    description: "The entities that it is related to, the most believed first.",
  })
  async neighbours(
    @Root() entity: Entity,
    @Arg("filter", () => LinkFilterInput, { nullable: true, description: "Which links count." })
    filter: LinkFilterInput | null | undefined,
    @Arg("asOf", () => Int, { nullable: true, description: AS_OF_HERE }) asOf: number | null | undefined,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { loaders }: ApiContext,
  ): Promise<Connection<Neighbour>> {
    const query = toNeighbourQuery(filter, asOf ?? entity.asOf);
    const list = {
      name: "Entity.neighbours",
      of: [entity.curie, query],
      version: await loaders.graphVersion(),
    };
    const request = pageRequest(page, 2, list);
    const { limit, after } = request;
    return toConnection(
      await loaders.neighboursOfEntity(query, { limit, after }).load(entity.curie),
      request,
      {
        node: (row) => new Neighbour(row, query.asOf ?? undefined),
        cursor: (row) => [row.belief, row.neighbour],
        count: () => loaders.neighbourCountOfEntity(query).load(entity.curie),
      },
    );
  }
}

/** A row of an entity's relations, which knows whose it is. */
interface EntityRelationEdge {
  readonly node: Relation;
  readonly of: string;
}

/** The end of a relation that the list is not of. */
@Resolver(() => EntityRelationConnection.Edge)
export class EntityRelationEdgeResolver {
  @FieldResolver(() => Entity, { description: "The other end." })
  other(@Root() { node, of }: EntityRelationEdge, @Ctx() context: ApiContext): Promise<Entity> {
    return entityOf(context, node.subjectCurie === of ? node.objectCurie : node.subjectCurie, node.asOf);
  }
}

/** One page of an entity's relations, as they are or as of a year. */
export async function relationsOf(
  { loaders }: ApiContext,
  name: string,
  curie: string,
  asked: { readonly query: RelationQuery; readonly order: RelationOrder; readonly page: PageArguments },
): Promise<Connection<Relation>> {
  const { query, order, page } = asked;
  const version = order === "id" ? {} : { version: await loaders.graphVersion() };
  const request = pageRequest(page, 2, { name, of: [curie, query, order], ...version });
  const { limit, after } = request;
  return toConnection(await loaders.relationsOfEntity(query, order, { limit, after }).load(curie), request, {
    node: (row) => new Relation(row, query.asOf ?? undefined),
    cursor: (row) => [row.place, row.id],
    count: () => loaders.relationCountOfEntity(query).load(curie),
    edge: { of: curie },
  });
}

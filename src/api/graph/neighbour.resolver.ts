/**
 * What hangs on a neighbour: the entity itself and the relations that make it one.
 */
import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../platform/context.js";
import { Entity } from "./entity.type.js";
import { entityOf, findRelations } from "./lookup.js";
import { Neighbour } from "./neighbour.type.js";
import { Relation } from "./relation.type.js";

/** The entity and the relations behind a neighbour, read when they are asked for. */
@Resolver(() => Neighbour)
export class NeighbourResolver {
  @FieldResolver(() => Entity, { description: "The neighbour." })
  entity(@Root() neighbour: Neighbour, @Ctx() context: ApiContext): Promise<Entity> {
    return entityOf(context, neighbour.curie, neighbour.asOf);
  }

  @FieldResolver(() => [Relation], { description: "The relations that passed, the most believed first." })
  relations(@Root() neighbour: Neighbour, @Ctx() context: ApiContext): Promise<Relation[]> {
    return findRelations(context, neighbour.relationKeys, neighbour.asOf);
  }
}

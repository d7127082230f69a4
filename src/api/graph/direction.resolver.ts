/**
 * The entity that acts, as a relation's papers together say; one paper's evidence has its own (publication.resolver.ts).
 */
import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../platform/context.js";
import { Entity } from "./entity.type.js";
import { entityOf } from "./lookup.js";
import { RelationDirection } from "./relation.type.js";

/** Finds the entity of an end by its CURIE. */
@Resolver(() => RelationDirection)
export class RelationDirectionResolver {
  @FieldResolver(() => Entity, {
    nullable: true,
    description: "The end that acts; null where the papers rather say that neither does.",
  })
  async subject(
    @Root() { subjectCurie, asOf }: RelationDirection,
    @Ctx() context: ApiContext,
  ): Promise<Entity | null> {
    return subjectCurie === null ? null : entityOf(context, subjectCurie, asOf);
  }
}

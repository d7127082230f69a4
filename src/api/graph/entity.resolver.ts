/**
 * Entities: found by CURIE or by search.
 */
import { Arg, Args, Ctx, FieldResolver, Int, Query, Resolver, Root } from "type-graphql";
import { canonicalCurie } from "../../core/curie.js";
import { BioWeftError } from "../../core/errors.js";
import type { EntityType } from "../../core/relation-types.js";
import { countSearchedEntities, searchEntities } from "../../graph/read/read-entities.js";
import { type Connection, PageArguments, pageRequest, toConnection } from "../platform/connection.js";
import type { ApiContext } from "../platform/context.js";
import { EntityTypeEnum } from "../platform/enums.js";
import { askedYear, oneOfSome } from "./asked-values.js";
import { Entity, EntityConnection } from "./entity.type.js";
import { findEntity } from "./lookup.js";
import { AS_OF } from "./relation-filter.input.js";

/** How many CURIEs one `entities` may ask for. */
const MAX_ENTITIES = 1000;

/** Finding entities. */
@Resolver(() => Entity)
export class EntityResolver {
  @Query(() => Entity, {
    nullable: true,
    description:
      "One entity; null where the graph has none or, as of a year, no paper of until then mentions it.",
  })
  entity(
    @Arg("curie", () => String, { description: "Its CURIE, in any known spelling." }) curie: string,
    @Arg("asOf", () => Int, { nullable: true, description: AS_OF }) asOf: number | null | undefined,
    @Ctx() context: ApiContext,
  ): Promise<Entity | null> {
    return findEntity(context, curie, askedYear("asOf", asOf));
  }

  @Query(() => [Entity], {
    nullable: "items",
    description: "Many entities, in the order of the CURIEs; null for each that the graph does not have.",
  })
  entities(
    @Arg("curies", () => [String], { description: "At most 1000 CURIEs, in any known spelling." })
    curies: string[],
    @Arg("asOf", () => Int, { nullable: true, description: AS_OF }) asOf: number | null | undefined,
    @Ctx() context: ApiContext,
  ): Promise<(Entity | null)[]> {
    if (curies.length > MAX_ENTITIES) {
      throw new BioWeftError(
        "BAD_INPUT",
        `${curies.length} CURIEs in one request; ask for at most ${MAX_ENTITIES}`,
      );
    }
    const year = askedYear("asOf", asOf);
    return Promise.all(curies.map((curie) => findEntity(context, curie, year)));
  }

  @Query(() => EntityConnection, {
    description:
      "Finds entities by name, synonym or CURIE: exact matches, then prefixes, then near misspellings. Kinds of apostrophes, hyphens, accents, plurals and Greek letters make no difference.",
  })
  async searchEntities(
    @Arg("text", () => String, { description: "What to look for." }) text: string,
    @Arg("types", () => [EntityTypeEnum], { nullable: true, description: "Only these types." })
    types: EntityType[] | null | undefined,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { database }: ApiContext,
  ): Promise<FoundEntities> {
    const search = {
      text,
      curie: canonicalCurie(text),
      types: oneOfSome("types", types),
    };
    const request = pageRequest(page, 3, { name: "Query.searchEntities", of: search });
    let counted: ReturnType<typeof countSearchedEntities> | undefined;
    const counts = () => {
      counted ??= countSearchedEntities(database, search);
      return counted;
    };
    const found = toConnection(await searchEntities(database, search, request), request, {
      node: (row) => new Entity(row),
      cursor: (row) => [row.rank, row.score, row.curie],
      count: async () => (await counts()).count,
    });
    return { ...found, isComplete: async () => (await counts()).complete };
  }
}

/** A page of found entities. */
interface FoundEntities extends Connection<Entity> {
  readonly isComplete: () => Promise<boolean>;
}

/** Whether a search was exhaustive. */
@Resolver(() => EntityConnection)
export class FoundEntitiesResolver {
  @FieldResolver(() => Boolean, {
    description:
      "Whether all that the search could find is in the list: of very many hits only the nearest 5,000 are.",
  })
  complete(@Root() found: FoundEntities): Promise<boolean> {
    return found.isComplete();
  }
}

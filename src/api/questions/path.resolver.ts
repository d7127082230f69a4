/**
 * Paths: the search runs on the in-memory adjacency, relations and sentences come from the graph.
 */
import { Arg, Args, Ctx, FieldResolver, Int, Query, Resolver, Root } from "type-graphql";
import { BioWeftError } from "../../core/errors.js";
import { relationId } from "../../core/evidence.js";
import { askedYear, canonicalId } from "../graph/asked-values.js";
import { Entity } from "../graph/entity.type.js";
import { entityOf, findRelations, knownEntity } from "../graph/lookup.js";
import { Relation } from "../graph/relation.type.js";
import { AS_OF } from "../graph/relation-filter.input.js";
import { PageArguments, pageRequest, placeAfter, toRows } from "../platform/connection.js";
import type { ApiContext } from "../platform/context.js";
import { askedSources } from "./linking-arguments.js";
import { Hop, Path, PathFilter, PathSearch } from "./path.type.js";

/** How far paths can be walked: all that stand before a page are searched for again. */
const MOST_PATHS = 10_000;

/** Ranked paths between two entities, over the adjacency in memory. */
@Resolver(() => PathSearch)
export class PathResolver {
  @Query(() => PathSearch, {
    description: "Simple paths between two entities, by the product of beliefs with a penalty for hubs.",
  })
  async paths(
    @Arg("from", () => String, { description: "CURIE of the start, in any known spelling." }) from: string,
    @Arg("to", () => String, { description: "CURIE of the end, in any known spelling." }) to: string,
    @Arg("maxHops", () => Int, {
      nullable: true,
      defaultValue: 3,
      description: "Longest path, 1 to 4 hops; 3 unless told.",
    })
    askedHops: number | null | undefined,
    @Arg("filter", () => PathFilter, { nullable: true, description: "Which relations may be used." })
    filter: PathFilter | null | undefined,
    @Arg("asOf", () => Int, {
      nullable: true,
      description: AS_OF,
    })
    asOf: number | null | undefined,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() context: ApiContext,
  ): Promise<PathSearch> {
    const maxHops = askedHops ?? 3;
    if (maxHops < 1 || maxHops > 4) {
      throw new BioWeftError("BAD_INPUT", `maxHops is ${maxHops}; ask for 1 to 4 hops`);
    }
    const year = askedYear("asOf", asOf) ?? undefined;
    const ends = await Promise.all([knownEntity(context, from, year), knownEntity(context, to, year)]);
    const question = { from: ends[0].curie, to: ends[1].curie };
    const options = { maxHops, asOf: year, ...toPathFilter(filter ?? {}) };
    const version = await context.loaders.graphVersion();
    const request = pageRequest(page, 1, { name: "Query.paths", of: [question, options], version });
    const skip = placeAfter(request, MOST_PATHS);
    const found = await context.discovery.paths({
      ...question,
      options: { ...options, skip, first: request.limit },
    });
    const paths = toRows(found.paths, request, {
      node: (path) => new Path(path, year),
      cursor: (_, index) => [skip + index + 1],
    });
    return new PathSearch(paths, found);
  }
}

/** The two ends of a hop and the relations that it goes by. */
@Resolver(() => Hop)
export class HopResolver {
  @FieldResolver(() => Entity, { description: "Where the hop begins." })
  from(@Root() hop: Hop, @Ctx() context: ApiContext): Promise<Entity> {
    return entityOf(context, hop.fromCurie, hop.asOf);
  }

  @FieldResolver(() => Entity, { description: "Where the hop ends." })
  to(@Root() hop: Hop, @Ctx() context: ApiContext): Promise<Entity> {
    return entityOf(context, hop.toCurie, hop.asOf);
  }

  @FieldResolver(() => [Relation], { description: "The relations between the two, with their evidence." })
  relations(@Root() hop: Hop, @Ctx() context: ApiContext): Promise<Relation[]> {
    const keys = hop.relationTypes.map((type) => relationId(hop.fromCurie, hop.toCurie, type));
    return findRelations(context, keys, hop.asOf);
  }
}

/** The filter as the search takes it. */
function toPathFilter({
  types,
  sourceKinds,
  minBelief,
  minPapers,
  via,
  maxLinkingDegree,
  excluded,
}: PathFilter) {
  return {
    types: types == null ? undefined : new Set(types),
    sources: askedSources(sourceKinds),
    minBelief: minBelief ?? undefined,
    minPapers: minPapers ?? undefined,
    via: via ?? undefined,
    maxLinkingDegree: maxLinkingDegree ?? undefined,
    excluded: excluded?.map(canonicalId),
  };
}

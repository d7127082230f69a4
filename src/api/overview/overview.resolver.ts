/**
 * What the server has, and the way back from an id to the thing itself.
 */
import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver } from "type-graphql";
import { readCorpora, readFirstYear, readGraphStats, readGraphVersion } from "../../graph/read/read-stats.js";
import { ExtractionJob } from "../extraction/extraction.type.js";
import { Evidence } from "../graph/evidence.type.js";
import { findEntity, findRelations } from "../graph/lookup.js";
import { findPublication } from "../graph/publication.resolver.js";
import type { ApiContext } from "../platform/context.js";
import { parseGlobalId } from "../platform/global-id.js";
import { Node } from "../platform/node.type.js";
import { Corpus, GraphStats, Health, Model, Viewer } from "./overview.type.js";

/** What answers later than this does not answer at once. */
const ANSWER_MILLIS = 700;

/** What the server has: models, the size of its graph, and anything by its global id. */
@Resolver()
export class OverviewResolver {
  @Query(() => [Model], { description: "The relation classifiers that the server has loaded." })
  models(@Ctx() { models }: ApiContext): Model[] {
    return models.map((info) => new Model(info));
  }

  @Query(() => [Corpus], { description: "The annotated corpora that the graph's documents are of, by name." })
  async corpora(@Ctx() { database }: ApiContext): Promise<Corpus[]> {
    return (await readCorpora(database)).map((row) => new Corpus(row));
  }

  @Query(() => Health, { description: "Whether the server can do its work." })
  async health(@Ctx() { database, models }: ApiContext): Promise<Health> {
    return new Health(await database.answers(ANSWER_MILLIS), models.length > 0);
  }

  @Query(() => Viewer, {
    description: "Who asks: by which name judgements are kept, and whether a key is needed to make them.",
  })
  viewer(@Ctx() { caller }: ApiContext): Viewer {
    return new Viewer(caller);
  }

  @Query(() => GraphStats, { description: "How much the graph holds." })
  async graphStats(@Ctx() { database }: ApiContext): Promise<GraphStats> {
    const [counts, version] = await Promise.all([readGraphStats(database), readGraphVersion(database)]);
    return new GraphStats(counts, version);
  }

  @Query(() => Node, { nullable: true, description: "Anything by its `id`; null where it is gone." })
  async node(
    @Arg("id", () => ID, { description: "The `id` of an earlier answer." }) id: string,
    @Ctx() context: ApiContext,
  ): Promise<Node | null> {
    const { type, key, asOf } = parseGlobalId(id);
    switch (type) {
      case "Entity":
        return findEntity(context, key, asOf);
      case "Relation":
        return (await findRelations(context, [key], asOf))[0] ?? null;
      case "Publication":
        return findPublication(context, key);
      case "Evidence": {
        const row = await context.loaders.evidence.load(key);
        return row === undefined ? null : new Evidence(row, asOf);
      }
      case "ExtractionJob": {
        const job = await context.jobs.job(key);
        return job === undefined ? null : new ExtractionJob(job);
      }
      case "Model": {
        const info = context.models.find((model) => model.id === key);
        return info === undefined ? null : new Model(info);
      }
    }
  }
}

/** What of the graph's extent is asked for alone. */
@Resolver(() => GraphStats)
export class GraphStatsResolver {
  @FieldResolver(() => Int, {
    nullable: true,
    description: "Year of the oldest paper, from which on the past can be asked; null where none has a year.",
  })
  async firstYear(@Ctx() { database }: ApiContext): Promise<number | null> {
    return (await readFirstYear(database)) ?? null;
  }
}

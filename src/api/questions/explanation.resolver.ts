/**
 * Closed discovery: the search runs on the in-memory adjacency, relations, directions and sentences come from the graph. What
 * costs more than the pair itself (the rankers, the directions) is computed only where it is asked for.
 */
import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import { relationId } from "../../core/evidence.js";
import { RANKERS, type Ranker } from "../../core/ranker.js";
import { predictedEffect } from "../../discovery/linking.js";
import { Entity } from "../graph/entity.type.js";
import { findRelations, knownEntity } from "../graph/lookup.js";
import { Relation } from "../graph/relation.type.js";
import type { ApiContext } from "../platform/context.js";
import { RankerEnum } from "../platform/enums.js";
import { chainOf } from "./chain-of.js";
import { ScoreNumber } from "./discovery.type.js";
import { Effect, Explanation, PairRank } from "./explanation.type.js";
import { LinkingArguments, toLinkOptions } from "./linking-arguments.js";
import { linkingFields } from "./linking-fields.js";

/** Linking terms with a sign whose directions are asked for, the best first: what lies behind them weighs next to nothing. */
const DIRECTED_TERMS = 500;

/** Explains a pair. */
@Resolver(() => Explanation)
export class ExplanationResolver {
  @Query(() => Explanation, {
    description:
      "Closed discovery: why two entities may be related, by way of what, and whether they are known to be.",
  })
  async explain(
    @Arg("from", () => String, { description: "CURIE of the start, in any known spelling." }) from: string,
    @Arg("to", () => String, { description: "CURIE of the end, in any known spelling." }) to: string,
    @Args(() => LinkingArguments) asked: LinkingArguments,
    @Ctx() context: ApiContext,
  ): Promise<Explanation> {
    const ends = await Promise.all([
      knownEntity(context, from, asked.asOf),
      knownEntity(context, to, asked.asOf),
    ]);
    const pair = { from: ends[0], to: ends[1], options: toLinkOptions(asked) };
    const question = { from: ends[0].curie, to: ends[1].curie, options: pair.options };
    return new Explanation(await context.discovery.closed(question), pair);
  }

  @FieldResolver(() => Entity, { description: "The start." })
  from(@Root() explanation: Explanation): Entity {
    return explanation.pair.from;
  }

  @FieldResolver(() => Entity, { description: "The end." })
  to(@Root() explanation: Explanation): Entity {
    return explanation.pair.to;
  }

  @FieldResolver(() => [Relation], {
    description: "The direct relations that were known, with their sentences; none for a discovery.",
  })
  directRelations(@Root() { pair, directTypes }: Explanation, @Ctx() context: ApiContext) {
    const keys = directTypes.map((type) => relationId(pair.from.curie, pair.to.curie, type));
    return findRelations(context, keys, pair.options.asOf);
  }

  @FieldResolver(() => Effect, {
    description:
      "What the linking terms predict, by the types of their relations and by who acts in them, where papers say.",
  })
  async effect(@Root() { terms }: Explanation, @Ctx() context: ApiContext): Promise<Effect> {
    const signed = terms.filter(({ predictedSign }) => predictedSign !== 0);
    const [asked, rest] = [signed.slice(0, DIRECTED_TERMS), signed.slice(DIRECTED_TERMS)];
    const chains = await Promise.all(asked.map((term) => chainOf(context, term)));
    const counted = asked.filter((_, index) => chains[index] !== "CommonEffect");
    return new Effect(predictedEffect([...counted, ...rest]), asked.length - counted.length);
  }

  @FieldResolver(() => [PairRank], {
    description:
      "What the rankers make of the end, and its place among all candidates of its type. Where the two are known to be related, that relation counts in its favour: ask as of a year before.",
  })
  async scores(
    @Root() { pair }: Explanation,
    @Arg("rankers", () => [RankerEnum], {
      nullable: true,
      description: "These; all that can be asked where absent.",
    })
    rankers: readonly Ranker[] | null | undefined,
    @Ctx() context: ApiContext,
  ): Promise<PairRank[]> {
    const asked = rankers ?? RANKERS.filter((ranker) => ranker !== "Learned" || canLearn(context, pair));
    return scoresOf(context, pair, asked);
  }

  @FieldResolver(() => [ScoreNumber], {
    nullable: true,
    description:
      "What each feature adds to the learned ranker's score, in log-odds, the largest first; null where no weights are fitted for the two types.",
  })
  async contributions(@Root() { pair }: Explanation, @Ctx() context: ApiContext) {
    if (!canLearn(context, pair)) return null;
    const [learned] = await scoresOf(context, pair, ["Learned"]);
    return learned === undefined
      ? null
      : [...learned.numbers].sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
  }
}

/** A pair's linking terms. */
export const PairLinkingResolver = linkingFields(Explanation, "the highest score first");

function canLearn({ discovery }: ApiContext, { from, to }: Explanation["pair"]): boolean {
  return discovery.hasLearned(from.type, to.type);
}

async function scoresOf(
  context: ApiContext,
  { from, to, options }: Explanation["pair"],
  rankers: readonly Ranker[],
): Promise<PairRank[]> {
  const question = { from: from.curie, to: to.curie, options: { ...options, rankers } };
  const { scores } = await context.discovery.scores([from.type, to.type], question);
  return scores.map((score) => new PairRank(score));
}

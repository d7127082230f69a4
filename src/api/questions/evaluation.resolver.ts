/**
 * Judging the rankers on the graph itself: time-sliced only, in a thread of its own.
 */
import { Max, Min } from "class-validator";
import { Args, ArgsType, Ctx, Field, Int, Query, Resolver } from "type-graphql";
import { BioWeftError } from "../../core/errors.js";
import { RANKERS, type Ranker } from "../../core/ranker.js";
import type { EntityType } from "../../core/relation-types.js";
import type { ApiContext } from "../platform/context.js";
import { DiscoverySplitEnum, EntityTypeEnum, RankerEnum } from "../platform/enums.js";
import { DiscoveryEvaluation } from "./evaluation.type.js";

const MOST_QUERIES = 400;

@ArgsType()
class EvaluationArguments {
  @Field(() => Int, { description: "The last year that rankers may see." })
  readonly cutoff: number = 0;

  @Field(() => Int, { description: "The last year whose new pairs are gold." })
  readonly until: number = 0;

  @Field(() => EntityTypeEnum, { description: "Type of the entities that are asked about." })
  readonly fromType: EntityType = "Disease";

  @Field(() => EntityTypeEnum, { description: "Type of the candidates." })
  readonly targetType: EntityType = "Gene";

  @Field(() => [RankerEnum], { nullable: true, description: "These, beside degree; all where absent." })
  readonly rankers?: readonly Ranker[] | null;

  @Min(1)
  @Max(MOST_QUERIES)
  @Field(() => Int, {
    defaultValue: 100,
    description: `Entities to ask about, drawn at random, at most ${MOST_QUERIES}; 100 unless told.`,
  })
  readonly queries: number = 100;

  @Field(() => Int, { defaultValue: 42, description: "Of the draw; 42 unless told." })
  readonly seed: number = 42;

  @Field(() => DiscoverySplitEnum, {
    defaultValue: "Time",
    description: "How gold is held back; only TIME is answered.",
  })
  readonly split: string = "Time";
}

/** Judges the rankers. */
@Resolver()
export class EvaluationResolver {
  @Query(() => DiscoveryEvaluation, {
    description:
      "How well each ranker finds what became known after a cutoff, on this graph. Takes seconds to a minute; the learned ranker is fitted on the years before the cutoff.",
  })
  async evaluateDiscovery(
    @Args(() => EvaluationArguments) { split, rankers, ...asked }: EvaluationArguments,
    @Ctx() { discovery }: ApiContext,
  ): Promise<DiscoveryEvaluation> {
    if (split === "Random") {
      const reason =
        "a random split shows a ranker what was found because of the pair that it is to find; ask for split TIME, gold is what became known after the cutoff";
      throw new BioWeftError("BAD_INPUT", reason);
    }
    if (asked.until <= asked.cutoff) {
      const reason = `until ${asked.until} is not after the cutoff ${asked.cutoff}; only pairs that are new after it are gold`;
      throw new BioWeftError("BAD_INPUT", reason);
    }
    const options = { ...asked, rankers: rankers ?? RANKERS };
    return new DiscoveryEvaluation(await discovery.judge({ options }));
  }
}

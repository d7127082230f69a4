/** Saving questions, forgetting them, and following what changes in their answers. */
import {
  Arg,
  Args,
  ArgsType,
  Ctx,
  Field,
  FieldResolver,
  Float,
  ID,
  Mutation,
  Query,
  Resolver,
  Root,
  Subscription,
} from "type-graphql";
import { BioWeftError } from "../../core/errors.js";
import type { EntityType } from "../../core/relation-types.js";
import { required } from "../../core/required.js";
import type { StandingChange as Change } from "../../core/standing-question.js";
import { Entity } from "../graph/entity.type.js";
import { findEntity, knownEntity } from "../graph/lookup.js";
import type { ApiContext } from "../platform/context.js";
import { EntityTypeEnum } from "../platform/enums.js";
import { StandingChange, StandingQuestion, StandingRank } from "./standing.type.js";

@ArgsType()
class SavedArguments {
  @Field(() => String, { description: "CURIE of the start, in any known spelling." })
  readonly from: string = "";

  @Field(() => String, {
    nullable: true,
    description: "CURIE of the end: a closed question; open where absent.",
  })
  readonly to?: string | null;

  @Field(() => EntityTypeEnum, { nullable: true, description: "Type of an open question's candidates." })
  readonly targetType?: EntityType | null;

  @Field(() => Float, {
    nullable: true,
    description: "Belief from which a direct relation is taken for known, 0 to 1.",
  })
  readonly knownFrom?: number | null;

  @Field(() => Float, { nullable: true, description: "Least belief of a relation, 0 to 1." })
  readonly minBelief?: number | null;
}

/** Saved questions. */
@Resolver(() => StandingQuestion)
export class StandingResolver {
  @Query(() => [StandingQuestion], {
    description: "The saved questions with their last answers, the oldest first.",
  })
  async standingQuestions(@Ctx() { standing }: ApiContext): Promise<StandingQuestion[]> {
    return (await standing.all()).map((saved) => new StandingQuestion(saved));
  }

  @Mutation(() => StandingQuestion, {
    description:
      "Saves a question of discovery, open or closed, to be asked again whenever the graph changes.",
  })
  async saveQuestion(
    @Args(() => SavedArguments) asked: SavedArguments,
    @Ctx() context: ApiContext,
  ): Promise<StandingQuestion> {
    const from = await knownEntity(context, asked.from);
    const to = asked.to == null ? undefined : await knownEntity(context, asked.to);
    const saved = await context.standing.save({
      from: from.curie,
      ...(to === undefined ? {} : { to: to.curie }),
      ...(asked.targetType == null ? {} : { targetType: asked.targetType }),
      ...(asked.knownFrom == null ? {} : { knownFrom: asked.knownFrom }),
      ...(asked.minBelief == null ? {} : { minBelief: asked.minBelief }),
    });
    return new StandingQuestion(saved);
  }

  @Mutation(() => Boolean, { description: "Forgets a saved question; false where there was none." })
  removeQuestion(
    @Arg("id", () => ID, { description: "Its `id`." }) id: string,
    @Ctx() { standing }: ApiContext,
  ): Promise<boolean> {
    if (id.trim() === "") {
      throw new BioWeftError(
        "BAD_INPUT",
        "the id is blank; `standingQuestions` gives the ids of saved questions",
      );
    }
    return standing.remove(id);
  }

  @Subscription(() => StandingChange, {
    description: "What changes in the answer to a saved question: places, and first direct relations.",
    subscribe: ({ args, context }) => follow(context, required(args.id, "the id of a subscription")),
  })
  standingChanges(
    @Root() change: Change,
    @Arg("id", () => ID, { description: "The question's `id`." }) _id: string,
  ): StandingChange {
    return new StandingChange(change);
  }

  @FieldResolver(() => Entity, { nullable: true, description: "The start; null where the graph lost it." })
  from(@Root() { fromCurie }: StandingQuestion, @Ctx() context: ApiContext): Promise<Entity | null> {
    return findEntity(context, fromCurie);
  }

  @FieldResolver(() => Entity, {
    nullable: true,
    description: "A closed question's end; null for an open one.",
  })
  async to(@Root() { toCurie }: StandingQuestion, @Ctx() context: ApiContext): Promise<Entity | null> {
    return toCurie === undefined ? null : findEntity(context, toCurie);
  }

  @FieldResolver(() => [Entity], { description: "Those asked about that are related to the start directly." })
  direct(@Root() { directCuries }: StandingQuestion, @Ctx() context: ApiContext): Promise<Entity[]> {
    return entities(context, directCuries);
  }
}

/** What changed. */
@Resolver(() => StandingChange)
export class StandingChangeResolver {
  @FieldResolver(() => [Entity], { description: "What has its first direct relation with the start now." })
  firstDirect(@Root() { directCuries }: StandingChange, @Ctx() context: ApiContext): Promise<Entity[]> {
    return entities(context, directCuries);
  }
}

/** The candidate that a place is of. */
@Resolver(() => StandingRank)
export class StandingRankResolver {
  @FieldResolver(() => Entity, {
    nullable: true,
    description: "The candidate; null where the graph lost it.",
  })
  entity(@Root() { curie }: StandingRank, @Ctx() context: ApiContext): Promise<Entity | null> {
    return findEntity(context, curie);
  }
}

async function follow({ standing }: ApiContext, id: string): Promise<AsyncIterable<Change>> {
  const changes = standing.changes(id);
  if ((await standing.all()).some(({ question }) => question.id === id)) return changes;
  await changes.return?.();
  throw new BioWeftError("NOT_FOUND", "no saved question has this id; save it with saveQuestion");
}

async function entities(context: ApiContext, curies: readonly string[]): Promise<Entity[]> {
  const found = await Promise.all(curies.map((curie) => findEntity(context, curie)));
  return found.filter((entity) => entity !== null);
}

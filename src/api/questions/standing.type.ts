/** Saved questions, as the API shows them, and what changes in their answers. */
import { Field, Float, ID, Int, ObjectType } from "type-graphql";
import type { EntityType } from "../../core/relation-types.js";
import type { StandingChange as Change, StandingAnswer } from "../../core/standing-question.js";
import type { SavedQuestion } from "../../graph/read/read-standing-questions.js";
import { EntityTypeEnum } from "../platform/enums.js";

@ObjectType("StandingRank", {
  simpleResolvers: true,
  description: "Where a candidate of a saved question stands.",
})
export class StandingRank {
  readonly curie: string;

  @Field(() => Float, {
    nullable: true,
    description: "Its place from 1; null where it is not among those followed.",
  })
  readonly rank: number | null;

  @Field(() => Float, { nullable: true, description: "Its place before; null where it was not followed." })
  readonly before: number | null;

  constructor(curie: string, rank: number | null, before: number | null) {
    this.curie = curie;
    this.rank = rank;
    this.before = before;
  }
}

@ObjectType("StandingQuestion", {
  simpleResolvers: true,
  description: "A question of discovery that is asked again whenever the graph changes.",
})
export class StandingQuestion {
  readonly fromCurie: string;
  readonly toCurie: string | undefined;
  readonly directCuries: readonly string[];

  @Field(() => ID, { description: "Opaque." })
  readonly id: string;

  @Field(() => EntityTypeEnum, {
    nullable: true,
    description: "Type of an open question's candidates; null for any.",
  })
  readonly targetType: EntityType | null;

  @Field(() => Float, {
    nullable: true,
    description: "Belief from which a direct relation is taken for known; null for any.",
  })
  readonly knownFrom: number | null;

  @Field(() => Float, { nullable: true, description: "Least belief of a relation; null for any." })
  readonly minBelief: number | null;

  @Field(() => Int, {
    nullable: true,
    description: "The graph's version of the last answer; null before the first.",
  })
  readonly answeredVersion: number | null;

  @Field(() => [StandingRank], {
    description: "The last answer: an open question's first 25 candidates, a closed one's end.",
  })
  readonly ranks: readonly StandingRank[];

  constructor({ question, answer }: SavedQuestion) {
    this.id = question.id;
    this.fromCurie = question.from;
    this.toCurie = question.to;
    this.targetType = question.targetType ?? null;
    this.knownFrom = question.knownFrom ?? null;
    this.minBelief = question.minBelief ?? null;
    this.answeredVersion = answer?.version ?? null;
    this.ranks = ranksOf(answer);
    this.directCuries = answer?.direct ?? [];
  }
}

@ObjectType("StandingChange", {
  simpleResolvers: true,
  description: "What changed in the answer to a saved question.",
})
export class StandingChange {
  readonly directCuries: readonly string[];

  @Field(() => ID, { description: "The question's id." })
  readonly question: string;

  @Field(() => Int, { description: "The graph's version that it was asked of." })
  readonly version: number;

  @Field(() => [StandingRank], { description: "The candidates whose place is another now." })
  readonly moved: readonly StandingRank[];

  constructor({ question, version, moved, firstDirect }: Change) {
    this.question = question;
    this.version = version;
    this.moved = moved.map(({ curie, rank, before }) => new StandingRank(curie, rank, before));
    this.directCuries = firstDirect;
  }
}

function ranksOf(answer: StandingAnswer | undefined): StandingRank[] {
  return (answer?.ranks ?? []).map(({ curie, rank }) => new StandingRank(curie, rank, null));
}

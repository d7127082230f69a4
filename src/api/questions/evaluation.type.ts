/**
 * Rankers judged on what became known after a cutoff, as the API shows it.
 */
import { Field, Float, Int, ObjectType } from "type-graphql";
import type { Ranker } from "../../core/ranker.js";
import type {
  RankerResult,
  SetFigures,
  SliceFigure,
  StratumFigure,
} from "../../discovery/evaluation/evaluate-slice.js";
import type { Judgement } from "../../discovery/evaluation/judge-rankers.js";
import { RANK_FIGURES } from "../../discovery/evaluation/judge-rankers.js";
import { Completeness } from "../platform/completeness.type.js";
import { RankerEnum } from "../platform/enums.js";

@ObjectType("EvaluationFigure", {
  simpleResolvers: true,
  description: "A figure's mean over the queries, with 95% bootstrap intervals over queries.",
})
class EvaluationFigure {
  @Field(() => String, {
    description:
      "`mrr`, `firstMrr`, `hits10`, `hits100`, `map` or `auc`: docs/discovery.md says what each is.",
  })
  readonly name: string;

  @Field(() => Float, { description: "Its mean, 0 to 1." })
  readonly value: number;

  @Field(() => [Float], { description: "Its interval: lower and upper end." })
  readonly interval: readonly number[];

  @Field(() => Float, { description: "How far it is above degree's on the same queries." })
  readonly aboveDegree: number;

  @Field(() => [Float], {
    description:
      "The interval of that difference, paired: above 0 at its lower end, the ranker beats degree.",
  })
  readonly aboveDegreeInterval: readonly number[];

  constructor(name: string, { value, interval, aboveDegree }: SliceFigure) {
    this.name = name;
    this.value = value;
    this.interval = interval;
    this.aboveDegree = aboveDegree.value;
    this.aboveDegreeInterval = aboveDegree.interval;
  }
}

@ObjectType("EvaluationSet", { simpleResolvers: true, description: "Figures among one set of candidates." })
class EvaluationSet {
  @Field(() => Int, { description: "Queries that have gold in the set." })
  readonly queries: number;

  @Field(() => Int, { description: "How much gold they have." })
  readonly gold: number;

  @Field(() => Int, { description: "Gold that ties with more than ten candidates: void, it counts 0." })
  readonly void: number;

  @Field(() => [EvaluationFigure], { description: "The figures." })
  readonly figures: readonly EvaluationFigure[];

  constructor(set: SetFigures) {
    this.queries = set.queries;
    this.gold = set.gold;
    this.void = set.void;
    this.figures = RANK_FIGURES.map((name) => new EvaluationFigure(name, set.figures[name]));
  }
}

@ObjectType("EvaluationStratum", {
  simpleResolvers: true,
  description: "The gold of one stratum, ranked among all candidates.",
})
class EvaluationStratum {
  @Field(() => String, { description: "Which gold it holds." })
  readonly name: string;

  @Field(() => Int, { description: "How much gold it holds." })
  readonly gold: number;

  @Field(() => Float, { description: "Mean reciprocal rank, 0 to 1." })
  readonly mrr: number;

  constructor({ stratum, gold, mrr }: StratumFigure) {
    this.name = stratum;
    this.gold = gold;
    this.mrr = mrr;
  }
}

@ObjectType("RankerEvaluation", {
  simpleResolvers: true,
  description: "How well one ranker found what came true.",
})
class RankerEvaluation {
  @Field(() => RankerEnum, { description: "The ranker." })
  readonly ranker: Ranker;

  @Field(() => EvaluationSet, { description: "Among all candidates." })
  readonly all: EvaluationSet;

  @Field(() => EvaluationSet, { description: "Among those that linking terms reach." })
  readonly reached: EvaluationSet;

  @Field(() => [EvaluationStratum], { description: "By how many neighbours the gold had at the cutoff." })
  readonly byDegree: readonly EvaluationStratum[];

  @Field(() => [EvaluationStratum], { description: "By how many papers the new relation came to." })
  readonly byPapers: readonly EvaluationStratum[];

  constructor(result: RankerResult) {
    this.ranker = result.ranker;
    this.all = new EvaluationSet(result.all);
    this.reached = new EvaluationSet(result.reached);
    this.byDegree = result.strata.map((stratum) => new EvaluationStratum(stratum));
    this.byPapers = result.importance.map((stratum) => new EvaluationStratum(stratum));
  }
}

@ObjectType("DiscoveryEvaluation", {
  simpleResolvers: true,
  description: "Rankers judged on what became known after a cutoff.",
})
export class DiscoveryEvaluation {
  @Field(() => Int, { description: "Entities that could have been asked about." })
  readonly eligible: number;

  @Field(() => Int, { description: "How many were." })
  readonly asked: number;

  @Field(() => [RankerEvaluation], { description: "The rankers, degree first." })
  readonly rankers: readonly RankerEvaluation[];

  @Field(() => String, {
    nullable: true,
    description: "Why the learned ranker is not among them though it was asked for; null where it is.",
  })
  readonly notLearned: string | null;

  @Field(() => Completeness, {
    description: "Whether all drawn queries were ranked; `examined` counts queries here.",
  })
  readonly completeness: Completeness;

  constructor(found: Judgement) {
    this.eligible = found.eligible;
    this.asked = found.asked;
    this.rankers = found.rankers.map((result) => new RankerEvaluation(result));
    this.notLearned = found.notLearned ?? null;
    this.completeness = new Completeness(found);
  }
}

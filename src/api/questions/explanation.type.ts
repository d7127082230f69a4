/**
 * Closed discovery, as the API shows it: what stands between two entities and what it predicts.
 */
import { Field, Float, Int, ObjectType } from "type-graphql";
import type { SignificanceState } from "../../core/ranker.js";
import type { RelationType } from "../../core/relation-types.js";
import type { Sign } from "../../discovery/adjacency/vocabulary.js";
import type { ClosedDiscovery, ClosedDiscoveryOptions } from "../../discovery/closed-discovery.js";
import type { PredictedEffect } from "../../discovery/linking.js";
import type { PairScore } from "../../discovery/pair-scores.js";
import type { PairSignificance } from "../../discovery/significance-thread.js";
import type { Entity } from "../graph/entity.type.js";
import { Completeness } from "../platform/completeness.type.js";
import { EffectSignEnum, SignificanceStateEnum } from "../platform/enums.js";
import { Linking, RankerScore } from "./discovery.type.js";

@ObjectType("Metapath", {
  simpleResolvers: true,
  description: "A kind of way, told by the roles on it: C chemical, D disease, G gene or variant.",
})
export class Metapath {
  @Field(() => String, { description: "The roles from the start to the end, such as `C-G-D`." })
  readonly name: string;

  @Field(() => Int, { description: "How many hops it has: 2 or 3." })
  readonly hops: number;

  @Field(() => Int, { description: "How many paths of this kind there are." })
  readonly paths: number;

  @Field(() => Float, {
    description: "Their degree-weighted count (DWPC, exponent 0.4): what hubs connect counts little.",
  })
  readonly dwpc: number;

  readonly explanation: Explanation;

  constructor({ name, hops, paths, dwpc }: ClosedDiscovery["metapaths"][number], explanation: Explanation) {
    this.explanation = explanation;
    this.name = name;
    this.hops = hops;
    this.paths = paths;
    this.dwpc = dwpc;
  }
}

@ObjectType("PredictedEffect", {
  simpleResolvers: true,
  description: "What the linking terms predict of the start's effect on the end.",
})
export class Effect {
  @Field(() => EffectSignEnum, { description: "The effect that they agree on." })
  readonly sign: Sign;

  @Field(() => Boolean, { description: "Whether they predict opposite effects." })
  readonly contradicted: boolean;

  @Field(() => Int, { description: "Linking terms that predict that the two rise together." })
  readonly positiveTerms: number;

  @Field(() => Int, { description: "Linking terms that predict that one lowers the other." })
  readonly negativeTerms: number;

  @Field(() => Float, { description: "Sum of the scores of those that predict a rise." })
  readonly positiveScore: number;

  @Field(() => Float, { description: "Sum of the scores of those that predict the opposite." })
  readonly negativeScore: number;

  @Field(() => Int, {
    description:
      "Linking terms with a sign that were set aside, as the papers say that both ends act on the term: then neither says anything of the other.",
  })
  readonly setAside: number;

  constructor({ sign, contradicted, positive, negative }: PredictedEffect, setAside: number) {
    this.sign = sign;
    this.contradicted = contradicted;
    this.positiveTerms = positive.terms;
    this.negativeTerms = negative.terms;
    this.positiveScore = positive.score;
    this.negativeScore = negative.score;
    this.setAside = setAside;
  }
}

@ObjectType("PairScore", {
  simpleResolvers: true,
  description: "What one ranker makes of the pair, and where the end stands among the candidates.",
})
export class PairRank extends RankerScore {
  @Field(() => Float, { description: "Its place from 1; those that tie share the middle of theirs." })
  readonly rank: number;

  @Field(() => Int, { description: "How many were ranked: all of the end's type that are not known." })
  readonly candidates: number;

  constructor(score: PairScore) {
    super(score);
    this.rank = score.rank;
    this.candidates = score.candidates;
  }
}

@ObjectType("Significance", {
  simpleResolvers: true,
  description: "Whether the metapaths have p-values, and against how many permuted graphs.",
})
export class Significance {
  readonly values: ReadonlyMap<string, number>;

  @Field(() => SignificanceStateEnum, { description: "Whether there are any, or why not." })
  readonly state: SignificanceState;

  @Field(() => Int, {
    nullable: true,
    description: "How many graphs with permuted links they were compared with; null without p-values.",
  })
  readonly permutations: number | null;

  constructor(found: PairSignificance) {
    this.state = found.state;
    this.values = found.state === "Ready" ? found.values : new Map();
    this.permutations = found.state === "Ready" ? found.permutations : null;
  }
}

/** What an explanation was asked for, so that its dearer fields can ask again. */
interface ExplainedPair {
  readonly from: Entity;
  readonly to: Entity;
  readonly options: Omit<ClosedDiscoveryOptions, "limits">;
}

@ObjectType("Explanation", {
  simpleResolvers: true,
  description: "Why two entities may be related: closed discovery.",
})
export class Explanation {
  readonly pair: ExplainedPair;
  readonly terms: readonly Linking[];
  readonly asked: unknown;
  readonly directTypes: readonly RelationType[];

  @Field(() => Int, { nullable: true, description: "The year that was asked about; null for now." })
  readonly asOf: number | null;

  @Field(() => Boolean, { description: "Whether a relation of the two was known, by the filter." })
  readonly isDirect: boolean;

  @Field(() => Float, { description: "Belief in the likeliest direct relation, 0 to 1; 0 without any." })
  readonly directBelief: number;

  @Field(() => Int, {
    nullable: true,
    description:
      "Year of the first paper on any direct relation, whatever year was asked about; null where there is none.",
  })
  readonly directSince: number | null;

  @Field(() => Int, { description: "How many linking terms there are." })
  readonly linkingCount: number;

  @Field(() => [Metapath], {
    description: "Which kinds of way of two and three hops lead there, the weightiest first.",
  })
  readonly metapaths: readonly Metapath[];

  @Field(() => EffectSignEnum, { description: "The effect that the linking terms agree on, by their types." })
  readonly predictedSign: Sign;

  @Field(() => Boolean, { description: "Whether linking terms predict opposite effects, by their types." })
  readonly contradicted: boolean;

  @Field(() => Completeness, { description: "Whether the paths of three hops were all counted." })
  readonly completeness: Completeness;

  constructor(found: ClosedDiscovery, pair: ExplainedPair) {
    const { asOf } = pair.options;
    const ends = { from: pair.from.curie, to: pair.to.curie };
    this.pair = pair;
    this.asked = [ends, pair.options];
    this.terms = found.linking.map((term) => new Linking(term, ends, asOf));
    this.directTypes = found.direct.types;
    this.asOf = asOf ?? null;
    this.isDirect = found.direct.types.length > 0;
    this.directBelief = found.direct.belief;
    this.directSince = found.direct.since ?? null;
    this.linkingCount = found.linking.length;
    this.metapaths = found.metapaths.map((metapath) => new Metapath(metapath, this));
    this.predictedSign = found.effect.sign;
    this.contradicted = found.effect.contradicted;
    this.completeness = new Completeness(found);
  }
}

/**
 * Discoveries, as the API shows them: candidates with their scores and the linking terms that lead to them.
 */

import { Field, Float, Int, ObjectType } from "type-graphql";
import type { Ranker } from "../../core/ranker.js";
import type { RelationType } from "../../core/relation-types.js";
import type { Sign } from "../../discovery/adjacency/vocabulary.js";
import type { LinkingTerm } from "../../discovery/linking.js";
import type { CandidateScore, DiscoveryCandidate, OpenDiscovery } from "../../discovery/open-discovery.js";
import { Completeness } from "../platform/completeness.type.js";
import { type Connection, connectionTypes } from "../platform/connection.js";
import { EffectSignEnum, RankerEnum } from "../platform/enums.js";

@ObjectType("ScoreNumber", { simpleResolvers: true, description: "One of the numbers that made a score." })
export class ScoreNumber {
  @Field(() => String, { description: "What it is, such as `linkingTerms` or the metapath `C-G-D`." })
  readonly name: string;

  @Field(() => Float, { description: "Its value." })
  readonly value: number;

  constructor(name: string, value: number) {
    this.name = name;
    this.value = value;
  }
}

@ObjectType("RankerScore", { simpleResolvers: true, description: "What one ranker makes of a candidate." })
export class RankerScore {
  @Field(() => RankerEnum, { description: "The ranker." })
  readonly ranker: Ranker;

  @Field(() => Float, { description: "Its score; the greater, the better." })
  readonly score: number;

  @Field(() => [ScoreNumber], { description: "The numbers that made it." })
  readonly numbers: readonly ScoreNumber[];

  constructor({ ranker, score, numbers }: CandidateScore) {
    this.ranker = ranker;
    this.score = score;
    this.numbers = Object.entries(numbers).map(([name, value]) => new ScoreNumber(name, value));
  }
}

@ObjectType("LinkingTerm", {
  simpleResolvers: true,
  description: "An entity between the start and a candidate, related to both.",
})
export class Linking {
  readonly curie: string;
  readonly fromCurie: string;
  readonly toCurie: string;
  readonly fromTypes: readonly RelationType[];
  readonly toTypes: readonly RelationType[];
  readonly asOf: number | undefined;

  @Field(() => Int, {
    description: "How many entities it is related to: hubs link everything to everything.",
  })
  readonly degree: number;

  @Field(() => Float, { description: "The weaker of the beliefs on the two sides, 0 to 1." })
  readonly belief: number;

  @Field(() => Float, {
    description: "The product of the beliefs on the two sides, damped by degree^-0.4, 0 to 1.",
  })
  readonly score: number;

  @Field(() => EffectSignEnum, { description: "The effect that the two sides together predict." })
  readonly predictedSign: Sign;

  constructor(term: LinkingTerm, ends: { from: string; to: string }, asOf: number | undefined) {
    this.curie = term.curie;
    this.fromCurie = ends.from;
    this.toCurie = ends.to;
    this.fromTypes = term.fromTypes;
    this.toTypes = term.toTypes;
    this.asOf = asOf;
    this.degree = term.degree;
    this.belief = term.belief;
    this.score = term.score;
    this.predictedSign = term.predictedSign;
  }
}

/** Pages of linking terms. */
export const LinkingConnection = connectionTypes("LinkingTerm", "linking terms", () => Linking);

@ObjectType("DiscoveryCandidate", {
  simpleResolvers: true,
  description: "An entity that the start is not known to be related to, but may be.",
})
export class Candidate {
  readonly curie: string;
  readonly asOf: number | undefined;

  @Field(() => [RankerScore], {
    description: "Its score by the rankers asked for, with degree and the two cheapest beside them.",
  })
  readonly scores: readonly RankerScore[];

  @Field(() => Int, { description: "How many linking terms lead to it." })
  readonly linkingCount: number;

  readonly terms: readonly Linking[];
  /** What makes its linking terms another list than those of another question. */
  readonly asked: unknown;

  @Field(() => EffectSignEnum, { description: "The effect that the linking terms agree on." })
  readonly predictedSign: Sign;

  @Field(() => Boolean, { description: "Whether linking terms predict opposite effects." })
  readonly contradicted: boolean;

  constructor(candidate: DiscoveryCandidate, { from, options }: AskedDiscovery) {
    const ends = { from, to: candidate.curie };
    const { asOf } = options;
    this.curie = candidate.curie;
    this.asOf = asOf;
    this.asked = [ends, options];
    this.scores = candidate.scores.map((score) => new RankerScore(score));
    this.linkingCount = candidate.linking.length;
    this.terms = candidate.linking.map((term) => new Linking(term, ends, asOf));
    this.predictedSign = candidate.predictedSign;
    this.contradicted = candidate.contradicted;
  }
}

/** What an open discovery was asked for. */
interface AskedDiscovery {
  readonly from: string;
  readonly options: { readonly asOf?: number | undefined };
}

const CandidateRows = connectionTypes("DiscoveryCandidate", "candidates", () => Candidate);

@ObjectType("Discovery", {
  simpleResolvers: true,
  description: "What an open discovery found: a page of candidates, the best first.",
})
export class Discovery extends CandidateRows {
  readonly fromCurie: string;

  @Field(() => Int, { nullable: true, description: "The year that was asked about; null for now." })
  readonly asOf: number | null;

  @Field(() => [Candidate], {
    description: "The candidates of this page.",
    deprecationReason: "It is `nodes`; it stays for those who script against it.",
  })
  readonly candidates: readonly Candidate[];

  @Field(() => Completeness, { description: "Whether these are the best of all candidates." })
  readonly completeness: Completeness;

  constructor(page: Connection<Candidate>, found: OpenDiscovery, { from, options }: AskedDiscovery) {
    super(page);
    this.fromCurie = from;
    this.asOf = options.asOf ?? null;
    this.candidates = page.nodes;
    this.completeness = new Completeness(found);
  }
}

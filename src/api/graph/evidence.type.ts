/**
 * One publication's support for one relation, from one source, with the sentence that shows it.
 */
import { Field, Float, Int, ObjectType } from "type-graphql";
import { RELIABILITY } from "../../core/belief.js";
import { type EvidenceRole, ROLE_OF, type SourceKind } from "../../core/evidence.js";
import type { EvidenceRow } from "../../graph/read/read-evidence.js";
import { connectionTypes } from "../platform/connection.js";
import { EvidenceRoleEnum, SourceKindEnum } from "../platform/enums.js";
import { toGlobalId } from "../platform/global-id.js";
import { AS_OF_OBJECT, Node } from "../platform/node.type.js";

@ObjectType("EvidenceMention", {
  simpleResolvers: true,
  description:
    "Where the sentence names one end of the relation. Offsets count UTF-16 units, ends exclusive.",
})
class EvidenceMention {
  @Field(() => String, { description: "The entity named." })
  readonly curie: string;

  @Field(() => String, { description: "How the text spells it." })
  readonly text: string;

  @Field(() => Int, { description: "Where it begins in the document (title, a space, abstract)." })
  readonly start: number;

  @Field(() => Int, { description: "Where it ends in the document." })
  readonly end: number;

  @Field(() => Int, { description: "Where it begins in `Evidence.sentence`, for highlighting." })
  readonly sentenceStart: number;

  @Field(() => Int, { description: "Where it ends in `Evidence.sentence`." })
  readonly sentenceEnd: number;

  constructor(mention: { curie: string; text: string; start: number; end: number }, sentenceStart: number) {
    this.curie = mention.curie;
    this.text = mention.text;
    this.start = mention.start;
    this.end = mention.end;
    this.sentenceStart = mention.start - sentenceStart;
    this.sentenceEnd = mention.end - sentenceStart;
  }
}

@ObjectType("Novelty", {
  simpleResolvers: true,
  description: "Whether a paper claims a relation as its own finding, or states what was known.",
})
export class Novelty {
  @Field(() => Boolean, { description: "True for its own finding." })
  readonly novel: boolean;

  @Field(() => Float, {
    description: "Calibrated probability that this is right; 1 for an annotator's word.",
  })
  readonly probability: number;

  constructor(novel: boolean, probability: number) {
    this.novel = novel;
    this.probability = probability;
  }
}

@ObjectType("Evidence", {
  implements: Node,
  simpleResolvers: true,
  description: "One publication's support for one relation, from one source.",
})
export class Evidence extends Node {
  /** The graph's own key; not shown. */
  readonly key: string;
  readonly relationKey: string;

  @Field(() => String, { description: "PubMed identifier of the publication." })
  readonly pmid: string;

  @Field(() => String, {
    description: "The document into whose text the offsets point: the publication, or a part of it.",
  })
  readonly document: string;

  @Field(() => String, { description: "The sentence that names both ends; empty where no passage does." })
  readonly sentence: string;

  @Field(() => Int, { description: "Where the sentence begins in the document, in UTF-16 units." })
  readonly start: number;

  @Field(() => Int, { description: "Where the sentence ends in the document." })
  readonly end: number;

  @Field(() => [EvidenceMention], { description: "The mentions of subject and object in the sentence." })
  readonly mentions: readonly EvidenceMention[];

  @Field(() => Float, { description: "Calibrated probability, 0 to 1; 1 for an annotator's word." })
  readonly probability: number;

  @Field(() => SourceKindEnum, { description: "Who says so: annotators (gold), a model, or others." })
  readonly sourceKind: SourceKind;

  @Field(() => EvidenceRoleEnum, { description: "How that source comes to say so." })
  readonly role: EvidenceRole;

  @Field(() => Float, {
    description: "Share of this kind of source's word that is taken to be right, 0 to 1.",
  })
  readonly reliability: number;

  @Field(() => Float, {
    description:
      "Probability times reliability, 0 where it is negated or its paper retracted: what its paper adds to belief, if no other row of that paper says more.",
  })
  readonly weight: number;

  @Field(() => String, { description: "The corpus's name, the model's id, or the curator's name." })
  readonly source: string;

  @Field(() => String, { nullable: true, description: "The model's id; null where people say so (gold)." })
  readonly model: string | null;

  @Field(() => Boolean, { description: "Whether the text denies the relation." })
  readonly negated: boolean;

  @Field(() => Int, { nullable: true, description: "Year of the publication; null where unknown." })
  readonly year: number | null;

  /** The end that acts; the resolver makes an entity of it. */
  readonly subjectCurie: string | null;

  @Field(() => Float, {
    nullable: true,
    description:
      "Calibrated probability that `subject` is right, one that says neither included; null where nobody says.",
  })
  readonly subjectProbability: number | null;

  @Field(() => Novelty, { nullable: true, description: "Null where nobody says whether it is new." })
  readonly novelty: Novelty | null;

  @Field(() => Int, { nullable: true, description: AS_OF_OBJECT })
  readonly asOf: number | null;

  constructor(row: EvidenceRow, asOf?: number | null) {
    super(toGlobalId("Evidence", row.id, asOf));
    this.key = row.id;
    this.asOf = asOf ?? null;
    this.role = ROLE_OF[row.sourceKind];
    this.reliability = RELIABILITY[row.sourceKind];
    this.weight = row.negated || row.retracted ? 0 : row.probability * this.reliability;
    this.subjectCurie = row.subject;
    this.subjectProbability = row.subjectProbability;
    this.novelty =
      row.novel === null || row.noveltyProbability === null
        ? null
        : new Novelty(row.novel, row.noveltyProbability);
    this.relationKey = row.relation;
    this.pmid = row.pmid;
    this.document = row.document;
    this.sentence = row.sentence;
    this.start = row.start;
    this.end = row.end;
    this.mentions = row.mentions.map((mention) => new EvidenceMention(mention, row.start));
    this.probability = row.probability;
    this.sourceKind = row.sourceKind;
    this.source = row.source;
    this.model = row.sourceKind === "model" ? row.source : null;
    this.negated = row.negated;
    this.year = row.year;
  }
}

/** Pages of evidence. */
export const EvidenceConnection = connectionTypes("Evidence", "evidence", () => Evidence);

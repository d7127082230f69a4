/**
 * Curation as the API shows it: judgements, and what to judge next.
 */
import { Field, Float, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import type { Curation as CurationFacts, CurationVerdict } from "../../core/curation/curation.js";
import type { RelationType } from "../../core/relation-types.js";
import type { Evidence } from "../graph/evidence.type.js";
import { Completeness } from "../platform/completeness.type.js";
import { connectionTypes, type Rows, rowsType } from "../platform/connection.js";
import { RelationTypeEnum } from "../platform/enums.js";

/** What a curator says. */
export const VerdictEnum = { ACCEPT: "accept", REJECT: "reject", CORRECT: "correct" } as const;
registerEnumType(VerdictEnum, {
  name: "CurationVerdict",
  description: "What a curator says of a row of evidence.",
  valuesConfig: {
    ACCEPT: { description: "The paper says so." },
    REJECT: { description: "The paper does not say so: it then adds nothing to the relation's belief." },
    CORRECT: { description: "The paper says something else: `correction` says what." },
  },
});

@InputType("CurationCorrection", {
  description: "What the paper says instead; what is absent stays as it is.",
})
export class CorrectionInput {
  @Field(() => RelationTypeEnum, { nullable: true, description: "The relation's type." })
  readonly type?: RelationType | null;

  @Field(() => String, { nullable: true, description: "CURIE of one end." })
  readonly subject?: string | null;

  @Field(() => String, { nullable: true, description: "CURIE of the other end." })
  readonly object?: string | null;

  @Field(() => String, { nullable: true, description: "CURIE of the end that acts on the other." })
  readonly acts?: string | null;
}

@ObjectType("Correction", { simpleResolvers: true, description: "What a paper says instead." })
class Correction {
  @Field(() => RelationTypeEnum, {
    nullable: true,
    description: "The relation's type; null where it stayed.",
  })
  readonly type: RelationType | null;

  @Field(() => String, { nullable: true, description: "CURIE of one end; null where it stayed." })
  readonly subject: string | null;

  @Field(() => String, { nullable: true, description: "CURIE of the other end; null where it stayed." })
  readonly object: string | null;

  @Field(() => String, { nullable: true, description: "CURIE of the end that acts; null where nobody said." })
  readonly acts: string | null;

  constructor({ type, subject, object, acts }: NonNullable<CurationFacts["correction"]>) {
    this.type = type ?? null;
    this.subject = subject ?? null;
    this.object = object ?? null;
    this.acts = acts ?? null;
  }
}

@ObjectType("Curation", {
  simpleResolvers: true,
  description: "One judgement of a curator; never taken away.",
})
export class CurationEntry {
  readonly evidenceKey: string;
  readonly relationKey: string;

  @Field(() => String, { description: "Names it, for `undoCuration`." })
  readonly id: string;

  @Field(() => VerdictEnum, { description: "What was said." })
  readonly verdict: CurationVerdict;

  @Field(() => Correction, {
    nullable: true,
    description: "What the paper says instead; null unless corrected.",
  })
  readonly correction: Correction | null;

  @Field(() => String, { description: "Who said so." })
  readonly curator: string;

  @Field(() => String, { nullable: true, description: "In the curator's words." })
  readonly comment: string | null;

  @Field(() => String, { description: "PubMed identifier of the paper." })
  readonly pmid: string;

  @Field(() => String, { description: "When, in ISO 8601." })
  readonly at: string;

  @Field(() => String, {
    nullable: true,
    description: "When it was undone or replaced; null while it holds.",
  })
  readonly endedAt: string | null;

  @Field(() => String, { nullable: true, description: "Who undid or replaced it." })
  readonly endedBy: string | null;

  constructor(curation: CurationFacts) {
    this.evidenceKey = curation.evidence;
    this.relationKey = curation.relation;
    this.id = curation.id;
    this.verdict = curation.verdict;
    this.correction = curation.correction === null ? null : new Correction(curation.correction);
    this.curator = curation.curator;
    this.comment = curation.comment;
    this.pmid = curation.pmid;
    this.at = new Date(curation.at).toISOString();
    this.endedAt = curation.endedAt === null ? null : new Date(curation.endedAt).toISOString();
    this.endedBy = curation.endedBy;
  }
}

/** Pages of the audit trail. */
export const CurationConnection = connectionTypes("Curation", "judgements", () => CurationEntry);

@ObjectType("CurationTask", { simpleResolvers: true, description: "A row of evidence to judge." })
export class CurationTask {
  readonly row: Evidence;

  @Field(() => Float, {
    description: "By how much a verdict is expected to change the relation's belief, up or down.",
  })
  readonly expectedChange: number;

  @Field(() => Int, { description: "Its place in the queue, from 1." })
  readonly place: number;

  constructor(row: Evidence, expectedChange: number, place: number) {
    this.row = row;
    this.expectedChange = expectedChange;
    this.place = place;
  }
}

const CurationTaskRows = rowsType("CurationTask", "rows to judge", () => CurationTask);

@ObjectType("CurationTaskConnection", {
  simpleResolvers: true,
  description:
    "A page of what to judge, what changes belief most first. How long the list is is not known: what cannot be among those asked for is not looked at.",
})
export class CurationTaskConnection extends CurationTaskRows {
  @Field(() => Completeness, { description: "Whether these change belief most of all." })
  readonly completeness: Completeness;

  constructor(page: Rows<CurationTask>, found: { readonly examined: number; readonly truncated?: string }) {
    super(page);
    this.completeness = new Completeness(found);
  }
}

/**
 * How far curators agree, as the API shows it.
 */
import { Field, Float, Int, ObjectType } from "type-graphql";
import type { CuratorAgreement as Agreement } from "../../core/curation/agreement.js";
import type { RelationType } from "../../core/relation-types.js";
import { connectionTypes } from "../platform/connection.js";
import { RelationTypeEnum } from "../platform/enums.js";

@ObjectType("CuratorAgreement", {
  simpleResolvers: true,
  description: "How far two curators agree beyond chance, over the claims that both judged (Cohen's kappa).",
})
export class CuratorAgreement {
  @Field(() => [String], { description: "The two, in alphabetical order." })
  readonly curators: readonly string[];

  @Field(() => RelationTypeEnum, {
    nullable: true,
    description: "The type of the relations judged; null for all types together.",
  })
  readonly type: RelationType | null;

  @Field(() => Int, { description: "Claims that both judged: what a document says of a relation." })
  readonly claims: number;

  @Field(() => Float, {
    description: "Share of them on which they agree, 0 to 1; two corrections agree where they are the same.",
  })
  readonly agreed: number;

  @Field(() => Float, { description: "Share on which they would by chance, as often as each says what." })
  readonly expected: number;

  @Field(() => Float, {
    nullable: true,
    description:
      "(agreed - expected) / (1 - expected), at most 1; null where both say one and the same of all.",
  })
  readonly kappa: number | null;

  constructor({ curators, type, claims, agreed, expected, kappa }: Agreement) {
    this.curators = curators;
    this.type = type;
    this.claims = claims;
    this.agreed = agreed;
    this.expected = expected;
    this.kappa = kappa;
  }
}

/** Pages of agreements. */
export const CuratorAgreementConnection = connectionTypes(
  "CuratorAgreement",
  "agreements of curators",
  () => CuratorAgreement,
);

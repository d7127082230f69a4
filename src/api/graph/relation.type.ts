/**
 * A typed relation between two entities with the belief that its papers give it, as the API shows it.
 */
import { Field, Float, Int, ObjectType } from "type-graphql";
import type { RelationDirection as DirectionFacts } from "../../core/qualifiers/direction.js";
import type { RelationType } from "../../core/relation-types.js";
import type { RelationRow } from "../../graph/read/read-relations.js";
import { connectionTypes } from "../platform/connection.js";
import { RelationTypeEnum } from "../platform/enums.js";
import { toGlobalId } from "../platform/global-id.js";
import { Node } from "../platform/node.type.js";

@ObjectType("Relation", {
  implements: Node,
  simpleResolvers: true,
  description:
    "A relation between two entities. Subject and object are only an order; `direction` says which of them acts.",
})
export class Relation extends Node {
  /** The graph's own key; not shown. */
  readonly key: string;
  readonly subjectCurie: string;
  readonly objectCurie: string;
  /** Set where the relation was asked for as of a year: its belief, counts and evidence are of that year. */
  readonly asOf: number | undefined;

  @Field(() => RelationTypeEnum, { description: "What kind of relation it is." })
  readonly type: RelationType;

  @Field(() => Float, {
    description: "How sure the papers together make it, 0 to 1: one minus the product of each paper's doubt.",
  })
  readonly belief: number;

  @Field(() => Int, { description: "How many papers support it." })
  readonly papers: number;

  @Field(() => Int, { nullable: true, description: "Year of the first paper; null where none has a year." })
  readonly firstYear: number | null;

  @Field(() => Int, { nullable: true, description: "Year of the latest paper; null where none has a year." })
  readonly lastYear: number | null;

  constructor(row: RelationRow, asOf?: number) {
    super(toGlobalId("Relation", row.id));
    this.key = row.id;
    this.subjectCurie = row.subject;
    this.objectCurie = row.object;
    this.asOf = asOf;
    this.type = row.type;
    this.belief = row.belief;
    this.papers = row.papers;
    this.firstYear = row.firstYear;
    this.lastYear = row.lastYear;
  }
}

@ObjectType("RelationDirection", {
  simpleResolvers: true,
  description: "Which end of a relation acts on the other, as its papers together say.",
})
export class RelationDirection {
  /** The end that acts; the resolver makes an entity of it. */
  readonly subjectCurie: string | null;

  @Field(() => Float, { description: "Share of the papers' weight that says so, 0 to 1." })
  readonly confidence: number;

  @Field(() => Int, { description: "How many papers say so." })
  readonly papers: number;

  constructor({ subject, confidence, papers }: DirectionFacts) {
    this.subjectCurie = subject;
    this.confidence = confidence;
    this.papers = papers;
  }
}

/** Pages of relations. */
export const RelationConnection = connectionTypes("Relation", "relations", () => Relation);

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
import { AS_OF_OBJECT, Node } from "../platform/node.type.js";

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

  @Field(() => Int, { nullable: true, description: AS_OF_OBJECT })
  readonly asOf: number | null;

  @Field(() => RelationTypeEnum, { description: "What kind of relation it is." })
  readonly type: RelationType;

  @Field(() => Float, {
    description: "How sure the papers together make it, 0 to 1: one minus the product of each paper's doubt.",
  })
  readonly belief: number;

  @Field(() => Int, {
    description: "How many papers support it; 0 where all are retracted, or denied by curators.",
  })
  readonly papers: number;

  @Field(() => Int, { nullable: true, description: "Year of the first paper; null where none has a year." })
  readonly firstYear: number | null;

  @Field(() => Int, { nullable: true, description: "Year of the latest paper; null where none has a year." })
  readonly lastYear: number | null;

  constructor(row: RelationRow, asOf?: number) {
    super(toGlobalId("Relation", row.id, asOf));
    this.key = row.id;
    this.subjectCurie = row.subject;
    this.objectCurie = row.object;
    this.asOf = asOf ?? null;
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
  readonly asOf: number | null;

  @Field(() => Float, { description: "Share of the papers' weight that says so, 0 to 1." })
  readonly confidence: number;

  @Field(() => Int, { description: "How many papers say so." })
  readonly papers: number;

  constructor({ subject, confidence, papers }: DirectionFacts, asOf: number | null) {
    this.subjectCurie = subject;
    this.asOf = asOf;
    this.confidence = confidence;
    this.papers = papers;
  }
}

/** Pages of one entity's relations, whose edges know the other end. */
export const EntityRelationConnection = connectionTypes(
  "EntityRelation",
  "an entity's relations",
  () => Relation,
);

/** Pages of relations. */
export const RelationConnection = connectionTypes("Relation", "relations", () => Relation);

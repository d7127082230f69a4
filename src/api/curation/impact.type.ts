/**
 * Retractions, as the API shows them: what was retracted, and what would fall without a paper.
 */
import { Field, Float, Int, ObjectType } from "type-graphql";
import type { RelationImpact as ImpactFacts } from "../../graph/read/read-impact.js";
import type { RetractionCounts } from "../../graph/write/write-retractions.js";
import type { Publication } from "../graph/publication.type.js";
import { connectionTypes } from "../platform/connection.js";

@ObjectType("Retraction", {
  simpleResolvers: true,
  description: "What came of retracting a paper, or of taking that back.",
})
export class Retraction {
  @Field(() => String, { description: "PubMed identifier of the paper." })
  readonly pmid: string;

  @Field(() => Boolean, {
    description:
      "Whether the paper's standing changed; false where it stood so already, and where the graph does not have it: then the notice waits for it.",
  })
  readonly changed: boolean;

  @Field(() => Int, { description: "Relations whose belief was worked out anew." })
  readonly relations: number;

  @Field(() => Boolean, {
    description: "Whether the paper is retracted all the same after an undoing, as its own documents say so.",
  })
  readonly stillRetracted: boolean;

  constructor(pmid: string, { changed, relations, stillRetracted }: RetractionCounts) {
    this.pmid = pmid;
    this.changed = changed > 0;
    this.relations = relations;
    this.stillRetracted = stillRetracted > 0;
  }
}

@ObjectType("RelationImpact", {
  simpleResolvers: true,
  description: "What would become of a relation without a paper.",
})
export class RelationImpact {
  readonly relationKey: string;

  @Field(() => Float, { description: "Its belief now, 0 to 1." })
  readonly belief: number;

  @Field(() => Float, { description: "Its belief without the paper, 0 to 1." })
  readonly beliefWithout: number;

  @Field(() => Int, { description: "Papers that support it now." })
  readonly papers: number;

  @Field(() => Int, { description: "Papers that would support it still; 0 where it would fall." })
  readonly papersWithout: number;

  constructor(impact: ImpactFacts) {
    this.relationKey = impact.relation;
    this.belief = impact.belief;
    this.beliefWithout = impact.beliefWithout;
    this.papers = impact.papers;
    this.papersWithout = impact.papersWithout;
  }
}

/** Pages of what would become of relations. */
export const RelationImpactConnection = connectionTypes(
  "RelationImpact",
  "relations that a paper's retraction would change",
  () => RelationImpact,
);

@ObjectType("Impact", {
  simpleResolvers: true,
  description: "What would change if a paper were retracted; nothing is written.",
})
export class Impact {
  readonly paper: Publication;
  readonly impacts: readonly ImpactFacts[];

  @Field(() => Int, { description: "Relations that would lose belief." })
  readonly changed: number;

  @Field(() => Int, { description: "Those of them that no paper would support any more." })
  readonly lost: number;

  constructor(paper: Publication, impacts: readonly ImpactFacts[]) {
    this.paper = paper;
    this.impacts = impacts;
    this.changed = impacts.length;
    this.lost = impacts.filter(({ papersWithout }) => papersWithout === 0).length;
  }
}

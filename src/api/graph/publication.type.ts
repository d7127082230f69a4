/**
 * A paper, as the API shows it.
 */
import { Field, Int, ObjectType } from "type-graphql";
import type { PublicationRow } from "../../graph/read/read-publications.js";
import { toGlobalId } from "../platform/global-id.js";
import { Node } from "../platform/node.type.js";

@ObjectType("Publication", {
  implements: Node,
  simpleResolvers: true,
  description: "A paper that the graph was built from.",
})
export class Publication extends Node {
  @Field(() => String, { description: "PubMed identifier." })
  readonly pmid: string;

  @Field(() => String, { description: "Its title; empty where the source gave none." })
  readonly title: string;

  @Field(() => String, { nullable: true, description: "The journal; null where unknown." })
  readonly journal: string | null;

  @Field(() => Int, { nullable: true, description: "Year of publication; null where unknown." })
  readonly year: number | null;

  @Field(() => String, { nullable: true, description: "Digital object identifier; null where unknown." })
  readonly doi: string | null;

  @Field(() => Boolean, { description: "Whether it was retracted; its evidence then counts nothing." })
  readonly retracted: boolean;

  constructor(row: PublicationRow) {
    super(toGlobalId("Publication", row.pmid));
    this.pmid = row.pmid;
    this.title = row.title;
    this.journal = row.journal;
    this.year = row.year;
    this.doi = row.doi;
    this.retracted = row.retracted;
  }
}

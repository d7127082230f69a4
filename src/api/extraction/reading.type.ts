/**
 * What is read without being written: a text or a paper, and one of the relations that it says.
 */
import { Field, InputType, ObjectType } from "type-graphql";
import type { RelationType } from "../../core/relation-types.js";
import { RelationTypeEnum } from "../platform/enums.js";
import { TextExtraction } from "./text-extraction.type.js";

@InputType("ReadingInput", { description: "What is read: a paper by its PMID, or a text." })
export class ReadingInput {
  @Field(() => String, { nullable: true, description: "PubMed identifier; not with a text." })
  readonly pmid?: string | null;

  @Field(() => String, { nullable: true, description: "The text's title; may be absent." })
  readonly title?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The text, of at most 20,000 characters; not with a PMID.",
  })
  readonly abstract?: string | null;
}

@InputType("ReadRelationInput", { description: "One of the relations that were read." })
export class ReadRelationInput {
  @Field(() => String, { description: "CURIE of one end." })
  readonly subject: string = "";

  @Field(() => String, { description: "CURIE of the other end." })
  readonly object: string = "";

  @Field(() => RelationTypeEnum, { description: "Its type, as it was read." })
  readonly type: RelationType = "Association";
}

@ObjectType("PublicationReading", {
  simpleResolvers: true,
  description: "What a publication would add to the graph; nothing was written.",
})
export class PublicationReading {
  @Field(() => String, { description: "The PMID that was asked for." })
  readonly pmid: string;

  @Field(() => String, { description: "The publication's title; empty where it has none." })
  readonly title: string;

  @Field(() => TextExtraction, { description: "What the model reads in it." })
  readonly reading: TextExtraction;

  constructor(pmid: string, title: string, reading: TextExtraction) {
    this.pmid = pmid;
    this.title = title;
    this.reading = reading;
  }
}

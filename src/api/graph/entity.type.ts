/**
 * A gene, disease, chemical or other thing that the literature speaks of, as the API shows it.
 */
import { Field, Int, ObjectType } from "type-graphql";
import type { EntityType } from "../../core/relation-types.js";
import type { EntityRow } from "../../graph/read/read-entities.js";
import { connectionTypes } from "../platform/connection.js";
import { EntityTypeEnum } from "../platform/enums.js";
import { toGlobalId } from "../platform/global-id.js";
import { AS_OF_OBJECT, Node } from "../platform/node.type.js";

@ObjectType("Entity", {
  implements: Node,
  simpleResolvers: true,
  description: "A gene, disease, chemical, variant or other thing that publications mention.",
})
export class Entity extends Node {
  @Field(() => String, { description: "Its identifier, for example `MESH:D011928` or `NCBIGene:7157`." })
  readonly curie: string;

  @Field(() => EntityTypeEnum, { description: "What kind of thing it is." })
  readonly type: EntityType;

  @Field(() => String, { description: "The name that publications use most." })
  readonly name: string;

  @Field(() => [String], { description: "Other spellings seen in publications." })
  readonly synonyms: readonly string[];

  @Field(() => Int, { nullable: true, description: AS_OF_OBJECT })
  readonly asOf: number | null;

  constructor(row: EntityRow, asOf?: number) {
    super(toGlobalId("Entity", row.curie, asOf));
    this.asOf = asOf ?? null;
    this.curie = row.curie;
    this.type = row.type;
    this.name = row.name;
    this.synonyms = row.synonyms;
  }
}

/** Pages of entities. */
export const EntityConnection = connectionTypes("Entity", "entities", () => Entity);

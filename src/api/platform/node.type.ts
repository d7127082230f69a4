/**
 * Everything that has a global id, so that a client can fetch it again through `node(id)`.
 */
import "reflect-metadata";
import { Field, ID, InterfaceType } from "type-graphql";

@InterfaceType("Node", { description: "Anything that `node(id)` can find again." })
export abstract class Node {
  @Field(() => ID, { description: "Opaque, and unique across all types." })
  readonly id: string;

  constructor(id: string) {
    this.id = id;
  }
}

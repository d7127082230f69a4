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

/** What `asOf` says on a thing that may be as of a year. */
export const AS_OF_OBJECT =
  "The year that it is as of, with another `id` than today's; null for now. What hangs on it is of that year too.";

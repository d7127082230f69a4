/**
 * The other end of an entity's relations.
 */
import { Field, Float, ObjectType } from "type-graphql";
import type { NeighbourRow } from "../../graph/read/read-neighbours.js";
import { connectionTypes } from "../platform/connection.js";

@ObjectType("Neighbour", {
  simpleResolvers: true,
  description: "An entity that another one is related to, with the relations between the two.",
})
export class Neighbour {
  readonly curie: string;
  readonly relationKeys: readonly string[];
  /** Set where the neighbours were asked for as of a year: the relations are of that year. */
  readonly asOf: number | undefined;

  @Field(() => Float, { description: "Belief in the likeliest of the relations, 0 to 1." })
  readonly belief: number;

  constructor(row: NeighbourRow, asOf?: number) {
    this.curie = row.neighbour;
    this.relationKeys = row.relations;
    this.asOf = asOf;
    this.belief = row.belief;
  }
}

/** Pages of neighbours. */
export const NeighbourConnection = connectionTypes("Neighbour", "neighbours", () => Neighbour);

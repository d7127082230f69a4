/**
 * How effects run through a linking term: who acts in its relations, read for all terms of a request in one statement.
 */
import { relationId } from "../../core/evidence.js";
import { type ChainDirection, chainDirection } from "../../core/qualifiers/chain-direction.js";
import type { RelationType } from "../../core/relation-types.js";
import type { ApiContext } from "../platform/context.js";
import type { Linking } from "./discovery.type.js";

/** The direction of a linking term's chain; undefined where the papers leave it open. */
export async function chainOf(context: ApiContext, term: Linking): Promise<ChainDirection | undefined> {
  const [first, second] = await Promise.all([
    actorOf(context, [term.fromCurie, term.curie], term.fromTypes, term.asOf),
    actorOf(context, [term.curie, term.toCurie], term.toTypes, term.asOf),
  ]);
  return chainDirection(term.curie, first, second);
}

/** Who acts in the relations of a pair; undefined where nobody says or they disagree. */
async function actorOf(
  { loaders }: ApiContext,
  [one, other]: readonly [string, string],
  types: readonly RelationType[],
  asOf: number | undefined,
): Promise<string | null | undefined> {
  const loader = loaders.directionOfRelation({ asOf: asOf ?? null });
  const found = await Promise.all(types.map((type) => loader.load(relationId(one, other, type))));
  const actors = new Set(found.flatMap((direction) => (direction === undefined ? [] : [direction.subject])));
  const [only] = actors;
  return actors.size === 1 ? only : undefined;
}

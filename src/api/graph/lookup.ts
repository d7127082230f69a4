/**
 * Finds the things that resolvers refer to by key, and refuses what the graph does not have. Lists keep their
 * order; a key that vanished between two statements is a fault, never a hole.
 */
import { canonicalCurie } from "../../core/curie.js";
import { BioWeftError } from "../../core/errors.js";
import type { ApiContext } from "../platform/context.js";
import { Entity } from "./entity.type.js";
import { Relation } from "./relation.type.js";

/** The canonical form of a CURIE in any known spelling; identifiers of a corpus's own stay as they are. */
export function canonical(curie: string): string {
  return canonicalCurie(curie) ?? curie.trim();
}

/** The entity with a CURIE in any known spelling; null where the graph has none. */
export async function findEntity(context: ApiContext, curie: string): Promise<Entity | null> {
  const row = await context.loaders.entity.load(canonical(curie));
  return row === undefined ? null : new Entity(row);
}

/** The entity that a question starts from; throws NOT_FOUND where the graph has none. */
export async function knownEntity(context: ApiContext, curie: string): Promise<Entity> {
  const entity = await findEntity(context, curie);
  if (entity !== null) return entity;
  throw new BioWeftError(
    "NOT_FOUND",
    `the graph has no entity ${canonical(curie)}; find its CURIE with searchEntities, or ingest papers that mention it`,
  );
}

/** Relations by their keys, as they are or as of a year; those not known yet as of then are left out. */
export async function findRelations(
  context: ApiContext,
  keys: readonly string[],
  asOf?: number,
): Promise<Relation[]> {
  const loader = context.loaders.relation(asOf);
  const rows = await Promise.all(keys.map((key) => loader.load(key)));
  return rows.flatMap((row) => (row === undefined ? [] : [new Relation(row, asOf)]));
}

/** The entity that something in the graph refers to. */
export async function entityOf(context: ApiContext, curie: string): Promise<Entity> {
  const entity = await findEntity(context, curie);
  if (entity !== null) return entity;
  throw new BioWeftError("INTERNAL", `entity ${curie} is referred to but does not exist`);
}

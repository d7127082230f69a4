/**
 * Finds the things that resolvers refer to by key, and refuses what the graph does not have. Lists keep their
 * order; a key that vanished between two statements is a fault, never a hole.
 */
import { BioWeftError } from "../../core/errors.js";
import type { ApiContext } from "../platform/context.js";
import { canonicalId } from "./asked-values.js";
import { Entity } from "./entity.type.js";
import { Relation } from "./relation.type.js";

/** The entity with a CURIE in any known spelling, now or as of a year; null where the graph has none. */
export async function findEntity(
  context: ApiContext,
  curie: string,
  asOf?: number | null,
): Promise<Entity | null> {
  const year = asOf ?? undefined;
  const row = await context.loaders.entity(year).load(canonicalId(curie));
  return row === undefined ? null : new Entity(row, year);
}

/**
 * The entity that a question starts from, as of the year where papers of until then mention it, else as it is now. Throws
 * NOT_FOUND where the graph has none.
 */
export async function knownEntity(context: ApiContext, curie: string, asOf?: number | null): Promise<Entity> {
  const then = asOf == null ? null : await findEntity(context, curie, asOf);
  const entity = then ?? (await findEntity(context, curie));
  if (entity !== null) return entity;
  throw new BioWeftError(
    "NOT_FOUND",
    `the graph has no entity ${canonicalId(curie)}; find its CURIE with searchEntities, or ingest papers that mention it`,
  );
}

/** Relations by their keys, as they are or as of a year; those not known yet as of then are left out. */
export async function findRelations(
  context: ApiContext,
  keys: readonly string[],
  asOf?: number | null,
): Promise<Relation[]> {
  const year = asOf ?? undefined;
  const loader = context.loaders.relation(year);
  const rows = await Promise.all(keys.map((key) => loader.load(key)));
  return rows.flatMap((row) => (row === undefined ? [] : [new Relation(row, year)]));
}

/** The entity that something in the graph refers to, now or as of a year. */
export async function entityOf(context: ApiContext, curie: string, asOf?: number | null): Promise<Entity> {
  const entity = await findEntity(context, curie, asOf);
  if (entity !== null) return entity;
  throw new BioWeftError("INTERNAL", `entity ${curie} is referred to but does not exist`);
}

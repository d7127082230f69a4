/**
 * Brings relations up to date with their evidence: belief, papers, years and sources, the direct relationship
 * between the two entities, and the end of relations that nothing supports. Part of a write's transaction.
 */
import type { WriteTransaction } from "../neo4j/database.js";
import { relationStrength, supportedRelation } from "../read/relation-strength.js";

/** Recomputes these relations and gives how many there were. Three queries, whatever their number. */
export async function updateRelations(
  transaction: WriteTransaction,
  ids: readonly string[],
): Promise<number> {
  if (ids.length === 0) return 0;
  const relations = (await transaction.run("support-of-relations", { ids })).map((row) =>
    supportedRelation.parse(row),
  );
  const standing = relations.filter(({ rows }) => rows.length > 0);
  const fallen = relations.filter(({ rows }) => rows.length === 0).map(({ id }) => id);
  const rows = standing.map(({ id, rows: support }) => ({ id, ...relationStrength(support) }));
  if (rows.length > 0) await transaction.run("update-relations", { rows });
  if (fallen.length > 0) await transaction.run("remove-relations", { ids: fallen });
  return relations.length;
}

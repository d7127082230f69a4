/**
 * Brings relations up to date with their evidence: belief, papers, years and sources, the direct relationship
 * between the two entities, and the end of relations that nothing supports. Part of a write's transaction, which has
 * taken the relations (lock-relations, write-relations) before it changed their evidence.
 */

import { z } from "zod";
import { required } from "../../core/required.js";
import type { Row, WriteTransaction } from "../neo4j/database.js";
import {
  changeTally,
  EMPTY_TALLY,
  type RelationTally,
  relationStrength,
  type SupportRow,
  supportedRelation,
  tallyStrength,
} from "../read/relation-strength.js";

/** What a relation's rows were, and are: all rows of every paper that changed. */
export interface SupportChange {
  readonly before: readonly SupportRow[];
  readonly after: readonly SupportRow[];
}

const list = z.nullable(z.array(z.number())).transform((values) => values ?? []);
const tallied = z.object({
  id: z.string(),
  belief: z.nullable(z.number()),
  weights: list,
  weightPapers: list,
  years: list,
  yearPapers: list,
  sources: z.nullable(z.array(z.string())),
  sourceRows: z.nullable(z.array(z.number())),
});

/**
 * Brings relations up to date with what changed in their evidence, without reading the rest; gives how many there were. Four
 * queries, whatever their number, and one more where a relation is from before tallies were kept.
 */
export async function changeRelations(
  transaction: WriteTransaction,
  changes: ReadonlyMap<string, SupportChange>,
): Promise<number> {
  if (changes.size === 0) return 0;
  const ids = [...changes.keys()];
  const rows = (await transaction.run("tallies-of-relations", { ids })).map((row) => tallied.parse(row));
  const untallied = rows.filter(({ belief, sourceRows }) => belief !== null && sourceRows === null);
  const strengths: Row[] = [];
  const fallen: string[] = [];
  for (const row of rows) {
    if (untallied.includes(row)) continue;
    const { before, after } = required(changes.get(row.id), row.id);
    const tally = changeTally(row.belief === null ? EMPTY_TALLY : toTally(row), before, after);
    if (tally.sources.size === 0) fallen.push(row.id);
    else strengths.push({ id: row.id, ...tallyStrength(tally) });
  }
  if (strengths.length > 0) await transaction.run("update-relations", { rows: strengths });
  if (fallen.length > 0) await transaction.run("remove-relations", { ids: fallen });
  await updateRelations(
    transaction,
    untallied.map(({ id }) => id),
  );
  return rows.length;
}

function toTally(row: z.infer<typeof tallied>): RelationTally {
  const beside = <Key>(keys: readonly Key[], counts: readonly number[]) =>
    new Map(keys.map((key, index) => [key, required(counts[index], `count ${index} in relation ${row.id}`)]));
  return {
    weights: beside(row.weights, row.weightPapers),
    years: beside(row.years, row.yearPapers),
    sources: beside(row.sources ?? [], row.sourceRows ?? []),
  };
}

/** Recomputes these relations from all their evidence and gives how many there were. Three queries, whatever their number. */
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

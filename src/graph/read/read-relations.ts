/**
 * Reads relations: by id, by filter, and page by page for many entities at once; as they are, or as of the end of a
 * year: then from the evidence of papers of until then alone, undated papers left out, with core's own rule.
 */

import { z } from "zod";
import { type BeliefRow, belief, paperWeights, RELIABILITY } from "../../core/belief.js";
import type { SourceKind } from "../../core/evidence.js";
import { SOURCE_KINDS } from "../../core/evidence.js";
import {
  ENTITY_TYPES,
  type EntityType,
  RELATION_TYPES,
  type RelationType,
} from "../../core/relation-types.js";
import type { Database, Params } from "../neo4j/database.js";

/** A relation as stored; `subject` and `object` are CURIEs. */
export interface RelationRow {
  readonly id: string;
  readonly type: RelationType;
  readonly belief: number;
  readonly papers: number;
  readonly firstYear: number | null;
  readonly lastYear: number | null;
  readonly subject: string;
  readonly object: string;
}

/** A relation on a page: `place` is what its list is ordered by, falling. */
export interface PlacedRelation extends RelationRow {
  readonly place: number;
}

/** What lists of relations can be ordered by; all falling but `oldest`, which begins with the earliest first paper. */
export const RELATION_ORDERS = ["belief", "papers", "newest", "oldest", "id"] as const;
export type RelationOrder = (typeof RELATION_ORDERS)[number];

/**
 * Which relations to give. Null asks nothing. `entityTypes` are of both ends, or of the other end of an entity's; so is
 * `other`, a CURIE. `standing` keeps those that a paper supports, false those whose papers are all retracted or denied.
 */
export interface RelationQuery {
  readonly standing: boolean | null;
  readonly other: string | null;
  readonly types: readonly RelationType[] | null;
  readonly entityTypes: readonly EntityType[] | null;
  readonly minBelief: number | null;
  readonly minPapers: number | null;
  readonly fromYear: number | null;
  readonly toYear: number | null;
  readonly sources: readonly string[] | null;
  readonly sourceKinds: readonly SourceKind[] | null;
  /** Asks as of the end of this year: what a graph built from the dated papers of until then would give. */
  readonly asOf: number | null;
}

/** How many relations of one kind began in one year; null for those without a dated paper. */
export interface RelationCount {
  readonly type: RelationType;
  readonly entityType: EntityType;
  readonly firstYear: number | null;
  readonly count: number;
}

/** One page: `after` is the sort key of the last row seen, for relations (place, id). */
export interface GraphPage {
  readonly limit: number;
  readonly after: readonly (string | number)[] | null;
}

const year = z.nullish(z.number()).transform((value) => value ?? null);
const relationRow = z.object({
  id: z.string(),
  type: z.enum(RELATION_TYPES),
  belief: z.number(),
  papers: z.number(),
  firstYear: year,
  lastYear: year,
  subject: z.string(),
  object: z.string(),
});
const placedRow = relationRow.extend({ place: z.number() });
const relationCountRow = z.object({
  type: z.enum(RELATION_TYPES),
  entityType: z.enum(ENTITY_TYPES),
  firstYear: year,
  count: z.number(),
});
const keyed = z.object({ entity: z.string() });
const countRow = z.object({ count: z.number() });

/** The evidence of a relation until a year, as statements give it. */
export const supportRow = z.object({
  pmid: z.string(),
  probability: z.number(),
  sourceKind: z.enum(SOURCE_KINDS),
  negated: z.boolean(),
  retracted: z.boolean(),
  year: z.number(),
});
const relationAsOf = relationRow
  .pick({ id: true, type: true, subject: true, object: true })
  .extend({ rows: z.array(supportRow) });

/** Relations in the order of the ids, undefined for unknown ones and, as of a year, for those not yet known. */
export async function relationsByIds(
  database: Database,
  ids: readonly string[],
  asOf?: number,
): Promise<(RelationRow | undefined)[]> {
  const unique = [...new Set(ids)];
  const rows =
    asOf === undefined
      ? (await database.read("relations-by-ids", { ids: unique })).map((row) => relationRow.parse(row))
      : (await database.read("relations-by-ids-as-of", { ids: unique, asOf })).flatMap((row) => {
          const { rows: support, ...relation } = relationAsOf.parse(row);
          const strength = strengthOf(support);
          return strength === undefined ? [] : [{ ...relation, ...strength }];
        });
  const found = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => found.get(id));
}

/**
 * Belief, papers and years from evidence rows; undefined without any. Rows that count nothing, as their papers are
 * retracted, give a relation of belief 0, as they do in the graph.
 */
function strengthOf(rows: readonly (BeliefRow & { readonly year: number })[]) {
  if (rows.length === 0) return undefined;
  const counting = paperWeights(rows);
  const years = counting.map(({ row }) => row.year);
  return {
    belief: belief(rows),
    papers: counting.length,
    firstYear: years.length === 0 ? null : Math.min(...years),
    lastYear: years.length === 0 ? null : Math.max(...years),
  };
}

/** One page of all relations that pass the filter, in an order. */
export async function relations(
  database: Database,
  query: RelationQuery,
  order: RelationOrder,
  page: GraphPage,
): Promise<PlacedRelation[]> {
  const byKey = order === "id" && query.asOf === null;
  const statement = byKey
    ? "relations-by-key"
    : order === "belief" || query.asOf !== null
      ? asked("relations", query)
      : "relations-by-place";
  const { afterPlace, afterId, limit } = placePage(page);
  const rows = await database.read(statement, {
    ...filterParams(query),
    ...{ order, afterPlace, limit, afterId: byKey ? (afterId ?? "") : afterId },
  });
  return rows.map((row) => placedRow.parse(row));
}

/** How many relations pass the filter. */
export async function countRelations(database: Database, query: RelationQuery): Promise<number> {
  const [row] = await database.read(asked("count-relations", query), filterParams(query));
  return countRow.parse(row).count;
}

/** One page of relations for each entity, in the order of the CURIEs. */
export async function relationsOfEntities(
  database: Database,
  curies: readonly string[],
  query: RelationQuery,
  order: RelationOrder,
  page: GraphPage,
): Promise<PlacedRelation[][]> {
  const rows = await database.read(asked("relations-of-entities", query), {
    curies: [...new Set(curies)],
    ...filterParams(query),
    ...placePage(page),
    order,
  });
  return grouped(
    curies,
    rows,
    (row) => keyed.parse(row).entity,
    (row) => placedRow.parse(row),
  );
}

/** How many relations each entity has that pass the filter, in the order of the CURIEs. */
export async function countRelationsOfEntities(
  database: Database,
  curies: readonly string[],
  query: RelationQuery,
): Promise<number[]> {
  const rows = await database.read(asked("count-relations-of-entities", query), {
    curies: [...new Set(curies)],
    ...filterParams(query),
  });
  return countsByEntity(curies, rows);
}

/** How many relations of which kind and year each entity has, in the order of the CURIEs. */
export async function relationCountsOfEntities(
  database: Database,
  curies: readonly string[],
  query: RelationQuery,
): Promise<RelationCount[][]> {
  const rows = await database.read(asked("relation-counts-of-entities", query), {
    curies: [...new Set(curies)],
    ...filterParams(query),
  });
  return grouped(
    curies,
    rows,
    (row) => keyed.parse(row).entity,
    (row) => relationCountRow.parse(row),
  );
}

/** The statement that answers a question: its own where the question names a year. */
export function asked(statement: string, { asOf }: { readonly asOf: number | null }): string {
  return asOf === null ? statement : `${statement}-as-of`;
}

/** A filter as statements take it; those as of a year weigh the sources themselves. */
export function filterParams(query: object): Params {
  return { ...query, reliability: RELIABILITY };
}

function placePage(page: GraphPage) {
  const [afterPlace, afterId] = page.after ?? [null, null];
  return { afterPlace, afterId, limit: page.limit };
}

/** Rows of `entity` and `count` as counts in the order of the CURIEs, 0 for those without a row. */
export function countsByEntity(curies: readonly string[], rows: readonly unknown[]): number[] {
  return grouped(
    curies,
    rows,
    (row) => keyed.parse(row).entity,
    (row) => countRow.parse(row).count,
  ).map(([count]) => count ?? 0);
}

/** Rows by key, in the order of the keys; an empty list for keys without rows. Keeps the order within a key. */
export function grouped<Row, T>(
  keys: readonly string[],
  rows: readonly Row[],
  key: (row: Row) => string,
  value: (row: Row) => T,
): T[][] {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(key(row)) ?? [];
    group.push(value(row));
    groups.set(key(row), group);
  }
  return keys.map((each) => groups.get(each) ?? []);
}

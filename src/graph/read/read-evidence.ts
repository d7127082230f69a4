/**
 * Reads evidence: by id, and page by page for many relations or publications at once, the most probable first.
 */

import { z } from "zod";
import { RELIABILITY } from "../../core/belief.js";
import type { EvidenceMention, SourceKind } from "../../core/evidence.js";
import { SOURCE_KINDS } from "../../core/evidence.js";
import { type RelationDirection, relationDirection } from "../../core/qualifiers/direction.js";
import type { Database, Row } from "../neo4j/database.js";
import { type GraphPage, grouped } from "./read-relations.js";

/** A row of evidence as stored; `relation` is the id of the relation that it supports. */
export interface EvidenceRow {
  readonly id: string;
  readonly relation: string;
  readonly pmid: string;
  /** The document that the offsets are of: the paper, or a part of it. */
  readonly document: string;
  readonly sentence: string;
  readonly start: number;
  readonly end: number;
  readonly mentions: readonly EvidenceMention[];
  readonly probability: number;
  readonly sourceKind: SourceKind;
  readonly source: string;
  readonly negated: boolean;
  readonly year: number | null;
  /** CURIE of the end that acts; null where neither does or, without `subjectProbability`, where nobody says. */
  readonly subject: string | null;
  readonly subjectProbability: number | null;
  readonly novel: boolean | null;
  readonly noveltyProbability: number | null;
  /** Whether its paper is retracted. */
  readonly retracted: boolean;
}

/** Which evidence of a relation to give. Null asks nothing; `counting` keeps what adds to belief, false what does not. */
export interface EvidenceQuery {
  readonly asOf: number | null;
  readonly sources: readonly string[] | null;
  readonly sourceKinds: readonly SourceKind[] | null;
  readonly counting: boolean | null;
}

/** What one source says of a relation. */
export interface EvidenceGroupRow {
  readonly source: string;
  readonly sourceKind: SourceKind;
  readonly rows: number;
  readonly papers: number;
  /** Rows that are neither negated nor of a retracted paper. */
  readonly counting: number;
}

/** What one paper adds to belief: `evidence` is the id of its best row. */
export interface PaperWeightRow {
  readonly pmid: string;
  readonly weight: number;
  readonly evidence: string;
}

const mentionList = z.array(
  z.object({ curie: z.string(), start: z.number(), end: z.number(), text: z.string() }),
);
const evidenceRow = z.object({
  id: z.string(),
  relation: z.string(),
  pmid: z.string(),
  document: z.string(),
  sentence: z.string(),
  start: z.number(),
  end: z.number(),
  // Neo4j holds no lists of maps, so the mentions are stored as JSON.
  mentions: z.string().transform((json) => mentionList.parse(JSON.parse(json))),
  probability: z.number(),
  sourceKind: z.enum(SOURCE_KINDS),
  source: z.string(),
  negated: z.boolean(),
  year: z.nullish(z.number()).transform((value) => value ?? null),
  subject: z.nullable(z.string()),
  subjectProbability: z.nullable(z.number()),
  novel: z.nullable(z.boolean()),
  noveltyProbability: z.nullable(z.number()),
  retracted: z.boolean(),
});
const ofRelation = z.object({ relation: z.string() });
const groupRow = z.object({
  source: z.string(),
  sourceKind: z.enum(SOURCE_KINDS),
  rows: z.number(),
  papers: z.number(),
  counting: z.number(),
});
const weightRow = z.object({ pmid: z.string(), weight: z.number(), evidence: z.string() });
const directionsRow = z.object({
  id: z.string(),
  rows: z.array(
    z.object({
      pmid: z.string(),
      probability: z.number(),
      sourceKind: z.enum(SOURCE_KINDS),
      subject: z.nullable(z.string()),
      subjectProbability: z.number(),
    }),
  ),
});
const countRow = z.object({ key: z.string(), count: z.number() });

/** Evidence in the order of the ids, undefined for unknown ones. */
export async function evidenceByIds(
  database: Database,
  ids: readonly string[],
): Promise<(EvidenceRow | undefined)[]> {
  const rows = await database.read("evidence-by-ids", { ids: [...new Set(ids)] });
  const found = new Map(rows.map(toEvidence).map((row) => [row.id, row]));
  return ids.map((id) => found.get(id));
}

/** One page of evidence for each relation, in the order of the ids; as of a year, only that of until then. */
export async function evidenceOfRelations(
  database: Database,
  ids: readonly string[],
  query: EvidenceQuery,
  page: GraphPage,
): Promise<EvidenceRow[][]> {
  const rows = await database.read("evidence-of-relations", {
    ids: [...new Set(ids)],
    ...query,
    ...probabilityPage(page),
  });
  return grouped(
    ids,
    rows.map(toEvidence),
    (row) => row.relation,
    (row) => row,
  );
}

/** How many rows of evidence each relation has, in the order of the ids. */
export async function countEvidenceOfRelations(
  database: Database,
  ids: readonly string[],
  query: EvidenceQuery,
): Promise<number[]> {
  const rows = await database.read("count-evidence-of-relations", { ids: [...new Set(ids)], ...query });
  return counts(ids, rows);
}

/** The row that shows each relation best, in the order of the ids; undefined for relations without evidence. */
export async function bestEvidenceOfRelations(
  database: Database,
  ids: readonly string[],
  asOf: number | null,
): Promise<(EvidenceRow | undefined)[]> {
  const rows = await database.read("best-evidence-of-relations", weighed(ids, asOf));
  const found = new Map(rows.map(toEvidence).map((row) => [row.relation, row]));
  return ids.map((id) => found.get(id));
}

/** What each source says of each relation, in the order of the ids, the one that says most first. */
export async function evidenceGroupsOfRelations(
  database: Database,
  ids: readonly string[],
  asOf: number | null,
): Promise<EvidenceGroupRow[][]> {
  const rows = await database.read("evidence-groups-of-relations", { ids: [...new Set(ids)], asOf });
  return grouped(
    ids,
    rows,
    (row) => ofRelation.parse(row).relation,
    (row) => groupRow.parse(row),
  );
}

/** One page of what papers add to the belief in each relation, the heaviest first; `after` is (weight, PMID). */
export async function paperWeightsOfRelations(
  database: Database,
  ids: readonly string[],
  asOf: number | null,
  page: GraphPage,
): Promise<PaperWeightRow[][]> {
  const [afterWeight, afterPmid] = page.after ?? [null, null];
  const rows = await database.read("paper-weights-of-relations", {
    ...weighed(ids, asOf),
    afterWeight,
    afterPmid,
    limit: page.limit,
  });
  return grouped(
    ids,
    rows,
    (row) => ofRelation.parse(row).relation,
    (row) => weightRow.parse(row),
  );
}

function weighed(ids: readonly string[], asOf: number | null) {
  return { ids: [...new Set(ids)], asOf, reliability: RELIABILITY };
}

/** What the papers say of each relation's direction, in the order of the ids; as of a year, those of until then. */
export async function directionsOfRelations(
  database: Database,
  ids: readonly string[],
  asOf: number | null,
): Promise<(RelationDirection | undefined)[]> {
  const rows = await database.read("directions-of-relations", { ids: [...new Set(ids)], asOf });
  const found = new Map(
    rows.map((row) => directionsRow.parse(row)).map(({ id, rows: words }) => [id, relationDirection(words)]),
  );
  return ids.map((id) => found.get(id));
}

/** One page of evidence for each publication, in the order of the PMIDs. */
export async function evidenceOfPublications(
  database: Database,
  pmids: readonly string[],
  page: GraphPage,
): Promise<EvidenceRow[][]> {
  const rows = await database.read("evidence-of-publications", {
    pmids: [...new Set(pmids)],
    ...probabilityPage(page),
  });
  return grouped(
    pmids,
    rows.map(toEvidence),
    (row) => row.pmid,
    (row) => row,
  );
}

/** How many rows of evidence each publication gives, in the order of the PMIDs. */
export async function countEvidenceOfPublications(
  database: Database,
  pmids: readonly string[],
): Promise<number[]> {
  return counts(pmids, await database.read("count-evidence-of-publications", { pmids: [...new Set(pmids)] }));
}

function toEvidence(row: Row): EvidenceRow {
  return evidenceRow.parse(row);
}

function probabilityPage(page: GraphPage) {
  const [afterProbability, afterId] = page.after ?? [null, null];
  return { afterProbability, afterId, limit: page.limit };
}

function counts(keys: readonly string[], rows: readonly Row[]): number[] {
  const found = new Map(rows.map((row) => countRow.parse(row)).map(({ key, count }) => [key, count]));
  return keys.map((key) => found.get(key) ?? 0);
}

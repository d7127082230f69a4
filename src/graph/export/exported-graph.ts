/**
 * Entities and relations as exports show them, page after page: what passes a filter, with all the evidence behind it, as
 * the graph is or as of the end of a year. Knows no file format.
 */
import { z } from "zod";
import { paperWeights } from "../../core/belief.js";
import { SOURCE_KINDS } from "../../core/evidence.js";
import { relationDirection } from "../../core/qualifiers/direction.js";
import {
  ENTITY_TYPES,
  type EntityType,
  RELATION_TYPES,
  type RelationType,
} from "../../core/relation-types.js";
import type { Database, QueryOptions } from "../neo4j/database.js";
import { relationStrength } from "../read/relation-strength.js";
import { graphPages, type PagedStatement } from "./graph-pages.js";

/**
 * Which relations to export; null asks nothing. `entityTypes` are of both ends, `sources` has one that says it, `standing`
 * keeps those that a paper supports. As of the end of a year counts what dated papers of until then say.
 */
export interface ExportFilter {
  readonly asOf: number | null;
  readonly types: readonly RelationType[] | null;
  readonly entityTypes: readonly EntityType[] | null;
  readonly sources: readonly string[] | null;
  readonly minBelief: number | null;
  readonly standing: boolean | null;
  /** Of documents: only those of which a curator judged something. */
  readonly isCorrected: boolean;
}

/** What is exported. */
export interface ExportSource {
  readonly database: Database;
  readonly filter: ExportFilter;
  /** Of every page that is read. */
  readonly options: QueryOptions;
}

/** An entity; without a spelling of its own its name is its CURIE. */
export type ExportedEntity = z.infer<typeof entityShape>;
/** One row of evidence. */
type ExportedEvidence = z.infer<typeof evidenceShape>;

/** A relation with its evidence, in the order of the rows' papers and sources. */
export interface ExportedRelation {
  readonly id: string;
  readonly type: RelationType;
  readonly subject: string;
  readonly object: string;
  readonly belief: number;
  readonly papers: number;
  readonly firstYear: number | null;
  readonly lastYear: number | null;
  readonly sources: readonly string[];
  /** CURIE of the end that acts on the other; null where the papers say neither, or nothing. */
  readonly acting: string | null;
  readonly evidence: readonly ExportedEvidence[];
}

/** Things in the order of their keys; `last` is that of the last one looked at, which may have been filtered out. */
export interface ExportedPage<T> {
  readonly rows: readonly T[];
  readonly last: string;
}

const year = z.nullish(z.number()).transform((value) => value ?? null);
const entityShape = z.object({
  curie: z.string(),
  type: z.enum(ENTITY_TYPES),
  name: z.string(),
  // An empty list is not kept: a gene that only the annotation of a variant names has none.
  synonyms: z.nullish(z.array(z.string())).transform((names) => names ?? []),
});
const entityRow = z.object({ properties: entityShape });
const evidenceShape = z.object({
  id: z.string(),
  pmid: z.string(),
  document: z.string(),
  source: z.string(),
  sourceKind: z.enum(SOURCE_KINDS),
  probability: z.number(),
  negated: z.boolean(),
  retracted: z.boolean(),
  year,
  sentence: z.string(),
  subject: z.nullable(z.string()),
  subjectProbability: z.nullable(z.number()),
});
const relationRow = z.object({
  key: z.string(),
  type: z.enum(RELATION_TYPES),
  subject: z.string(),
  object: z.string(),
  belief: z.number(),
  papers: z.number(),
  firstYear: year,
  lastYear: year,
  rows: z.array(evidenceShape),
});

const ENTITY_PAGES: PagedStatement = { statement: "export-entities", pageSize: 1000 };
const RELATION_PAGES: PagedStatement = { statement: "export-knowledge", pageSize: 500 };
const PAGES_OF_ENTITY: PagedStatement = { statement: "export-knowledge-of-entity", pageSize: 1000 };

/** Relations that pass the filter, behind an id; `curie` asks for those of one entity, whose other end is then filtered. */
export async function* exportedRelations(
  { database, filter, options }: ExportSource,
  after: string,
  curie?: string,
): AsyncGenerator<ExportedPage<ExportedRelation>> {
  const { asOf, types, entityTypes, minBelief, standing } = filter;
  const params = { asOf, types, entityTypes, minBelief: minBelief ?? 0, standing, curie };
  const pages = curie === undefined ? RELATION_PAGES : PAGES_OF_ENTITY;
  for await (const { rows, last } of graphPages(database, pages, after, options, params)) {
    const relations = rows.map((row) => toRelation(relationRow.parse(row), asOf));
    yield { rows: relations.filter((relation) => passes(relation, filter)), last };
  }
}

/**
 * Entities behind a CURIE: all of them, or, where a filter or a year is given, those at an end of a relation that passes.
 * Those ends are found by a walk through the relations, and their CURIEs held in memory.
 */
export async function* exportedEntities(
  source: ExportSource,
  after: string,
): AsyncGenerator<ExportedPage<ExportedEntity>> {
  const ends = isNarrow(source.filter) ? await endsOf(source) : undefined;
  for await (const { rows, last } of graphPages(source.database, ENTITY_PAGES, after, source.options)) {
    const entities = rows.map((row) => entityRow.parse(row).properties);
    yield { rows: entities.filter(({ curie }) => ends?.has(curie) !== false), last };
  }
}

/** Whether a filter leaves out more than what retracted papers alone say. */
export function isNarrow({ standing: _, isCorrected: __, ...asked }: ExportFilter): boolean {
  return Object.values(asked).some((value) => value !== null);
}

async function endsOf(source: ExportSource): Promise<Set<string>> {
  const ends = new Set<string>();
  for await (const { rows } of exportedRelations(source, "")) {
    for (const { subject, object } of rows) ends.add(subject).add(object);
  }
  return ends;
}

function toRelation(row: z.infer<typeof relationRow>, asOf: number | null): ExportedRelation {
  const { key, type, subject, object, rows } = row;
  const evidence = [...rows].sort((a, b) => (a.id < b.id ? -1 : 1));
  const { sources, ...strength } = relationStrength(evidence);
  const { belief, papers, firstYear, lastYear } = asOf === null ? row : strength;
  const told = paperWeights(evidence).map(({ row: { pmid } }) => pmid);
  const counting = new Set(told);
  const speaking = evidence.flatMap(({ subjectProbability, ...one }) =>
    subjectProbability === null || one.negated || !counting.has(one.pmid)
      ? []
      : [{ ...one, subjectProbability }],
  );
  const acting = relationDirection(speaking)?.subject ?? null;
  return { id: key, type, subject, object, belief, papers, firstYear, lastYear, sources, acting, evidence };
}

function passes(relation: ExportedRelation, { minBelief, standing, sources, asOf }: ExportFilter): boolean {
  return (
    (asOf === null || relation.evidence.length > 0) &&
    relation.belief >= (minBelief ?? 0) &&
    (standing === null || relation.papers > 0 === standing) &&
    (sources === null || relation.sources.some((source) => sources.includes(source)))
  );
}

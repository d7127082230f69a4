/**
 * The part of the graph that a batch of documents touches: read before a write, merged with the documents, and
 * compared, so that only what differs is written. Runs inside the write's transaction.
 */
import { z } from "zod";
import { ENTITY_TYPES, type EntityType } from "../../core/relation-types.js";
import type { Row, WriteTransaction } from "../neo4j/database.js";
import { byVotes, type EntityVotes, electedType, type PaperMention } from "./entity-votes.js";

/** A publication as stored. */
export interface StoredPublication {
  readonly pmid: string;
  readonly title: string;
  readonly journal: string | null;
  readonly year: number | null;
  readonly doi: string | null;
  readonly retracted: boolean;
}

/** A row of evidence as stored; `mentions` is JSON, `relation` the id of what it supports. */
export type StoredEvidence = z.infer<typeof evidenceShape>;

/** All of it by key: PMID; PMID and CURIE (`mentionKey`); CURIE; evidence id. */
export interface GraphState {
  readonly publications: Map<string, StoredPublication>;
  readonly mentions: Map<string, PaperMention>;
  readonly entities: Map<string, EntityVotes>;
  readonly evidence: Map<string, StoredEvidence>;
}

const year = z.nullable(z.number());
const publicationShape = z.object({
  pmid: z.string(),
  title: z.nullable(z.string()).transform((title) => title ?? ""),
  journal: z.nullable(z.string()),
  year,
  doi: z.nullable(z.string()),
  retracted: z.nullable(z.boolean()).transform((retracted) => retracted === true),
});
const evidenceShape = z.object({
  id: z.string(),
  pmid: z.string(),
  relation: z.string(),
  sentence: z.string(),
  start: z.number(),
  end: z.number(),
  mentions: z.string(),
  probability: z.number(),
  sourceKind: z.string(),
  source: z.string(),
  negated: z.boolean(),
  year,
});
const mentionShape = z
  .object({
    pmid: z.string(),
    curie: z.string(),
    type: z.enum(ENTITY_TYPES),
    names: z.array(z.string()),
    counts: z.array(z.number()),
  })
  .transform(({ names, counts, ...mention }): PaperMention => ({ ...mention, names: zipped(names, counts) }));
const entityShape = z
  .object({
    curie: z.string(),
    typeVotes: z.array(z.number()),
    synonyms: z.array(z.string()),
    synonymVotes: z.array(z.number()),
  })
  .transform(
    ({ curie, typeVotes, synonyms, synonymVotes }): EntityVotes => ({
      curie,
      types: typeVotes,
      names: zipped(synonyms, synonymVotes),
    }),
  );

/** Reads what the graph holds of these publications and entities. */
export async function readGraphState(
  transaction: WriteTransaction,
  pmids: readonly string[],
  curies: readonly string[],
): Promise<GraphState> {
  const publications = await transaction.run("stored-publications", { pmids });
  const mentions = await transaction.run("stored-mentions", { pmids });
  const entities = await transaction.run("stored-entities", { curies });
  const evidence = await transaction.run("stored-evidence", { pmids });
  return {
    publications: keyed(
      publications,
      (row) => publicationShape.parse(row),
      ({ pmid }) => pmid,
    ),
    mentions: keyed(mentions, (row) => mentionShape.parse(row), mentionKey),
    entities: keyed(
      entities,
      (row) => entityShape.parse(row),
      ({ curie }) => curie,
    ),
    evidence: keyed(
      evidence,
      (row) => evidenceShape.parse(row),
      ({ id }) => id,
    ),
  };
}

/** The key of a paper's mention of an entity. */
export function mentionKey({ pmid, curie }: Pick<PaperMention, "pmid" | "curie">): string {
  return `${pmid}\t${curie}`;
}

/** A mention as write-mentions.cypher takes it. */
export function toMentionRow({ pmid, curie, type, names }: PaperMention): Row {
  const spellings = byVotes(names);
  const counts = spellings.map((name) => names.get(name) ?? 0);
  return {
    pmid,
    curie,
    type,
    names: spellings,
    counts,
    count: counts.reduce((sum, count) => sum + count, 0),
  };
}

/** An entity as write-entities.cypher takes it. Without votes it is a gene that only a variant's annotation names. */
export function toEntityRow(votes: EntityVotes): Row {
  const synonyms = byVotes(votes.names);
  const type: EntityType = electedType(votes, "Gene");
  return {
    curie: votes.curie,
    type,
    typeVotes: votes.types,
    name: synonyms[0] ?? votes.curie,
    synonyms,
    synonymVotes: synonyms.map((name) => votes.names.get(name) ?? 0),
  };
}

/** The rows of `after` that `before` has not, or has otherwise, in the order of their keys. */
export function changedRows<T>(
  before: ReadonlyMap<string, T>,
  after: ReadonlyMap<string, T>,
  toRow: (value: T) => Row,
): Row[] {
  const rows: Row[] = [];
  for (const key of [...after.keys()].sort()) {
    const [old, now] = [before.get(key), after.get(key)];
    if (now === undefined || old === now) continue;
    const row = toRow(now);
    if (old === undefined || JSON.stringify(toRow(old)) !== JSON.stringify(row)) rows.push(row);
  }
  return rows;
}

function keyed<T>(rows: readonly Row[], parse: (row: Row) => T, key: (value: T) => string): Map<string, T> {
  return new Map(rows.map((row) => parse(row)).map((value) => [key(value), value]));
}

function zipped(names: readonly string[], counts: readonly number[]): Map<string, number> {
  return new Map(names.map((name, index) => [name, counts[index] ?? 0]));
}

/**
 * Reads entities: by CURIE, by search text, and those whose names come near a text. Makes the Lucene queries
 * for the full-text index; the statements are in cypher/read.
 */
import { z } from "zod";
import { ENTITY_TYPES, type EntityType } from "../../core/relation-types.js";
import { inGroups } from "../../core/turns/in-groups.js";
import type { Database } from "../neo4j/database.js";

/** An entity as stored, or as the papers until a year have it. */
export interface EntityRow {
  readonly curie: string;
  readonly type: EntityType;
  readonly name: string;
  readonly synonyms: readonly string[];
}

/** A search hit with its place in the order: rank 4 CURIE, 3 name, 2 synonym, 1 prefix, 0 near. */
interface EntityHit extends EntityRow {
  readonly rank: number;
  readonly score: number;
}

/** What to search for; `after` is the sort key (rank, score, CURIE) of the last hit seen. */
interface EntitySearch {
  readonly text: string;
  /** The text as a canonical CURIE, where it is one. */
  readonly curie?: string | undefined;
  readonly types: readonly EntityType[] | null;
}

const entityShape = {
  curie: z.string(),
  type: z.enum(ENTITY_TYPES),
  name: z.nullish(z.string()),
  synonyms: z.nullish(z.array(z.string())),
};
const entityRow = z.object(entityShape).transform(named);
const entityHit = z.object({ ...entityShape, rank: z.number(), score: z.number() }).transform(named);
const countRow = z.object({ count: z.number() });

/**
 * Entities in the order of the CURIEs, undefined for those that the graph does not have or, as of a year, that no paper
 * of until then mentions.
 */
export async function entitiesByCuries(
  database: Database,
  curies: readonly string[],
  asOf?: number,
): Promise<(EntityRow | undefined)[]> {
  const unique = [...new Set(curies)];
  const rows =
    asOf === undefined
      ? await database.read("entities-by-curies", { curies: unique })
      : await database.read("entities-by-curies-as-of", { curies: unique, asOf });
  const found = new Map(rows.map((row) => entityRow.parse(row)).map((entity) => [entity.curie, entity]));
  return curies.map((curie) => found.get(curie));
}

/** One page of search hits, the best first. */
export async function searchEntities(
  database: Database,
  search: EntitySearch,
  page: { readonly limit: number; readonly after: readonly (string | number)[] | null },
): Promise<EntityHit[]> {
  const [afterRank, afterScore, afterCurie] = page.after ?? [null, null, null];
  const rows = await database.read("search-entities", {
    ...searchParams(search),
    text: search.text.trim().toLowerCase(),
    afterRank,
    afterScore,
    afterCurie,
    limit: page.limit,
  });
  return rows.map((row) => entityHit.parse(row));
}

/** How many entities a search finds. */
export async function countSearchedEntities(database: Database, search: EntitySearch): Promise<number> {
  const [row] = await database.read("count-search-entities", searchParams(search));
  return countRow.parse(row).count;
}

/** Words a query: each is looked for in two fields, and Lucene refuses more than 1024 clauses in all. */
const WORDS_A_QUERY = 500;
/** Longer runs of letters are no words: the index cuts them at 255. */
const LONGEST_WORD = 100;
const nearRow = z.object({ ...entityShape, score: z.number() });

/** Entities that share words with a text of any length, the closest first, at most `limit`. */
export async function entitiesNearText(
  database: Database,
  text: string,
  limit: number,
): Promise<EntityRow[]> {
  const words = new Set(
    tokens(text).flatMap((token) => (token.endsWith("s") ? [token, token.slice(0, -1)] : [token])),
  );
  const sought = [...words].filter((word) => word.length > 1 && word.length <= LONGEST_WORD);
  const near = new Map<string, EntityRow & { readonly score: number }>();
  // In the order of the text, so that a name's words are mostly asked for together.
  for await (const some of inGroups(sought, WORDS_A_QUERY)) {
    const query = some.map(quoted).join(" ");
    for await (const row of database.stream("entities-near-text", { query, limit })) {
      const { score, ...entity } = nearRow.parse(row);
      const before = near.get(entity.curie);
      near.set(entity.curie, { ...named(entity), score: score + (before === undefined ? 0 : before.score) });
    }
  }
  return [...near.values()]
    .sort((a, b) => b.score - a.score || (a.curie < b.curie ? -1 : 1))
    .slice(0, limit)
    .map(({ score: _, ...entity }) => entity);
}

function searchParams(search: EntitySearch) {
  return { query: searchQuery(search.text), curie: search.curie ?? null, types: search.types };
}

/** Every word must occur: as it is, begun, or with one or two letters wrong, according to its length. */
function searchQuery(text: string): string {
  const words = tokens(text).slice(0, 50);
  if (words.length === 0) return quoted("");
  return words
    .map((word) => {
      // What is too long for a word of the index is near to none, and too much for Lucene's automata.
      if (word.length > LONGEST_WORD) return `+${quoted(word)}`;
      const edits = word.length < 3 ? 0 : word.length < 8 ? 1 : 2;
      const near = edits === 0 ? "" : ` ${word}~${edits}`;
      return `+(${quoted(word)}^4 ${word}*^2${near})`;
    })
    .join(" ");
}

/** Words as the index cuts them: runs of letters and digits, in lower case. Nothing that Lucene would read. */
function tokens(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

function quoted(word: string): string {
  return `"${word}"`;
}

function named<
  T extends { curie: string; name?: string | null | undefined; synonyms?: string[] | null | undefined },
>(row: T) {
  return { ...row, name: row.name ?? row.curie, synonyms: row.synonyms ?? [] };
}

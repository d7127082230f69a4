/**
 * Reads entities: by CURIE, by search text, and those whose names come near a text. Makes the Lucene queries
 * for the full-text index; the statements are in cypher/read.
 */
import { z } from "zod";
import { ENTITY_TYPES, type EntityType } from "../../core/relation-types.js";
import { inGroups } from "../../core/turns/in-groups.js";
import type { Database } from "../neo4j/database.js";
import { comparable, inNames, LONGEST_WORD, quoted, searchQuery, tokens } from "./search-words.js";

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
    text: comparable(search.text),
    afterRank,
    afterScore,
    afterCurie,
    limit: page.limit,
  });
  return rows.map((row) => entityHit.parse(row));
}

/** How many entities a search finds, and whether these are all: of very many hits only the nearest are looked at. */
export async function countSearchedEntities(
  database: Database,
  search: EntitySearch,
): Promise<{ readonly count: number; readonly complete: boolean }> {
  const [row] = await database.read("count-search-entities", searchParams(search));
  const { count, looked } = countRow.extend({ looked: z.number() }).parse(row);
  return { count, complete: looked < MOST_HITS };
}

/** How many hits of the index are looked at. */
const MOST_HITS = 5_000;

/** Words a query: each is looked for in two fields, and Lucene refuses more than 1024 clauses in all. */
const WORDS_A_QUERY = 500;
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
    const query = inNames(some.map(quoted).join(" "));
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

function searchParams({ text, types, curie }: EntitySearch) {
  return { query: searchQuery(text, types), curie: curie ?? null, types, hits: MOST_HITS };
}

function named<
  T extends { curie: string; name?: string | null | undefined; synonyms?: string[] | null | undefined },
>(row: T) {
  return { ...row, name: row.name ?? row.curie, synonyms: row.synonyms ?? [] };
}

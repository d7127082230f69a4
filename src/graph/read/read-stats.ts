/**
 * Reads how much the graph holds and which version it is.
 */
import { z } from "zod";
import type { Database, QueryOptions } from "../neo4j/database.js";

const statsRow = z.object({
  publications: z.number(),
  entities: z.number(),
  relations: z.number(),
  evidence: z.number(),
  genes: z.number(),
  diseases: z.number(),
  chemicals: z.number(),
  variants: z.number(),
});

/** Counts of what the graph holds. */
export type GraphCounts = z.infer<typeof statsRow>;

/** All counts, from the count store. */
export async function readGraphStats(database: Database, options: QueryOptions = {}): Promise<GraphCounts> {
  const [row] = await database.read("graph-stats", {}, options);
  return statsRow.parse(row);
}

const corpusRow = z.object({ name: z.string(), documents: z.number(), publications: z.number() });

/** An annotated corpus as far as the graph has it. */
export type CorpusRow = z.infer<typeof corpusRow>;

/** The corpora that the graph's documents are of, by name. */
export async function readCorpora(database: Database): Promise<CorpusRow[]> {
  return (await database.read("corpora", {})).map((row) => corpusRow.parse(row));
}

/** Year of the oldest paper; undefined where none has a year. */
export async function readFirstYear(database: Database): Promise<number | undefined> {
  const [row] = await database.read("first-year", {});
  return row === undefined ? undefined : z.object({ year: z.number() }).parse(row).year;
}

/** The graph's version, as text; it changes with every write that changes something. "0" for an empty graph. */
export async function readGraphVersion(database: Database): Promise<string> {
  const [row] = await database.read("graph-version", {});
  return row === undefined ? "0" : String(row["version"]);
}

/** Which graph this is, as versions of two graphs have nothing to do with each other; undefined for one never written to. */
export async function readGraphIdentity(database: Database): Promise<string | undefined> {
  const [row] = await database.read("graph-identity", {});
  return row === undefined ? undefined : String(row["identity"]);
}

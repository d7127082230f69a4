/**
 * Walks through everything of one kind in the graph, a page after the other in the order of a key that never changes: a
 * walk neither misses nor repeats while others write, begins behind any key, and needs the memory of two pages.
 */
import { z } from "zod";
import type { Database, Params, QueryOptions, Row } from "../neo4j/database.js";

/** A statement of cypher/read that gives a page behind `after`, with the `key` of each row, and how many rows a page has. */
export interface PagedStatement {
  readonly statement: string;
  readonly pageSize: number;
}

/** Rows in the order of their keys; never empty. */
export interface GraphRows {
  readonly rows: readonly Row[];
  /** The key of the last row, behind which the walk goes on. */
  readonly last: string;
}

const keyed = z.object({ key: z.string() });

/**
 * The pages behind a key, all of them behind "". The next page is asked for while the last is used. `params` are those
 * that the statement takes besides. Throws DATABASE, TIMEOUT (a page that takes too long) or CANCELLED.
 */
export async function* graphPages(
  database: Database,
  { statement, pageSize }: PagedStatement,
  after: string,
  options: QueryOptions = {},
  params: Params = {},
): AsyncGenerator<GraphRows> {
  const ask = (key: string): Promise<Row[]> => {
    const asked = database.read(statement, { ...params, after: key, limit: pageSize }, options);
    // Who stops walking never hears of the page that was asked for.
    asked.catch(() => undefined);
    return asked;
  };
  for (let coming: Promise<Row[]> | undefined = ask(after); coming !== undefined; ) {
    const rows: Row[] = await coming;
    const end = rows.at(-1);
    if (end === undefined) return;
    const last = keyed.parse(end).key;
    coming = rows.length < pageSize ? undefined : ask(last);
    yield { rows, last };
  }
}

/**
 * The graph that the settings name, open for as long as a command works with it. Commands that only now and then need it
 * import this file where they do: it brings the database driver along.
 */
import { readConfig } from "../core/config.js";
import type { Database } from "../graph/neo4j/database.js";
import { type OpenGraph, openGraph } from "../graph/open-graph.js";

/** Opens it beside others that have it open. Throws as `openGraph`. */
export function openOwnGraph(): Promise<OpenGraph> {
  return openGraph(readConfig(), { exclusive: false });
}

/** What `work` gives of it; it is closed behind that, whatever happens. Throws as `openGraph`. */
export async function withOwnGraph<Result>(work: (database: Database) => Promise<Result>): Promise<Result> {
  const { database, close } = await openOwnGraph();
  try {
    return await work(database);
  } finally {
    await close();
  }
}

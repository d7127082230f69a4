/**
 * The graph that the settings name, open for as long as a command works with it. Commands that only now and then need it
 * import this file where they do: it brings the database driver along.
 */
import { readConfig } from "../core/config.js";
import type { Database } from "../graph/neo4j/database.js";
import { type OpenGraph, openGraph } from "../graph/open-graph.js";
import { onInterrupt } from "../terminal/interrupt.js";
import { startProgress } from "../terminal/progress.js";

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

/** Long work with the graph, as it is shown: what it is called, what it counts, of how many. */
interface ShownWork {
  readonly label: string;
  readonly unit: string;
  readonly total?: number;
}

/** What long work has. */
export interface GraphWork {
  readonly database: Database;
  /** Set by Ctrl-C. */
  readonly signal: AbortSignal;
  /** Shows how much is done. */
  readonly show: (done: number, note?: string) => void;
}

/** The same for work that is shown while it lasts and that Ctrl-C stops. Throws as `openGraph`. */
export async function workOnOwnGraph<Result>(
  { label, unit, total }: ShownWork,
  work: (given: GraphWork) => Promise<Result>,
): Promise<Result> {
  const { signal, release } = onInterrupt();
  try {
    return await withOwnGraph(async (database) => {
      const progress = startProgress(label, unit, total);
      try {
        return await work({ database, signal, show: progress.update });
      } finally {
        progress.stop();
      }
    });
  } finally {
    release();
  }
}

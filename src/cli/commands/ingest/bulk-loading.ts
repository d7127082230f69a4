/**
 * `--bulk`: filling the embedded database's empty graph by Neo4j's importer, with progress.
 */
import type { Command } from "commander";
import { readConfig } from "../../../core/config.js";
import { BioWeftError } from "../../../core/errors.js";
import type { BulkContents } from "../../../graph/bulk/graph-tables.js";
import { type BulkLoadCounts, loadStore } from "../../../graph/bulk/load-store.js";
import { startProgress } from "../../../terminal/progress.js";

/** Adds `--bulk`. */
export function withBulkOption(command: Command): Command {
  return command.option(
    "--bulk",
    "fill an empty graph at once by Neo4j's importer: much faster, the embedded database only",
    false,
  );
}

/** Loads. Throws CONFIG where the database is not the embedded one, and what `loadStore` throws. */
export async function loadInBulk(contents: BulkContents, signal: AbortSignal): Promise<BulkLoadCounts> {
  const { home, neo4j, database } = readConfig();
  if (neo4j !== undefined || database === "container") {
    const reason =
      "--bulk fills the embedded database; unset NEO4J_URI and BIOWEFT_DATABASE, or load without it";
    throw new BioWeftError("CONFIG", reason);
  }
  let shown: { stage: string; progress: ReturnType<typeof startProgress> } | undefined;
  const show = (stage: string, done: number): void => {
    if (shown?.stage !== stage) {
      shown?.progress.stop();
      shown = { stage, progress: startProgress(stage, stage.startsWith("(") ? "%" : "done") };
    }
    shown.progress.update(done);
  };
  try {
    return await loadStore({ ...contents, home, signal, onProgress: show });
  } finally {
    shown?.progress.stop();
  }
}

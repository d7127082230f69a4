/**
 * `bioweft export`: the graph as a file. So far as lines of JSON by which two graphs can be compared, or their hash.
 */
import { Command, Option } from "commander";
import { readConfig } from "../../core/config.js";
import { BioWeftError } from "../../core/errors.js";
import { writeWholeFile } from "../../core/files/whole-file.js";
import { canonicalHash, canonicalLines } from "../../graph/export/canonical-lines.js";
import type { Database, QueryOptions } from "../../graph/neo4j/database.js";
import { openGraph } from "../../graph/open-graph.js";
import { onInterrupt } from "../../terminal/interrupt.js";
import { startProgress } from "../../terminal/progress.js";
import { printJson, printLines, reportBeside } from "../../terminal/report.js";

interface ExportOptions {
  readonly format?: "canonical";
  readonly hash: boolean;
  readonly out: string;
  readonly json: boolean;
}

/** Declares the command. */
export function command(): Command {
  return new Command("export")
    .description("write the graph, or say the hash by which two graphs can be compared")
    .addOption(
      new Option("--format <name>", "canonical: all that the graph holds, in a fixed order").choices([
        "canonical",
      ]),
    )
    .option("--hash", "only print the SHA-256 of the canonical export", false)
    .option("--out <file>", "where the export goes; - for stdout", "-")
    .option("--json", "print the counts as JSON", false)
    .action(run);
}

async function run(options: ExportOptions): Promise<void> {
  if (options.hash === (options.format !== undefined)) {
    throw new BioWeftError("CONFIG", "give --format for an export, or --hash for a hash alone");
  }
  const interrupt = onInterrupt();
  const progress = startProgress("export", "lines");
  const state = { signal: interrupt.signal };
  try {
    await withGraph((database) =>
      options.hash
        ? sayHash(database, state, progress.update, options)
        : writeLines(database, state, progress.update, options),
    );
  } finally {
    interrupt.release();
    progress.stop();
  }
}

async function sayHash(
  database: Database,
  state: QueryOptions,
  show: (lines: number) => void,
  { json }: ExportOptions,
): Promise<void> {
  const counts = { lines: 0 };
  const hash = await canonicalHash(database, state, (lines) => {
    counts.lines = lines;
    show(lines);
  });
  if (json) printJson({ hash, ...counts });
  else printLines(hash);
}

async function writeLines(
  database: Database,
  state: QueryOptions,
  show: (lines: number) => void,
  { out, json }: ExportOptions,
): Promise<void> {
  const counts = { lines: 0 };
  await writeWholeFile(out, () =>
    canonicalLines(database, state, (lines) => {
      counts.lines = lines;
      show(lines);
    }),
  );
  const report = reportBeside(out);
  if (json) report.printJson({ out, ...counts });
  else report.printLines(`${counts.lines} lines → ${out}`);
}

async function withGraph<T>(work: (database: Database) => Promise<T>): Promise<T> {
  const { database, close } = await openGraph(readConfig(), { exclusive: false });
  try {
    return await work(database);
  } finally {
    await close();
  }
}

/**
 * Runs Neo4j's importer over finished tables, into a store of its own. No bad row is tolerated, and what it reports must be
 * what was written: it passes some faults by without a word. Source: Neo4j Operations Manual 5, "neo4j-admin database import".
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { createInterface } from "node:readline";
import { childEnvironment } from "../../core/config.js";
import { BioWeftError } from "../../core/errors.js";
import type { FinishedTable } from "./graph-tables.js";
import { LIST_SEPARATOR } from "./table-writer.js";

/** What the importer needs. */
interface ImportProgram {
  readonly java: string;
  readonly classPath: string;
  /** Its own home: the store comes to `data/` below it. */
  readonly home: string;
  readonly tables: readonly FinishedTable[];
  readonly signal?: AbortSignal;
  /** Told how far each of its four steps is, in percent. */
  readonly onProgress?: (stage: string, percent: number) => void;
}

/** What an import made. */
export interface ImportedCounts {
  readonly nodes: number;
  readonly relationships: number;
}

const HEAP = "-Xmx1g";
const OFF_HEAP = "2G";
/** The importer's own, which holds all but the longest texts. */
const READ_BUFFER = 4 * 2 ** 20;
const BYTES_A_CODE_UNIT = 3;
const LAST_LINES = 15;

/** Imports; gives what was imported, which is what the tables hold. Throws DATABASE with its last words, or CANCELLED. */
export async function importStore(program: ImportProgram): Promise<ImportedCounts> {
  const { home, java, classPath, tables, signal } = program;
  const conf = join(home, "conf");
  mkdirSync(conf, { recursive: true });
  writeFileSync(
    join(conf, "neo4j.conf"),
    "dbms.usage_report.enabled=false\ndb.tx_log.preallocate=false\ndb.tx_log.rotation.retention_policy=1 files\n",
  );
  const child = spawn(
    java,
    [HEAP, "-Dfile.encoding=UTF-8", "-cp", classPath, "org.neo4j.cli.AdminTool", ...importArguments(tables)],
    {
      cwd: join(tables[0]?.path ?? home, ".."),
      env: childEnvironment({ NEO4J_HOME: home, NEO4J_CONF: conf }),
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  const words = await listen(child, program);
  if (signal?.aborted === true)
    throw new BioWeftError("CANCELLED", "the load was stopped; the graph is as it was");
  const imported = parseImported(words);
  if (child.exitCode !== 0 || imported === undefined) {
    const last = words.filter((line) => line.trim() !== "").slice(-LAST_LINES);
    throw new BioWeftError(
      "DATABASE",
      `Neo4j's importer refused the tables, and the graph is as it was; its last words say why\n${last.join("\n")}`,
      { place: { file: home } },
    );
  }
  checkImported(imported, tables);
  return imported;
}

/** Throws DATABASE where the importer left out rows, or made some up. */
function checkImported(imported: ImportedCounts, tables: readonly FinishedTable[]): void {
  const sum = (kind: FinishedTable["kind"]) =>
    tables.reduce((rows, table) => rows + (table.kind === kind ? table.rows : 0), 0);
  const written: ImportedCounts = { nodes: sum("nodes"), relationships: sum("relationships") };
  if (written.nodes === imported.nodes && written.relationships === imported.relationships) return;
  throw new BioWeftError(
    "DATABASE",
    `Neo4j's importer took ${imported.nodes} nodes and ${imported.relationships} relationships of ${written.nodes} and ${written.relationships}; the graph is as it was; load without the importer`,
  );
}

/** The counts in what the importer says at its end: `Imported:`, then a line each. */
function parseImported(lines: readonly string[]): ImportedCounts | undefined {
  const text = lines.join("\n");
  const [, nodes, relationships] = /Imported:\s+(\d+) nodes\s+(\d+) relationships/.exec(text) ?? [];
  return nodes === undefined ? undefined : { nodes: Number(nodes), relationships: Number(relationships) };
}

function importArguments(tables: readonly FinishedTable[]): string[] {
  // An empty file is of no use, and the importer warns of it.
  const filled = tables.filter(({ rows }) => rows > 0);
  const broken = filled.filter(({ hasLineBreaks }) => hasLineBreaks).map(({ path }) => path);
  const longest = Math.max(0, ...filled.map((table) => table.longest)) * BYTES_A_CODE_UNIT;
  const codePoint = LIST_SEPARATOR.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
  return [
    ...["database", "import", "full", "neo4j", "--overwrite-destination", "--id-type=string"],
    ...[
      "--bad-tolerance=0",
      "--strict",
      `--array-delimiter=U+${codePoint}`,
      `--max-off-heap-memory=${OFF_HEAP}`,
    ],
    `--read-buffer-size=${Math.max(READ_BUFFER, longest)}`,
    ...(broken.length === 0
      ? []
      : [`--multiline-fields=${broken.join(",")}`, "--multiline-fields-format=v2"]),
    ...filled.map(
      ({ kind, name, path }) => `--${kind}=${name === undefined ? "" : `${name}=`}${basename(path)}`,
    ),
  ];
}

/** All that it says, line by line, until it ends. */
async function listen(child: ChildProcess, { signal, onProgress }: ImportProgram): Promise<string[]> {
  const words: string[] = [];
  let step = "import";
  const stop = (): void => void child.kill("SIGKILL");
  signal?.addEventListener("abort", stop, { once: true });
  if (signal?.aborted === true) stop();
  for (const output of [child.stdout, child.stderr]) {
    if (output === null) continue;
    createInterface({ input: output }).on("line", (line) => {
      words.push(line);
      step = /^\((\d)\/4\) .+?(?= \d|$)/.exec(line)?.[0] ?? step;
      const percent = /(\d+)% ∆/.exec(line)?.[1];
      if (percent !== undefined) onProgress?.(step, Number(percent));
    });
  }
  try {
    await once(child, "close");
  } catch (cause) {
    throw new BioWeftError("MISSING_DEPENDENCY", "Java cannot be run; install Java again", { cause });
  } finally {
    signal?.removeEventListener("abort", stop);
  }
  return words;
}

/**
 * `bioweft bench export`: rows a second of every format of exports, and whether the memory of the process grows meanwhile, on an
 * invented graph in an embedded database of its own. Beside it, the same relations with their evidence read by one plain
 * statement, of which nothing is made.
 */
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Command } from "commander";
import { bulkDocuments, noRowsRead } from "../../../../ingest/sources/pubtator3-bulk/bulk-documents.js";
import { readConfig } from "../../../core/config.js";
import { loadStore } from "../../../graph/bulk/load-store.js";
import { embeddedAddress } from "../../../graph/embedded/embedded-address.js";
import { toExportFilter } from "../../../graph/export/export-filter.js";
import type { ExportPart } from "../../../graph/export/export-form.js";
import { GRAPH_FORMS } from "../../../graph/export/graph-forms.js";
import type { Database } from "../../../graph/neo4j/database.js";
import { openGraph } from "../../../graph/open-graph.js";
import { type BenchRow, printRows } from "../../../lab/benches/bench-rows.js";
import { startProgress } from "../../../terminal/progress.js";
import { atLeastOne } from "../../options/number-options.js";
import { writeRelationRows } from "./synthetic-relations.js";

interface Options {
  readonly relations: number;
  readonly formats?: string;
  readonly home?: string;
  readonly json: boolean;
}

const SEED = 13;
const PEER = "one plain statement: relations with evidence";
const MEBIBYTE = 2 ** 20;

/** Declares the subcommand. */
export function exportBench(): Command {
  return new Command("export")
    .description("rows a second of each format of exports, and the memory that they take")
    .option("--relations <count>", "of the invented graph", atLeastOne, 100_000)
    .option("--formats <names>", "only these, parted by commas")
    .option(
      "--home <dir>",
      "where the graph is kept; it is made if it is not there (default: a folder that goes with the run)",
    )
    .option("--json", "print the rows as JSON", false)
    .action(run);
}

async function run({ relations, formats, home: kept, json }: Options): Promise<void> {
  const home = resolve(kept ?? (await mkdtemp(join(tmpdir(), "bioweft-bench-export-"))));
  try {
    if (embeddedAddress(home) === undefined) await load(home, relations);
    const { neo4j: _, ...config } = readConfig();
    const graph = await openGraph({ ...config, database: "embedded", home }, { exclusive: true });
    try {
      const peer = await plainRead(graph.database);
      const rows: BenchRow[] = [{ name: PEER, value: peer, unit: "rows/s", ratio: 1, against: PEER }];
      for (const form of GRAPH_FORMS.filter(({ name }) => formats?.split(",").includes(name) !== false)) {
        for (const part of form.parts) {
          rows.push(...(await measured(graph.database, `${form.name} ${part.name}`, part, peer)));
        }
      }
      printRows(rows, json);
    } finally {
      await graph.close();
    }
  } finally {
    if (kept === undefined) await rm(home, { recursive: true, force: true });
  }
}

async function load(home: string, triples: number): Promise<void> {
  await mkdir(home, { recursive: true });
  const relations = join(home, "relation2pubtator3");
  const { rows } = writeRelationRows(relations, { triples, seed: SEED });
  const scratch = join(home, "scratch");
  await mkdir(scratch, { recursive: true });
  const progress = startProgress(`load of ${rows} rows`, "done");
  await loadStore({
    home,
    writes: bulkDocuments({ relations }, { scratch }, noRowsRead()),
    papersOnce: true,
    onProgress: (stage, done) => progress.update(done, stage),
  });
  progress.stop();
}

async function plainRead(database: Database): Promise<number> {
  const began = performance.now();
  let rows = 0;
  for await (const _row of database.stream("adjacency", {})) rows += 1;
  return rows / ((performance.now() - began) / 1000);
}

/** One part written to nowhere. Memory is that of this process: at its most, and how much more than at a tenth of the rows. */
async function measured(
  database: Database,
  name: string,
  part: ExportPart,
  peer: number,
): Promise<BenchRow[]> {
  const source = {
    database,
    filter: toExportFilter({ name, shows: "graph" }, { retracted: "include" }),
    options: {},
  };
  const progress = startProgress(name, "rows");
  const memory: number[] = [];
  let [rows, bytes] = [0, 0];
  const began = performance.now();
  for await (const piece of part.pieces(source)) {
    rows += piece.rows;
    bytes += Buffer.byteLength(piece.content);
    memory.push(process.memoryUsage.rss() / MEBIBYTE);
    progress.update(rows);
  }
  const seconds = (performance.now() - began) / 1000;
  progress.stop();
  const tenth = Math.ceil(memory.length / 10);
  const [early, late] = [Math.max(...memory.slice(0, tenth)), Math.max(...memory.slice(tenth), 0)];
  const single = (what: string, value: number, unit: string): BenchRow => {
    const full = `${name}: ${what}`;
    return { name: full, value, unit, ratio: 1, against: full };
  };
  return [
    {
      name: `${name}: rows`,
      value: rows / seconds,
      unit: "rows/s",
      ratio: rows / seconds / peer,
      against: PEER,
    },
    single("written", bytes / MEBIBYTE / seconds, "MB/s"),
    single("memory at most", Math.max(early, late), "MB"),
    single("memory grown behind the first tenth", Math.max(0, late - early), "MB"),
  ];
}

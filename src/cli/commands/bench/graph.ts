/**
 * `bioweft bench graph`: rows of evidence a second into an embedded database of its own, at several sizes of the graph: by Neo4j's
 * importer, by ordinary writes beside what is there, and, to compare, one MERGE a row.
 */
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { bulkDocuments, noRowsRead } from "../../../../ingest/sources/pubtator3-bulk/bulk-documents.js";
import { readConfig } from "../../../core/config.js";
import { BioWeftError } from "../../../core/errors.js";
import { relationId } from "../../../core/evidence.js";
import { inGroups } from "../../../core/turns/in-groups.js";
import { loadStore } from "../../../graph/bulk/load-store.js";
import type { Database } from "../../../graph/neo4j/database.js";
import { openGraph } from "../../../graph/open-graph.js";
import { type DocumentWrite, writeDocuments } from "../../../graph/write/write-documents.js";
import { type BenchRow, printRows } from "../../../lab/benches/bench-rows.js";
import { startProgress } from "../../../terminal/progress.js";
import { atLeastOne } from "../../options/number-options.js";
import { inventedPapers, writeRelationRows } from "./synthetic-relations.js";

interface Options {
  readonly relations: readonly number[];
  readonly rows: number;
  readonly batch: number;
  readonly writers: number;
  readonly merges: number;
  readonly home?: string;
  readonly json: boolean;
}

const SEED = 11;

/** Declares the subcommand. */
export function graphBench(): Command {
  const eachAtLeastOne = (text: string, before: readonly number[] | undefined) => [
    ...(before ?? []),
    atLeastOne(text),
  ];
  return new Command("graph")
    .description("rows of evidence a second into the embedded database, in bulk, in batches and one by one")
    .option("--relations <counts...>", "sizes of the graph to write into (default: 100000)", eachAtLeastOne)
    .option(
      "--rows <count>",
      "rows that ordinary writes bring, behind as many to warm up",
      atLeastOne,
      20_000,
    )
    .option("--batch <count>", "documents a transaction", atLeastOne, 500)
    .option("--writers <count>", "that write at the same time", atLeastOne, 2)
    .option("--merges <count>", "rows that are merged one by one", atLeastOne, 200)
    .option(
      "--home <dir>",
      "write into the graph of this data folder, filled before by so many relations; keep it",
    )
    .option("--json", "print the rows as JSON", false)
    .action(run);
}

async function run(given: Partial<Options> & Omit<Options, "relations">): Promise<void> {
  const options: Options = { relations: [100_000], ...given };
  const rows: BenchRow[] = [];
  if (options.home !== undefined) {
    const [triples = 0, ...more] = options.relations;
    if (more.length > 0) throw new BioWeftError("BAD_INPUT", "--home goes with one size alone");
    printRows(await writeRows(options.home, triples, options), options.json);
    return;
  }
  for (const triples of options.relations) {
    const home = await mkdtemp(join(tmpdir(), "bioweft-bench-graph-"));
    try {
      rows.push(...(await bulkRows(home, triples)), ...(await writeRows(home, triples, options)));
    } finally {
      await rm(home, { recursive: true, force: true });
    }
  }
  rows.push(single("memory of this process at most", process.resourceUsage().maxRSS / 1024, "MB"));
  printRows(rows, options.json);
}

/** The whole way of PubTator3's relations: read, set aside, merged, imported, indexed. */
async function bulkRows(home: string, triples: number): Promise<BenchRow[]> {
  const relations = join(home, "relation2pubtator3");
  const { rows } = writeRelationRows(relations, { triples, seed: SEED });
  const scratch = join(home, "scratch");
  await mkdir(scratch);
  const progress = startProgress(`bulk load of ${rows} rows`, "done");
  const began = performance.now();
  try {
    const { millis, nodes, relationships } = await loadStore({
      home,
      writes: bulkDocuments({ relations }, { scratch }, noRowsRead()),
      papersOnce: true,
      onProgress: (stage, done) => progress.update(done, stage),
    });
    const seconds = (performance.now() - began) / 1000;
    const at = `${triples} relations`;
    return [
      single(`bulk load to ${at}: evidence, the whole way`, rows / seconds, "rows/s"),
      single(
        `bulk load to ${at}: nodes and relationships in the importer`,
        (nodes + relationships) / (millis.import / 1000),
        "rows/s",
      ),
      single(`bulk load to ${at}: tables`, millis.tables / 1000, "s"),
      single(`bulk load to ${at}: import`, millis.import / 1000, "s"),
      single(`bulk load to ${at}: constraints and indexes`, millis.schema / 1000, "s"),
    ];
  } finally {
    progress.stop();
    await rm(relations);
  }
}

async function writeRows(home: string, triples: number, options: Options): Promise<BenchRow[]> {
  const { neo4j: _, ...config } = readConfig();
  const { database, close } = await openGraph({ ...config, database: "embedded", home }, { exclusive: true });
  try {
    const papers = inventedPapers({ triples, seed: SEED + 1 }, 500_000_000);
    // The first rows find the database and the compiler cold.
    await writeBatches(database, take(papers, options.rows), options);
    const batched = await writeBatches(database, take(papers, options.rows), options);
    const merged = await mergeRows(database, take(papers, options.merges));
    const name = `MERGE row by row beside ${triples} relations`;
    return [
      { ...single(name, merged, "rows/s") },
      {
        name: `writes in batches beside ${triples} relations`,
        value: batched,
        unit: "rows/s",
        ratio: batched / merged,
        against: name,
      },
    ];
  } finally {
    await close();
  }
}

/** So many papers that they bring that many rows at least. */
function take(papers: Generator<DocumentWrite>, rows: number): DocumentWrite[] {
  const taken: DocumentWrite[] = [];
  for (let brought = 0; brought < rows; ) {
    const { value } = papers.next();
    taken.push(value);
    brought += value.evidence.length;
  }
  return taken;
}

/** Rows a second of several writers, which take batches of one list in turns. */
async function writeBatches(
  database: Database,
  papers: readonly DocumentWrite[],
  { batch, writers }: Options,
): Promise<number> {
  const batches = inGroups(papers, batch);
  const write = async (): Promise<void> => {
    for (let next = await batches.next(); next.done !== true; next = await batches.next())
      await writeDocuments(database, next.value);
  };
  return perSecond(papers, () => Promise.all(Array.from({ length: writers }, write)));
}

async function mergeRows(database: Database, papers: readonly DocumentWrite[]): Promise<number> {
  return perSecond(papers, async () => {
    for (const { id, pmid, subject, object, type, source } of papers.flatMap(({ evidence }) => evidence)) {
      const relation = relationId(subject.curie, object.curie, type);
      const ends = { subject: subject.curie, object: object.curie };
      await database.write("merge-row", { id, pmid, ...ends, type, relation, source });
    }
  });
}

async function perSecond(papers: readonly DocumentWrite[], work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (
    papers.reduce((sum, { evidence }) => sum + evidence.length, 0) / ((performance.now() - began) / 1000)
  );
}

function single(name: string, value: number, unit: string): BenchRow {
  return { name, value, unit, ratio: 1, against: name };
}

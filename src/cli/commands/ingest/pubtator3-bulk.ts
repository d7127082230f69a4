/**
 * `bioweft ingest pubtator3-bulk`: PubTator3's bulk files as evidence of a source of its own.
 */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { Command } from "commander";
import {
  type BulkReadCounts,
  bulkDocuments,
  noRowsRead,
} from "../../../../ingest/sources/pubtator3-bulk/bulk-documents.js";
import { findBulkFiles } from "../../../../ingest/sources/pubtator3-bulk/bulk-files.js";
import { readConfig } from "../../../core/config.js";
import { onInterrupt } from "../../../terminal/interrupt.js";
import { startProgress } from "../../../terminal/progress.js";
import { countRejections, withSkipBad } from "../../../terminal/rejections.js";
import { printJson, printLines } from "../../../terminal/report.js";
import { workOnOwnGraph } from "../../own-graph.js";
import { loadInBulk, withBulkOption } from "./bulk-loading.js";
import { writeAll } from "./write-all.js";

interface BulkOptions {
  readonly bulk: boolean;
  readonly skipBad: boolean;
  readonly json: boolean;
}

/** Documents a transaction. */
const BATCH = 200;

/** Declares the command. */
export function pubtator3BulkCommand(): Command {
  const bulk = new Command("pubtator3-bulk")
    .description("PubTator3's bulk files: its relations, as evidence of a source of its own")
    .argument("<dir>", "the folder of relation2pubtator3.gz and, for names, bioconcepts2pubtator3.gz")
    .option("--json", "print the counts as JSON", false);
  return withSkipBad(withBulkOption(bulk)).action(run);
}

async function run(dir: string, options: BulkOptions): Promise<void> {
  const files = await findBulkFiles(dir);
  const rejections = countRejections(options.skipBad);
  const { signal, release } = onInterrupt();
  const counts = noRowsRead();
  const scratch = join(readConfig().home, "scratch");
  await mkdir(scratch, { recursive: true });
  const progress = startProgress("read", "rows");
  const reading = {
    ...rejections.options,
    scratch,
    signal,
    onRows: (file: string, rows: number) => progress.update(rows, `of ${file}`),
  };
  try {
    const writes = bulkDocuments(files, reading, counts);
    if (options.bulk) await loadInBulk({ writes, papersOnce: true }, signal);
    else await workOnOwnGraph({ label: "write", unit: "papers" }, (work) => writeAll(writes, BATCH, work));
  } finally {
    progress.stop();
    release();
  }
  const rejected = rejections.count();
  if (options.json) printJson({ ...counts, rejected });
  else printLines(...toLines(counts, rejected));
}

const REASONS: Readonly<Record<keyof BulkReadCounts["leftOut"], string>> = {
  unknownRelation: "of a type that is none of PubTator3's or BioRED's",
  unknownEntity: "with an end of a type that is none of ours",
  noIdentifier: "with an end that has no identifier",
  noRole: "with an end that is no gene, variant, disease or chemical",
};

function toLines(counts: BulkReadCounts, rejected: number): string[] {
  const leftOut = Object.entries(counts.leftOut).filter(([, rows]) => rows > 0);
  return [
    `${counts.relationRows} rows of relations, ${rejected} left out: ${counts.evidence} rows of evidence from ${counts.papers} papers`,
    ...leftOut.map(
      ([reason, rows]) => `${rows} rows ${REASONS[reason as keyof typeof REASONS]} were left out`,
    ),
    ...(counts.repeated > 0 ? [`${counts.repeated} say again what another row says`] : []),
    ...(counts.selfRelations > 0 ? [`${counts.selfRelations} are of an entity with itself`] : []),
    `${counts.conceptRows} rows of concepts, ${counts.conceptsUnused} concepts are in no relation of their paper`,
  ];
}

/** `bioweft ingest kgx`: a graph in KGX, BioWeft's own or another's, as papers with evidence. */
import { Command } from "commander";
import { readKgx } from "../../../../ingest/formats/kgx/read-kgx.js";
import { checkReadable } from "../../../../ingest/formats/reading/file-chunks.js";
import { BioWeftError } from "../../../core/errors.js";
import { type DocumentWrite, writeDocuments } from "../../../graph/write/write-documents.js";
import { onInterrupt } from "../../../terminal/interrupt.js";
import { startProgress } from "../../../terminal/progress.js";
import { countRejections, withSkipBad } from "../../../terminal/rejections.js";
import { printJson, printLines } from "../../../terminal/report.js";
import { openOwnGraph } from "../../own-graph.js";

interface KgxOptions {
  readonly nodes: string;
  readonly edges: string;
  readonly skipBad: boolean;
  readonly json: boolean;
}

/** Papers of one transaction. */
const BATCH = 50;

/** Declares the subcommand. */
export function kgxCommand(): Command {
  const kgx = new Command("kgx")
    .description("a graph in KGX, tables or lines of JSON by their names: its publications say its edges")
    .requiredOption("--nodes <file>", "the nodes: .tsv or .jsonl, .gz too")
    .requiredOption("--edges <file>", "the edges")
    .option("--json", "print the counts as JSON", false);
  return withSkipBad(kgx).action(run);
}

async function run({ nodes, edges, skipBad, json }: KgxOptions): Promise<void> {
  await checkReadable([nodes, edges]);
  const rejections = countRejections(skipBad);
  const interrupt = onInterrupt();
  const counts = { papers: 0, evidence: 0 };
  const { database, close } = await openOwnGraph();
  const progress = startProgress("kgx", "papers");
  const write = async (batch: readonly DocumentWrite[]) => {
    if (interrupt.signal.aborted) {
      throw new BioWeftError(
        "CANCELLED",
        `stopped after ${counts.papers} papers; the same command writes the rest`,
      );
    }
    await writeDocuments(database, batch, { signal: interrupt.signal });
    counts.papers += batch.length;
    counts.evidence += batch.reduce((sum, { evidence }) => sum + evidence.length, 0);
    progress.update(counts.papers);
  };
  try {
    let batch: DocumentWrite[] = [];
    for await (const paper of readKgx({ nodes, edges }, rejections.options)) {
      batch.push(paper);
      if (batch.length < BATCH) continue;
      await write(batch);
      batch = [];
    }
    await write(batch);
  } finally {
    interrupt.release();
    progress.stop();
    await close();
  }
  const rejected = rejections.count();
  if (json) return printJson({ ...counts, rejected });
  printLines(`${counts.papers} papers with ${counts.evidence} rows of evidence, ${rejected} lines rejected`);
}

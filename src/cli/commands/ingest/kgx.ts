/** `bioweft ingest kgx`: a graph in KGX, BioWeft's own or another's, as papers with evidence. */
import { Command } from "commander";
import { readKgx } from "../../../../ingest/formats/kgx/read-kgx.js";
import { checkReadable } from "../../../../ingest/formats/reading/file-chunks.js";
import { countRejections, withSkipBad } from "../../../terminal/rejections.js";
import { printJson, printLines } from "../../../terminal/report.js";
import { workOnOwnGraph } from "../../own-graph.js";
import { writeAll } from "./write-all.js";

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
  const counts = await workOnOwnGraph({ label: "kgx", unit: "papers" }, (work) =>
    writeAll(readKgx({ nodes, edges }, rejections.options), BATCH, work),
  );
  const rejected = rejections.count();
  if (json) return printJson({ ...counts, rejected });
  printLines(`${counts.papers} papers with ${counts.evidence} rows of evidence, ${rejected} lines rejected`);
}

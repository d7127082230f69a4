/**
 * `bioweft delete`: takes papers out of the graph, with all that only they supported.
 */
import { Command } from "commander";
import { BioWeftError } from "../../../core/errors.js";
import { inGroups } from "../../../core/turns/in-groups.js";
import { deletePublications } from "../../../graph/write/write-documents.js";
import { onInterrupt } from "../../../terminal/interrupt.js";
import { startProgress } from "../../../terminal/progress.js";
import { printJson, printLines } from "../../../terminal/report.js";
import { type ListedPapers, listedPapers, withListedPapers } from "../../options/listed-papers.js";
import { openOwnGraph } from "../../own-graph.js";

/** Papers a transaction: each goes with its document's mentions and evidence. */
const BATCH = 100;

/** Declares the command. */
export function command(): Command {
  return withListedPapers(
    new Command("delete").description("take papers out of the graph, with all that only they supported"),
  )
    .option("--json", "print the counts as JSON", false)
    .action(run);
}

async function run(given: string[], options: ListedPapers & { readonly json: boolean }): Promise<void> {
  const pmids = await listedPapers(given, options);
  const { signal, release } = onInterrupt();
  const { database, close } = await openOwnGraph();
  const progress = startProgress("delete", "papers", pmids.length);
  const sum = { publications: 0, documents: 0, evidence: 0, entities: 0 };
  try {
    let seen = 0;
    for await (const batch of inGroups(pmids, BATCH)) {
      if (signal.aborted)
        throw new BioWeftError("CANCELLED", "the deleting was stopped; give it again to go on");
      const done = await deletePublications(database, batch);
      for (const kind of Object.keys(sum) as (keyof typeof sum)[]) sum[kind] += done[kind];
      seen += batch.length;
      progress.update(seen);
    }
    progress.stop();
    const counts = { ...sum, unknown: pmids.length - sum.publications };
    if (options.json) return printJson(counts);
    printLines(
      `${sum.publications} papers deleted, ${counts.unknown} were not in the graph`,
      `with them went ${sum.documents} documents, ${sum.evidence} rows of evidence and ${sum.entities} entities`,
    );
  } finally {
    progress.stop();
    await close();
    release();
  }
}

/**
 * `bioweft delete`: takes papers out of the graph, with all that only they supported.
 */
import { Command } from "commander";
import { BioWeftError } from "../../../core/errors.js";
import { inGroups } from "../../../core/turns/in-groups.js";
import { deletePublications } from "../../../graph/write/write-documents.js";
import { printJson, printLines } from "../../../terminal/report.js";
import { type ListedPapers, listedPapers, withListedPapers } from "../../options/listed-papers.js";
import { type GraphWork, workOnOwnGraph } from "../../own-graph.js";

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
  const shown = { label: "delete", unit: "papers", total: pmids.length };
  const sum = await workOnOwnGraph(shown, (work) => deleteAll(pmids, work));
  const counts = { ...sum, unknown: pmids.length - sum.publications };
  if (options.json) return printJson(counts);
  printLines(
    `${sum.publications} papers deleted, ${counts.unknown} were not in the graph`,
    `with them went ${sum.documents} documents, ${sum.evidence} rows of evidence and ${sum.entities} entities`,
  );
}

/** Deletes batch by batch, and counts what went. */
async function deleteAll(pmids: readonly string[], { database, signal, show }: GraphWork) {
  const sum = { publications: 0, documents: 0, evidence: 0, entities: 0 };
  let seen = 0;
  for await (const batch of inGroups(pmids, BATCH)) {
    if (signal.aborted)
      throw new BioWeftError("CANCELLED", "the deleting was stopped; give it again to go on");
    const done = await deletePublications(database, batch);
    for (const kind of Object.keys(sum) as (keyof typeof sum)[]) sum[kind] += done[kind];
    seen += batch.length;
    show(seen);
  }
  return sum;
}

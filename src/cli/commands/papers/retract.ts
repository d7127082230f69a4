/**
 * `bioweft retract`: marks papers as retracted, many in one go, or takes that back; beliefs are right when it ends.
 */
import { Command } from "commander";
import { type RetractionCounts, retractPublications } from "../../../graph/write/write-retractions.js";
import { printJson, printLines } from "../../../terminal/report.js";
import { type ListedPapers, listedPapers, withListedPapers } from "../../options/listed-papers.js";
import { workOnOwnGraph } from "../../own-graph.js";

interface RetractOptions extends ListedPapers {
  readonly undo: boolean;
  readonly json: boolean;
}

/** Declares the command. */
export function command(): Command {
  return withListedPapers(
    new Command("retract").description(
      "mark papers as retracted: their evidence counts nothing from then on",
    ),
  )
    .option("--undo", "take it back: a paper is retracted only where its own record says so", false)
    .option("--json", "print the counts as JSON", false)
    .action(run);
}

async function run(given: string[], options: RetractOptions): Promise<void> {
  const pmids = await listedPapers(given, options);
  const { undo, json } = options;
  const shown = { label: undo ? "undo" : "retract", unit: "papers", total: pmids.length };
  const counts = await workOnOwnGraph(shown, ({ database, signal, show }) =>
    retractPublications(database, pmids, { undo, by: "bioweft retract", signal, onProgress: show }),
  );
  if (json) printJson(counts);
  else printLines(...toLines(counts, undo));
}

function toLines(
  { changed, unchanged, stillRetracted, unknown, relations }: RetractionCounts,
  undo: boolean,
) {
  const done = undo ? "papers are retracted no longer" : "papers are retracted now";
  return [
    `${changed} ${done}, ${unchanged} stood so before`,
    ...(stillRetracted > 0 ? [`${stillRetracted} stay retracted, as their own records say so`] : []),
    ...(unknown > 0
      ? [`${unknown} are not in the graph${undo ? "" : ": they will be retracted should they come"}`]
      : []),
    `${relations} relations have another belief`,
  ];
}

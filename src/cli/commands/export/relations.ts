/**
 * `bioweft relations`: the relations of each entity of a list, for scripts; a table or lines of JSON.
 */
import { Command, Option } from "commander";
import { writeWholeFile } from "../../../core/files/whole-file.js";
import { toExportFilter } from "../../../graph/export/export-filter.js";
import { LIST_FORMS, type ListForm, relationsOfList } from "../../../graph/export/relations-of-list.js";
import { type FilterOptions, filterWords, withFilterOptions } from "../../options/filter-options.js";
import { workOnOwnGraph } from "../../own-graph.js";
import { readCurieRows } from "../discovery/path-scores.js";

interface RelationsOptions extends FilterOptions {
  readonly of: string;
  readonly out: string;
  readonly format: ListForm;
}

/** Declares the command. */
export function command(): Command {
  const relations = new Command("relations")
    .description("the relations of each entity of a list, as a table or lines of JSON")
    .requiredOption("--of <file>", "CURIEs, one a line, in any known spelling; - for stdin")
    .option("--out <file>", "where they go; - for stdout", "-")
    .addOption(new Option("--format <name>", "how they are written").choices([...LIST_FORMS]).default("csv"));
  return withFilterOptions(relations).action(run);
}

async function run(options: RelationsOptions): Promise<void> {
  const filter = toExportFilter({ name: "relations", shows: "graph" }, filterWords(options));
  const curies = (await readCurieRows(options.of, ["entity"])).map(([curie = ""]) => curie);
  const shown = { label: "relations", unit: "entities", total: curies.length };
  await workOnOwnGraph(shown, async ({ database, signal, show }) => {
    const source = { database, filter, options: { signal } };
    await writeWholeFile(options.out, () => relationsOfList(source, curies, options.format, show));
  });
}

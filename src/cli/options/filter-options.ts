/** The options by which exports and lists of relations are filtered; their words are read where the graph is (`toExportFilter`). */
import type { Command } from "commander";

/** The options as given. */
export interface FilterOptions {
  readonly asOf?: string;
  readonly types?: string;
  readonly entityTypes?: string;
  readonly sources?: string;
  readonly minBelief?: string;
  readonly retracted?: string;
}

/** Adds them. */
export function withFilterOptions(command: Command): Command {
  return command
    .option("--as-of <year>", "as the graph was at the end of this year")
    .option("--types <names>", "relations of these types, parted by commas")
    .option("--entity-types <names>", "relations both of whose ends, or whose other end, are of these types")
    .option("--sources <names>", "relations that one of these corpora, models or curators says")
    .option("--min-belief <number>", "relations of at least this belief, 0 to 1")
    .option(
      "--retracted <how>",
      "relations whose papers are all retracted or denied: exclude, include or only",
    );
}

/** Those that were given. */
export function filterWords(options: FilterOptions): FilterOptions {
  const { asOf, types, entityTypes, sources, minBelief, retracted } = options;
  const given = Object.entries({ asOf, types, entityTypes, sources, minBelief, retracted });
  return Object.fromEntries(given.filter(([, value]) => value !== undefined));
}

/** `bioweft discovery paths A C`: the best simple paths between two entities. */
import { Command } from "commander";
import { BioWeftError } from "../../../core/errors.js";
import { rankedPaths } from "../../../discovery/paths/ranked-paths.js";
import { printJson, printLines } from "../../../terminal/report.js";
import { tableLines } from "../../../terminal/result-table.js";
import { knownCurie, type SourcedGraph, withGraph } from "../../options/graph-source.js";
import { atLeastOne } from "../../options/number-options.js";
import { type LinkingOptions, toLinkingFilter, withLinkingOptions } from "./question-options.js";

interface Options extends LinkingOptions {
  readonly first: number;
  readonly maxHops: number;
}

const MOST_HOPS = 4;

/** Declares the subcommand. */
export function pathsCommand(): Command {
  const command = new Command("paths")
    .description("the best simple paths between two entities, hubs damped")
    .argument("<from>", "CURIE of the start")
    .argument("<to>", "CURIE of the end")
    .option("--first <count>", "paths to show", atLeastOne, 10)
    .option("--max-hops <count>", `longest path, 1 to ${MOST_HOPS}`, atLeastOne, 3);
  return withLinkingOptions(command).action((from: string, to: string, options: Options) =>
    withGraph(options, (graph) => show(graph, from, to, options)),
  );
}

async function show(graph: SourcedGraph, start: string, end: string, options: Options): Promise<void> {
  const { first, maxHops } = options;
  if (maxHops > MOST_HOPS) {
    throw new BioWeftError("CONFIG", `--max-hops is ${maxHops}; ask for 1 to ${MOST_HOPS} hops`);
  }
  const [from, to] = [knownCurie(graph, start), knownCurie(graph, end)];
  const found = rankedPaths(graph.adjacency, from, to, { ...toLinkingFilter(options), first, maxHops });
  if (options.json) return printJson({ from, to, ...found });
  const names = await graph.names([from, ...found.paths.flatMap(({ hops }) => hops.map((hop) => hop.to))]);
  const name = (curie: string) => names.get(curie) ?? curie;
  const table = {
    title: `from ${name(from)} (${from}) to ${name(to)} (${to})`,
    columns: ["path", "score"],
    rows: found.paths.map(({ hops, score }) => [
      [name(from), ...hops.map((hop) => `${hop.belief.toFixed(2)} ${name(hop.to)}`)].join(" – "),
      score.toFixed(4),
    ]),
    notes: found.truncated === undefined ? [] : [`incomplete: ${found.truncated}`],
  };
  printLines(...tableLines(table));
}

/** `bioweft discovery paths A C`: the best simple paths between two entities. */
import { Command } from "commander";
import { BioWeftError } from "../../../core/errors.js";
import { required } from "../../../core/required.js";
import { type PathOptions, rankedPaths } from "../../../discovery/paths/ranked-paths.js";
import { printJson, printLines } from "../../../terminal/report.js";
import { tableLines } from "../../../terminal/result-table.js";
import { knownCurie, type SourcedGraph, withGraph } from "../../options/graph-source.js";
import { atLeastOne } from "../../options/number-options.js";
import { writePathScores } from "./path-scores.js";
import { type LinkingOptions, toLinkingFilter, withLinkingOptions } from "./question-options.js";

interface Options extends LinkingOptions {
  readonly first: number;
  readonly maxHops: number;
  readonly pairs?: string;
  readonly out: string;
}

const MOST_HOPS = 4;

/** Declares the subcommand. */
export function pathsCommand(): Command {
  const command = new Command("paths")
    .description("the best simple paths between two entities, hubs damped")
    .argument("[from]", "CURIE of the start")
    .argument("[to]", "CURIE of the end")
    .option("--pairs <file.csv>", "many pairs instead, from,to a line; a table comes out; - for stdin")
    .option("--out <file.csv>", "where the table of --pairs goes; - for stdout", "-")
    .option("--first <count>", "paths to show", atLeastOne, 10)
    .option("--max-hops <count>", `longest path, 1 to ${MOST_HOPS}`, atLeastOne, 3);
  return withLinkingOptions(command).action(
    (from: string | undefined, to: string | undefined, options: Options) => {
      const { pairs } = options;
      if ((pairs === undefined) === (from === undefined || to === undefined)) {
        throw new BioWeftError("CONFIG", "give two CURIEs, or --pairs with a file of them");
      }
      return withGraph(options, (graph) =>
        pairs === undefined
          ? show(graph, required(from, "the start"), required(to, "the end"), options)
          : writePathScores(graph, { pairs, out: options.out }, pathOptions(options)),
      );
    },
  );
}

function pathOptions(options: Options): PathOptions {
  const { first, maxHops } = options;
  if (maxHops > MOST_HOPS) {
    throw new BioWeftError("CONFIG", `--max-hops is ${maxHops}; ask for 1 to ${MOST_HOPS} hops`);
  }
  return { ...toLinkingFilter(options), first, maxHops };
}

async function show(graph: SourcedGraph, start: string, end: string, options: Options): Promise<void> {
  const [from, to] = [knownCurie(graph, start), knownCurie(graph, end)];
  const found = rankedPaths(graph.adjacency, from, to, pathOptions(options));
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

/**
 * `bioweft discovery open A`: open discovery. What an entity may be related to, with every ranker asked for side by side.
 */
import { Command, Option } from "commander";
import type { Ranker } from "../../../core/ranker.js";
import type { EntityType } from "../../../core/relation-types.js";
import { type OpenDiscovery, openDiscovery } from "../../../discovery/open-discovery.js";
import { printJson, printLines } from "../../../terminal/report.js";
import { type ResultTable, tableLines } from "../../../terminal/result-table.js";
import { knownCurie, pairEntityType, type SourcedGraph, withGraph } from "../../options/graph-source.js";
import { atLeastOne, share } from "../../options/number-options.js";
import { rankerNames } from "../../options/ranker-option.js";
import {
  askedWeights,
  type LinkingOptions,
  toLinkingFilter,
  withLinkingOptions,
} from "./question-options.js";

interface Options extends LinkingOptions {
  readonly first: number;
  readonly target?: EntityType;
  readonly rankers?: readonly Ranker[];
  readonly knownFrom?: number;
  readonly weights?: string;
}

/** Linking terms named beside a candidate. */
const NAMED_TERMS = 3;

/** Declares the subcommand. */
export function openCommand(): Command {
  const command = new Command("open")
    .description("what an entity is not known to be related to, but may be")
    .argument("<from>", "CURIE of the start")
    .addOption(new Option("--target <type>", "of the candidates").argParser(pairEntityType))
    .addOption(
      new Option(
        "--rankers <names>",
        "with commas; the first orders (default: the fusion, or Learned with weights)",
      ).argParser(rankerNames),
    )
    .option("--first <count>", "candidates to show", atLeastOne, 25)
    .option("--known-from <belief>", "a relation believed less than this makes no candidate known", share)
    .option("--weights <file>", "of `bioweft discovery fit`");
  return withLinkingOptions(command).action((from: string, options: Options) =>
    withGraph(options, (graph) => discover(graph, from, options)),
  );
}

async function discover(graph: SourcedGraph, start: string, options: Options): Promise<void> {
  const from = knownCurie(graph, start);
  const { target: targetType, rankers, knownFrom, first } = options;
  const weights = await askedWeights(options.weights, graph, from, targetType);
  const asked = { ...toLinkingFilter(options), targetType, rankers, knownFrom, first, weights };
  const found = openDiscovery(graph.adjacency, from, asked);
  if (options.json) return printJson({ from, ...found });
  const curies = found.candidates.flatMap(({ curie, linking }) => [
    curie,
    ...linking.slice(0, NAMED_TERMS).map((term) => term.curie),
  ]);
  const names = await graph.names([from, ...curies]);
  printLines(...tableLines(candidateTable(from, found, (curie) => names.get(curie) ?? curie)));
}

function candidateTable(
  from: string,
  { candidates, truncated }: OpenDiscovery,
  name: (curie: string) => string,
): ResultTable {
  const rankers = candidates[0]?.scores.map(({ ranker }) => ranker) ?? [];
  return {
    title: `${name(from)} (${from}) may be related to`,
    columns: ["candidate", "CURIE", ...rankers, "sign", "by way of"],
    rows: candidates.map(({ curie, scores, linking, predictedSign, contradicted }) => [
      name(curie),
      curie,
      ...scores.map(({ score }) => score.toPrecision(3)),
      contradicted ? "±" : ["-", "?", "+"][predictedSign + 1],
      linking
        .slice(0, NAMED_TERMS)
        .map((term) => name(term.curie))
        .join(", "),
    ]),
    notes: truncated === undefined ? [] : [`incomplete: ${truncated}`],
  };
}

/**
 * `bioweft discovery fit`: fits the learned ranker on what became known before a cutoff, for every pair of types asked for,
 * and writes its weights as a small JSON file.
 */
import { Command } from "commander";
import { FITTED_QUERIES, fitLearned, MOST_YEARS } from "../../../discovery/evaluation/fit-learned.js";
import { timeSlice } from "../../../discovery/evaluation/time-slice.js";
import { writeLearnedModel } from "../../../discovery/rankers/learned-weights.js";
import { printJson, printLines } from "../../../terminal/report.js";
import {
  type GraphSourceOptions,
  type PairOptions,
  type SourcedGraph,
  withGraph,
  withGraphSource,
  withPairOptions,
} from "../../options/graph-source.js";
import { atLeastOne, count } from "../../options/number-options.js";

interface Options extends GraphSourceOptions, PairOptions {
  readonly cutoff: number;
  readonly years: number;
  readonly queries: number;
  readonly seed: number;
  readonly out: string;
  readonly json: boolean;
}

/** Declares the subcommand. */
export function fitCommand(): Command {
  const command = new Command("fit")
    .description("fit the learned ranker on the new pairs of the years up to a cutoff")
    .requiredOption("--cutoff <year>", "the last year to learn from", atLeastOne)
    .requiredOption("--out <file.json>", "where the weights go")
    .option("--years <count>", "years whose new pairs are learned from", atLeastOne, MOST_YEARS)
    .option("--queries <count>", "entities to learn from, drawn at random", atLeastOne, FITTED_QUERIES)
    .option("--seed <number>", "of the draw", count, 42)
    .option("--json", "print the weights as JSON too", false);
  return withPairOptions(withGraphSource(command)).action((options: Options) =>
    withGraph(options, (graph) => run(graph, options)),
  );
}

async function run({ adjacency, notes }: SourcedGraph, options: Options): Promise<void> {
  const { cutoff: until, years, fromType, target: targetType, queries, seed } = options;
  const cutoff = until - years;
  const slice = timeSlice(adjacency, { fromType, targetType, cutoff, until, queries, seed });
  const weights = fitLearned(slice);
  await writeLearnedModel(options.out, { cutoff, until, weights: [weights] });
  if (options.json) return printJson({ cutoff, until, queries: slice.queries.length, ...weights });
  const shown = [...weights.features].filter(({ weight }) => weight !== 0);
  shown.sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
  printLines(
    ...notes,
    `${slice.queries.length} of ${slice.eligible} entities learned from: graph until ${cutoff}, new pairs until ${until}`,
    ...shown.map(({ name, form, weight }) => `${weight.toFixed(3).padStart(8)}  ${form} ${name}`),
    `weights in ${options.out}`,
  );
}

/**
 * `bioweft evaluate discovery`: judges every ranker on what became known after a cutoff, on the graph or an edge
 * list with years. The learned ranker is fitted on an earlier slice of the same graph, which ends at the cutoff.
 */
import { Command, Option } from "commander";
import { BioWeftError } from "../../../core/errors.js";
import { RANKERS, type Ranker } from "../../../core/ranker.js";
import {
  evaluateSlice,
  type RankerResult,
  type SetFigures,
  type SliceFigure,
  type StratumFigure,
} from "../../../discovery/evaluation/evaluate-slice.js";
import { earlierSlice, fitLearned } from "../../../discovery/evaluation/fit-learned.js";
import { IMPORTANCE, STRATA } from "../../../discovery/evaluation/strata.js";
import { type SliceOptions, timeSlice } from "../../../discovery/evaluation/time-slice.js";
import type { LearnedWeights } from "../../../discovery/rankers/learned-weights.js";
import { readLearnedModel, weightsFor } from "../../../discovery/rankers/learned-weights.js";
import { startProgress } from "../../../terminal/progress.js";
import { writeRankerPicture } from "../../../terminal/ranker-picture.js";
import { printJson, printLines } from "../../../terminal/report.js";
import { type ResultTable, tableLines } from "../../../terminal/result-table.js";
import {
  type GraphSourceOptions,
  type PairOptions,
  type SourcedGraph,
  withGraph,
  withGraphSource,
  withPairOptions,
} from "../../options/graph-source.js";
import { atLeastOne, count } from "../../options/number-options.js";
import { rankerNames } from "../../options/ranker-option.js";

interface Options extends GraphSourceOptions, PairOptions {
  readonly cutoff: number;
  readonly until: number;
  readonly queries: number;
  readonly seed: number;
  readonly rankers: readonly Ranker[];
  readonly weights?: string;
  readonly split: string;
  readonly picture?: string;
  readonly json: boolean;
}

/** Declares the subcommand. */
export function discoveryCommand(): Command {
  const command = new Command("discovery")
    .description("judge the rankers of discovery on what became known after a cutoff")
    .requiredOption("--cutoff <year>", "the last year that rankers may see", atLeastOne)
    .requiredOption("--until <year>", "the last year whose new pairs are gold", atLeastOne)
    .option("--queries <count>", "entities to ask about, drawn at random", atLeastOne, 400)
    .option("--seed <number>", "of the draw", count, 42)
    .addOption(
      new Option("--rankers <names>", "only these, with commas (default: all)")
        .argParser(rankerNames)
        .default(RANKERS, "all"),
    )
    .option("--weights <file>", "of `bioweft discovery fit` (default: fitted on the years before the cutoff)")
    .addOption(
      new Option("--split <kind>", "how gold is held back").choices(["time", "random"]).default("time"),
    )
    .option("--picture <file>", "draw MRR and AUC with their intervals as an SVG picture")
    .option("--json", "print the figures as JSON", false);
  return withPairOptions(withGraphSource(command)).action(run);
}

async function run(options: Options): Promise<void> {
  if (options.split === "random") {
    const reason =
      "a random split shows a ranker what was found because of the pair that it is to find; leave --split out, gold is what became known after --cutoff";
    throw new BioWeftError("CONFIG", reason);
  }
  return withGraph(options, (graph) => evaluate(graph, options));
}

async function evaluate({ adjacency, notes }: SourcedGraph, options: Options): Promise<void> {
  const { cutoff, until, seed } = options;
  const pair = { fromType: options.fromType, targetType: options.target };
  const slice = timeSlice(adjacency, { ...pair, cutoff, until, queries: options.queries, seed });
  if (slice.queries.length === 0) {
    const reason = `nothing became known from ${cutoff + 1} to ${until} between a ${pair.fromType} and a ${pair.targetType} that were known; choose other years or types`;
    throw new BioWeftError("BAD_INPUT", reason);
  }
  const began = performance.now();
  const weights = options.rankers.includes("Learned")
    ? await weightsOf(options, () => fitLearned(earlierSlice(adjacency, { ...pair, cutoff, until, seed })))
    : undefined;
  const progress = startProgress("evaluate", "queries", slice.queries.length);
  const rankers = evaluateSlice(slice, {
    rankers: options.rankers,
    weights,
    onQuery: (done) => progress.update(done),
  });
  progress.stop();
  const seconds = (performance.now() - began) / 1000;
  const { queries, eligible } = slice;
  if (options.picture !== undefined) await draw(options.picture, slice.options, rankers);
  if (options.json) {
    return printJson({ ...slice.options, queries: queries.length, eligible, seconds, rankers });
  }
  printLines(
    ...notes,
    `${queries.length} of ${eligible} entities asked about, ${seconds.toFixed(0)} s`,
    ...sliceTables(slice.options, rankers).flatMap((table) => ["", ...tableLines(table)]),
  );
}

async function weightsOf(options: Options, learn: () => LearnedWeights): Promise<LearnedWeights> {
  if (options.weights === undefined) return learn();
  const model = await readLearnedModel(options.weights);
  if (model.until > options.cutoff) {
    const reason = `${options.weights} learned from what became known until ${model.until}, after the cutoff ${options.cutoff}; fit weights with --cutoff ${options.cutoff}`;
    throw new BioWeftError("CONFIG", reason);
  }
  const found = weightsFor(model, options.fromType, options.target);
  if (found !== undefined) return found;
  const reason = `${options.weights} has no weights from ${options.fromType} to ${options.target}; fit them, or leave --weights out`;
  throw new BioWeftError("CONFIG", reason);
}

function draw(file: string, options: SliceOptions, results: readonly RankerResult[]): Promise<void> {
  const panel = (title: string, name: "mrr" | "auc") => ({
    title,
    rows: results.map(({ ranker, all: { figures } }) => ({ ranker, ...figures[name] })),
  });
  return writeRankerPicture(file, sliceTitle(options), [
    panel("mean reciprocal rank, among all candidates", "mrr"),
    panel("area under the curve", "auc"),
  ]);
}

function sliceTitle({ fromType, targetType, cutoff, until }: SliceOptions): string {
  return `${fromType} → ${targetType}, graph until ${cutoff}, gold ${cutoff + 1} to ${until}`;
}

/** The tables: among all candidates, among those that linking terms reach, and by degree. */
function sliceTables(options: SliceOptions, results: readonly RankerResult[]): ResultTable[] {
  const title = sliceTitle(options);
  return [
    figureTable(`${title}, among all candidates`, results, ({ all }) => all),
    figureTable(`${title}, among those with linking terms`, results, ({ reached }) => reached),
    stratumTable(
      `${title}, mean reciprocal rank by the degree of the gold`,
      STRATA,
      results,
      ({ strata }) => strata,
    ),
    stratumTable(
      `${title}, mean reciprocal rank by the papers of the gold's relation`,
      IMPORTANCE,
      results,
      ({ importance }) => importance,
    ),
  ];
}

function stratumTable(
  title: string,
  names: readonly string[],
  results: readonly RankerResult[],
  of: (result: RankerResult) => readonly StratumFigure[],
): ResultTable {
  return {
    title,
    columns: ["ranker", ...names],
    rows: results.map((result) => [
      result.ranker,
      ...names.map((name) =>
        of(result)
          .find(({ stratum }) => stratum === name)
          ?.mrr.toFixed(4),
      ),
    ]),
    notes: [],
  };
}

function figureTable(
  title: string,
  results: readonly RankerResult[],
  set: (result: RankerResult) => SetFigures,
): ResultTable {
  const first = results[0] === undefined ? undefined : set(results[0]);
  return {
    title: `${title}: ${first?.gold ?? 0} pairs of ${first?.queries ?? 0} queries`,
    columns: [
      "ranker",
      "MRR",
      "above degree",
      "AUC",
      "above degree",
      "first MRR",
      "hits@10",
      "hits@100",
      "MAP",
      "void",
    ],
    rows: results.map((result) => {
      const { figures, void: voided } = set(result);
      const fraction = ({ value }: SliceFigure, digits: number) => value.toFixed(digits);
      const above = ({ aboveDegree: { value, interval } }: SliceFigure) =>
        `${value.toFixed(4)} (${interval.map((end) => end.toFixed(4)).join(" to ")})`;
      return [
        result.ranker,
        fraction(figures.mrr, 4),
        above(figures.mrr),
        fraction(figures.auc, 3),
        above(figures.auc),
        fraction(figures.firstMrr, 4),
        fraction(figures.hits10, 3),
        fraction(figures.hits100, 3),
        fraction(figures.map, 4),
        voided,
      ];
    }),
    notes: [
      "in brackets, what 95% of paired resamples of the queries hold; void: gold that ties with more than 10",
    ],
  };
}

/** A slice's results as tables for people, and the names of rankers as options give them. */
import { InvalidArgumentError } from "commander";
import { RANKERS, type Ranker } from "../../../core/ranker.js";
import type { RankerResult, SetFigures, SliceFigure } from "../../../discovery/evaluation/evaluate-slice.js";
import { STRATA } from "../../../discovery/evaluation/strata.js";
import type { SliceOptions } from "../../../discovery/evaluation/time-slice.js";
import type { ResultTable } from "../../../terminal/result-table.js";

/** Rankers by name, with commas, in any case. */
export function rankerNames(text: string): Ranker[] {
  return text.split(",").map((name) => {
    const found = RANKERS.find((ranker) => ranker.toLowerCase() === name.trim().toLowerCase());
    if (found !== undefined) return found;
    throw new InvalidArgumentError(`give some of ${RANKERS.join(", ")}`);
  });
}

/** The tables: among all candidates, among those that linking terms reach, and by degree. */
export function sliceTables(options: SliceOptions, results: readonly RankerResult[]): ResultTable[] {
  const { fromType, targetType, cutoff, until } = options;
  const title = `${fromType} → ${targetType}, graph until ${cutoff}, gold ${cutoff + 1} to ${until}`;
  return [
    figureTable(`${title}, among all candidates`, results, ({ all }) => all),
    figureTable(`${title}, among those with linking terms`, results, ({ reached }) => reached),
    {
      title: `${title}, mean reciprocal rank by the degree of the gold`,
      columns: ["ranker", ...STRATA],
      rows: results.map(({ ranker, strata }) => [
        ranker,
        ...STRATA.map((stratum) => strata.find((one) => one.stratum === stratum)?.mrr.toFixed(4)),
      ]),
      notes: [],
    },
  ];
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

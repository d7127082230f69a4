/**
 * The figures of an evaluation as lines for people.
 */
import { BOOTSTRAP, type Interval } from "../../evaluation/bootstrap.js";
import type { ErrorDivision } from "../../evaluation/error-analysis.js";
import type { Score } from "../../evaluation/relation-scores.js";
import type { Reliability } from "../../evaluation/reliability.js";
import type { Division, Figures, GroupScores, SpreadScore } from "./evaluation-figures.js";

/** One score: precision, recall, F1, and the interval of the latter. */
export function scoreLine(
  name: string,
  {
    precision,
    recall,
    f1,
    interval,
  }: Pick<Score, "precision" | "recall" | "f1"> & Pick<SpreadScore, "interval">,
): string {
  return `${name}  precision ${percent(precision)}  recall ${percent(recall)}  F1 ${percent(f1)}${between(interval?.f1)}`;
}

/** Everything below the two main scores. */
export function figureLines({ byPairType, byRelationType, errors }: Figures): string[] {
  return [
    "",
    `F1 in brackets: ${100 * BOOTSTRAP.level} % of ${BOOTSTRAP.resamples.toLocaleString("en")} resamplings of the documents`,
    ...groupTable("by pair type", byPairType),
    ...typeTable(byRelationType),
    ...Object.entries(errors).flatMap(([division, groups]) =>
      groupTable(TITLES[division as ErrorDivision], groups),
    ),
  ];
}

const TITLES: Readonly<Record<ErrorDivision, string>> = {
  rarerEntity: "by documents that name the rarer entity",
  sentence: "by whether a sentence names both",
  sentencesApart: "by sentences between the closest mentions",
  mentions: "by mentions of the entity named less",
};

/** What a model's probabilities are worth, before and after calibration. */
export function reliabilityLines(
  name: string,
  curves: { readonly before?: Reliability; readonly after?: Reliability },
): string[] {
  const { before, after } = curves;
  if (after === undefined) return [];
  const error = (one: Reliability) =>
    `calibration error ${one.error.toFixed(3)} (equal-mass bins ${one.errorEqualMass.toFixed(3)}, chance ${one.chance.toFixed(3)}), Brier ${one.brier.toFixed(3)}`;
  return [
    "",
    `probability ${name}, ${after.cases} stated`,
    ...(before === undefined ? [] : [`  before calibration: ${error(before)}`]),
    `  as given:           ${error(after)}`,
    `  ${"stated".padStart(8)} ${"right".padStart(7)} ${"cases".padStart(7)}`,
    ...after.bins.map(
      (bin) =>
        `  ${percent(bin.stated).padStart(8)} ${percent(bin.right).padStart(7)} ${String(bin.cases).padStart(7)}`,
    ),
  ];
}

function groupTable(title: string, groups: Division<GroupScores>): string[] {
  const rows = Object.entries(groups).map(
    ([name, { pair, typed }]) =>
      `${counted(name, pair)}${between(pair.interval?.f1)}  ${percent(typed.f1)}${between(typed.interval?.f1)}`,
  );
  return ["", title, `${HEAD} of pairs          F1 typed`, ...rows];
}

function typeTable(types: Division<SpreadScore>): string[] {
  const rows = Object.entries(types).map(
    ([name, score]) => `${counted(name, score)}${between(score.interval?.f1)}`,
  );
  return ["", "by relation type", `${HEAD} typed`, ...rows];
}

const HEAD = `  ${"".padEnd(20)} ${"gold".padStart(6)} predicted  prec.   rec.     F1`;

function counted(name: string, { gold, predicted, precision, recall, f1 }: SpreadScore): string {
  const counts = `${String(gold).padStart(6)} ${String(predicted).padStart(9)}`;
  return `  ${name.padEnd(20)} ${counts}  ${percent(precision)}  ${percent(recall)}  ${percent(f1)}`;
}

function between(interval: Interval | undefined): string {
  return interval === undefined
    ? ""
    : ` [${interval.map((end) => percent(end).trim()).join("–")}]`.padEnd(13);
}

function percent(fraction: number): string {
  return (100 * fraction).toFixed(1).padStart(5);
}

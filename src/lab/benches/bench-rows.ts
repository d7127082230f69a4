/**
 * What every `bioweft bench` prints: one row a measurement, beside what it is compared with.
 */
import { printJson, printLines } from "../../terminal/report.js";

/** One measurement; `ratio` is its value over that of what `against` names. */
export interface BenchRow {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly ratio: number;
  readonly against: string;
}

/** Prints the rows as `{"rows": […]}`, or as lines for people. */
export function printRows(rows: readonly BenchRow[], json: boolean): void {
  if (json) printJson({ rows });
  else printLines(...rows.map(toLine));
}

function toLine({ name, value, unit, ratio, against }: BenchRow): string {
  const compared = against === name ? "" : ` (${ratio.toFixed(2)} of ${against})`;
  return `${name}: ${value.toFixed(0)} ${unit}${compared}`;
}

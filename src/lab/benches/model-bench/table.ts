/**
 * The figures of `bioweft bench model`: as rows for programs and as a table for people.
 */

import { required } from "../../../core/required.js";
import type { BenchRow } from "../bench-rows.js";

/** What one way of classifying was seen to do. */
export interface Measurement {
  readonly name: string;
  /** In its fastest round, which others disturbed least. */
  readonly pairsPerSecond: number;
  readonly documentsPerSecond: number;
  readonly peakMegabytes: number;
  /** Per second of one processor, which is what it costs on a machine that does other things as well. */
  readonly pairsPerCpuSecond: number;
  /** Operations per second of a processor over those of ONNX Runtime's matrix product of the same precision. */
  readonly peakShare?: number;
}

/** Everything as rows; speeds are compared with those of the first measurement. */
export function toRows(measurements: readonly Measurement[]): BenchRow[] {
  const [first] = measurements;
  if (first === undefined) return [];
  return measurements.flatMap((one) => {
    const row = (name: string, value: number, unit: string, than: number): BenchRow => ({
      name: `${one.name}${name}`,
      value,
      unit,
      ratio: value / than,
      against: `${first.name}${name}`,
    });
    const share: BenchRow[] =
      one.peakShare === undefined
        ? []
        : [
            {
              name: `${one.name}: share of the matrix peak`,
              value: one.peakShare,
              unit: "fraction of 1",
              ratio: one.peakShare,
              against: "ONNX Runtime's matrix product",
            },
          ];
    return [
      row("", one.pairsPerSecond, "pairs/s", first.pairsPerSecond),
      row(": per CPU second", one.pairsPerCpuSecond, "pairs/CPU s", first.pairsPerCpuSecond),
      row(": documents", one.documentsPerSecond, "documents/s", first.documentsPerSecond),
      row(": peak memory", one.peakMegabytes, "MB", first.peakMegabytes),
      ...share,
    ];
  });
}

/** A table in lines; the ratios are of pairs per second of a processor, to each of the `against` that was measured. */
export function toTable(measurements: readonly Measurement[], against: readonly string[]): string[] {
  const others = measurements.filter(({ name }) => against.includes(name));
  const head = [
    "",
    "pairs/s",
    "pairs/CPU s",
    "documents/s",
    "peak MB",
    "of matrix peak",
    ...others.map(({ name }) => `× ${name}`),
  ];
  const body = measurements.map((one) => [
    one.name,
    digits(one.pairsPerSecond),
    digits(one.pairsPerCpuSecond),
    digits(one.documentsPerSecond),
    one.peakMegabytes.toFixed(0),
    one.peakShare === undefined ? "" : `${(100 * one.peakShare).toFixed(0)}%`,
    ...others.map(({ pairsPerCpuSecond }) => digits(one.pairsPerCpuSecond / pairsPerCpuSecond)),
  ]);
  const widths = head.map((_, column) =>
    Math.max(...[head, ...body].map((cells) => required(cells[column], "a cell").length)),
  );
  const widthOf = (column: number) => required(widths[column], "the width of a column");
  return [head, ...body].map((cells) =>
    cells
      .map((cell, column) => (column === 0 ? cell.padEnd(widthOf(0)) : cell.padStart(widthOf(column))))
      .join("  "),
  );
}

/** Three figures that count. */
function digits(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

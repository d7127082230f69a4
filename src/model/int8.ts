/**
 * A matrix of weights as 8-bit integers: symmetric, one scale a row, so that row r is about scales[r] · values[r].
 * Rows are a dense layer's outputs or an embedding table's tokens. Knows no ONNX (onnx-ops.ts).
 */
import type { Parameter } from "./parameters.js";

/** Rows of 8-bit integers and their scales. */
export interface Int8Matrix {
  readonly rows: number;
  readonly width: number;
  /** Between −127 and 127; row-major as `rows` × `width`, or as `width` × `rows` where that was asked for. */
  readonly values: Int8Array;
  readonly scales: Float32Array;
}

/** Rounds a matrix to 8 bits. `transposed` lays the values column after column, as a product x · Wᵀ reads them. */
export function toInt8({ shape, data }: Parameter, layout: "rows" | "transposed"): Int8Matrix {
  const [rows = 0, width = 0] = shape;
  const values = new Int8Array(data.length);
  const scales = new Float32Array(rows);
  const [acrossRows, acrossWidth] = layout === "rows" ? [width, 1] : [1, rows];
  for (let row = 0; row < rows; row++) {
    const entries = data.subarray(row * width, (row + 1) * width);
    const largest = largestMagnitude(entries);
    const scale = largest === 0 ? 1 : largest / 127;
    scales[row] = scale;
    for (let i = 0; i < width; i++) {
      values[row * acrossRows + i * acrossWidth] = Math.round((entries[i] ?? 0) / scale);
    }
  }
  return { rows, width, values, scales };
}

function largestMagnitude(entries: Float32Array): number {
  let largest = 0;
  for (const entry of entries) largest = Math.max(largest, Math.abs(entry));
  return largest;
}

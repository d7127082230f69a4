/**
 * A dense layer's weights as 8-bit integers: symmetric, one scale an output. Knows no ONNX (onnx-ops.ts).
 */
import type { Parameter } from "./parameters.js";

/** Weights w[row, i] ≈ scales[row] · values[i, row]; rows are the layer's outputs. */
export interface Int8Matrix {
  readonly rows: number;
  readonly width: number;
  /** Between −127 and 127; row-major as `width` × `rows`, which is how a product x · Wᵀ reads them. */
  readonly values: Int8Array;
  readonly scales: Float32Array;
}

/** Rounds a matrix (rows, width) to 8 bits and transposes it. */
export function toInt8({ shape, data }: Parameter): Int8Matrix {
  const [rows = 0, width = 0] = shape;
  const values = new Int8Array(data.length);
  const scales = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    const weights = data.subarray(row * width, (row + 1) * width);
    const largest = largestMagnitude(weights);
    const scale = largest === 0 ? 1 : largest / 127;
    scales[row] = scale;
    for (let i = 0; i < width; i++) values[i * rows + row] = Math.round((weights[i] ?? 0) / scale);
  }
  return { rows, width, values, scales };
}

function largestMagnitude(weights: Float32Array): number {
  let largest = 0;
  for (const weight of weights) largest = Math.max(largest, Math.abs(weight));
  return largest;
}

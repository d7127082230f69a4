/**
 * Matrices as 8-bit integers: symmetric, one scale a row, which is a dense layer's output or a table's entry. Both
 * model folders (checkpoints/write-safetensors.ts) and ONNX networks (onnx-ops.ts) round by what stands here. Rounding
 * what was rounded before gives the same integers and the same scales, to the bit.
 */
import type { Parameter } from "./parameters.js";

/** Weights w[row, i] ≈ scales[row] · values[i, row]; rows are the layer's outputs. */
interface Int8Matrix {
  readonly rows: number;
  readonly width: number;
  /** Between −127 and 127; row-major as `width` × `rows`, which is how a product x · Wᵀ reads them. */
  readonly values: Int8Array;
  readonly scales: Float32Array;
}

/** Integers of a row's largest magnitude; −128 is not used. */
const STEPS = 127;
/** Fewer rows than this, as of the layers that give logits, or narrower ones: 8 bits would save next to nothing. */
const LEAST = 32;
const SMALLEST_NORMAL = 2 ** -126;

/** Whether a parameter is a matrix that is large enough to be worth rounding. */
export function isWorthInt8([rows = 0, width = 0, ...more]: readonly number[]): boolean {
  return rows >= LEAST && width >= LEAST && more.length === 0;
}

/** The scales of a matrix's rows: (rows, width) -> (rows). */
export function rowScales({ shape, data }: Parameter): Float32Array {
  const [rows = 0, width = 0] = shape;
  return Float32Array.from({ length: rows }, (_, row) =>
    scaleOf(largestMagnitude(data.subarray(row * width, (row + 1) * width))),
  );
}

/** Rounds a matrix to integers of the scales that `rowScales` gives: (rows, width) -> (rows, width), row-major. */
export function roundRows({ shape, data }: Parameter, scales: Float32Array): Int8Array {
  const [, width = 0] = shape;
  const values = new Int8Array(data.length);
  for (const [row, scale] of scales.entries()) {
    for (let at = row * width; at < (row + 1) * width; at++) {
      // subtle: Math.round takes four times as long. This differs from it only next to a half, nearer than the quotient
      // of two float32s can be.
      values[at] = Math.floor((data[at] ?? 0) / scale + 0.5);
    }
  }
  return values;
}

/** What rounded rows stand for: (rows, width) and (rows) -> (rows, width). */
export function fromRoundedRows(values: Int8Array, scales: Float32Array): Float32Array {
  const data = new Float32Array(values.length);
  const width = values.length / scales.length;
  for (const [row, scale] of scales.entries()) {
    for (let at = row * width; at < (row + 1) * width; at++) data[at] = (values[at] ?? 0) * scale;
  }
  return data;
}

/** Rounds a dense layer's weights (rows, width) to 8 bits and transposes them. */
export function toInt8(weights: Parameter): Int8Matrix {
  const [rows = 0, width = 0] = weights.shape;
  const scales = rowScales(weights);
  const rounded = roundRows(weights, scales);
  const values = new Int8Array(rounded.length);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < width; i++) values[i * rows + row] = rounded[row * width + i] ?? 0;
  }
  return { rows, width, values, scales };
}

function scaleOf(largest: number): number {
  // subtle: weights are divided by the scale as it is stored, a float32. The row's largest is read again as the float32
  // next to 127 scales, and a 127th of that is the scale again: seen to hold for every float32 there is a scale of.
  const scale = Math.fround(largest / STEPS);
  // A row of zeros, or so near to it that float32 has no full precision there: all its integers become 0.
  return scale < SMALLEST_NORMAL ? 1 : scale;
}

function largestMagnitude(weights: Float32Array): number {
  let largest = 0;
  for (let at = 0; at < weights.length; at++) largest = Math.max(largest, Math.abs(weights[at] ?? 0));
  return largest;
}

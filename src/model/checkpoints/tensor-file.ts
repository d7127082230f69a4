/**
 * A file of named tensors, whichever format it has: names and shapes at once, values one tensor at a time, so that
 * a checkpoint of 440 MB is never in memory more than once.
 */
import type { Parameter } from "../ops/parameters.js";

/** How a tensor's numbers are stored; `int8`: with a scale a row. */
export type NumberFormat = "fp64" | "fp32" | "fp16" | "bf16" | "int8";

/** A tensor that lies in a file. */
export interface StoredTensor {
  /** In PyTorch's layout: a dense layer's weight is (out, in). */
  readonly shape: readonly number[];
  readonly format: NumberFormat;
  /** Reads the values, row-major, into an array of their own. */
  read(): Promise<Float32Array>;
}

/** An open file. Tensors of whole numbers (position ids) are left out. Close it when done. */
export interface TensorFile {
  /** By name, as PyTorch names them: `bert.encoder.layer.0.attention.self.query.weight`. */
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  close(): Promise<void>;
}

/** Reads all of a file's tensors and closes it, whatever happens. */
export async function readTensors(file: TensorFile): Promise<Map<string, Parameter>> {
  try {
    const parameters = new Map<string, Parameter>();
    for (const [name, tensor] of file.tensors) {
      parameters.set(name, { shape: tensor.shape, data: await tensor.read() });
    }
    return parameters;
  } finally {
    await file.close();
  }
}

/** Number of values of a shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

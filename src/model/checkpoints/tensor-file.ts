/**
 * A file of named tensors, whichever format it has: names and shapes at once, values one tensor at a time, so that
 * a checkpoint of 440 MB is never in memory more than once.
 */

/** A tensor that lies in a file. */
export interface StoredTensor {
  /** In PyTorch's layout: a dense layer's weight is (out, in). */
  readonly shape: readonly number[];
  /** Reads the values, row-major, into an array of their own. */
  read(): Promise<Float32Array>;
}

/** An open file. Tensors of whole numbers (position ids) are left out. Close it when done. */
export interface TensorFile {
  /** By name, as PyTorch names them: `bert.encoder.layer.0.attention.self.query.weight`. */
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  close(): Promise<void>;
}

/** Number of values of a shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

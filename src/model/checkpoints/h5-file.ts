/**
 * Opens tf_model.h5, Keras's form of a transformers checkpoint, straight from disk (h5wasm): names are turned into
 * PyTorch's, dense kernels, which lie (in, out), into (out, in). Source: the names that transformers' TensorFlow
 * classes write, and its load_tf_weights_in_pytorch_model.
 */
import { open } from "node:fs/promises";
import type { Dataset, File } from "h5wasm/node";
import { BioWeftError, messageOf } from "../../core/errors.js";
import { type NumberFormat, type StoredTensor, sizeOf, type TensorFile } from "./tensor-file.js";

/** Values read at a time, so that a big table does not lie in the reader's own memory as a whole. */
const BLOCK_VALUES = 1 << 22;

/** By the letter after the byte order in a type such as `<f`. */
const FLOATS: Readonly<Record<string, NumberFormat>> = { e: "fp16", f: "fp32", d: "fp64" };
/** How an HDF5 file begins. */
const SIGNATURE = Buffer.from("\x89HDF\r\n\x1a\n", "latin1");

/** Opens a file; throws MODEL where it is missing, no HDF5 file, or cut. */
export async function openH5(file: string): Promise<TensorFile> {
  await checkSignature(file);
  // Loaded only here: it brings 4 MB of WebAssembly.
  const { default: hdf5, File: H5File } = await import("h5wasm/node");
  const module = await hdf5.ready;
  // Otherwise it prints its errors and goes on with nothing.
  module.activate_throwing_error_handler();
  let opened: File | undefined;
  const close = async () => {
    opened?.close();
  };
  try {
    opened = new H5File(file, "r");
    return { tensors: storedTensors(opened, file, (entry) => entry instanceof hdf5.Dataset), close };
  } catch (cause) {
    await close().catch(() => undefined);
    throw unreadable(file, "it is cut or damaged", cause);
  }
}

async function checkSignature(file: string): Promise<void> {
  const handle = await open(file).catch((cause: unknown) => {
    throw unreadable(file, messageOf(cause), cause);
  });
  const start = Buffer.alloc(SIGNATURE.length);
  await handle.read(start, 0, start.length, 0).finally(() => handle.close());
  if (!start.equals(SIGNATURE)) throw unreadable(file, "it does not begin as one");
}

function unreadable(file: string, reason: string, cause?: unknown): BioWeftError {
  return new BioWeftError("MODEL", `is not a readable HDF5 file (${reason}); copy it again`, {
    place: { file },
    cause,
  });
}

function storedTensors(
  opened: File,
  file: string,
  isDataset: (entry: unknown) => entry is Dataset,
): Map<string, StoredTensor> {
  const tensors = new Map<string, StoredTensor>();
  for (const path of opened.paths()) {
    const entry = opened.get(path);
    if (!isDataset(entry) || typeof entry.dtype !== "string") continue;
    const format = FLOATS[entry.dtype.slice(1, 2)];
    if (format === undefined) continue;
    const name = torchName(path);
    tensors.set(name, storedTensor(file, name, format, entry, /\/kernel(?::\d+)?$/.test(path)));
  }
  return tensors;
}

/**
 * `bert/tf_bert_for_sequence_classification/bert/encoder/layer_._0/…/kernel:0` → `bert.encoder.layer.0.….weight`.
 * Keras repeats the layer's name in front of its variables' full names, which begin with the model's own.
 */
export function torchName(path: string): string {
  const parts = path
    .replace(/^\//, "")
    .replace(/:\d+$/, "")
    .replaceAll("_._", "/")
    .split("/")
    .filter((part) => part !== "");
  const own = parts.slice(/^tf\w*_\w+$/.test(parts[1] ?? "") ? 2 : 1);
  const last = own.at(-1) ?? "";
  const renamed = { kernel: "weight", embeddings: "weight", gamma: "weight", beta: "bias" }[last] ?? last;
  return [...own.slice(0, -1), renamed].join(".");
}

function storedTensor(
  file: string,
  name: string,
  format: NumberFormat,
  dataset: Dataset,
  transposed: boolean,
): StoredTensor {
  const shape = dataset.shape ?? [];
  const swapped = transposed && shape.length === 2;
  return {
    shape: swapped ? [...shape].reverse() : shape,
    format,
    read: async () => {
      try {
        return (swapped ? readTransposed : readPlain)(file, name, dataset, shape);
      } catch (fault) {
        throw fault instanceof BioWeftError ? fault : unreadable(file, `${name} is damaged`, fault);
      }
    },
  };
}

function readPlain(file: string, name: string, dataset: Dataset, shape: readonly number[]): Float32Array {
  const data = new Float32Array(sizeOf(shape));
  let filled = 0;
  for (const block of rowBlocks(file, name, dataset, shape)) {
    data.set(block, filled);
    filled += block.length;
  }
  return data;
}

function readTransposed(
  file: string,
  name: string,
  dataset: Dataset,
  shape: readonly number[],
): Float32Array {
  const [rows = 0, columns = 0] = shape;
  const data = new Float32Array(rows * columns); // (columns, rows)
  let row = 0;
  for (const block of rowBlocks(file, name, dataset, shape)) {
    for (let at = 0; at < block.length; at += columns, row++) {
      for (let column = 0; column < columns; column++) data[column * rows + row] = block[at + column] ?? 0;
    }
  }
  return data;
}

/** A dataset's values, some whole rows at a time. */
function* rowBlocks(
  file: string,
  name: string,
  dataset: Dataset,
  shape: readonly number[],
): Generator<Float32Array | Float64Array> {
  const [rows = 1, ...rest] = shape;
  const step = Math.max(1, Math.floor(BLOCK_VALUES / Math.max(1, sizeOf(rest))));
  for (let row = 0; row < rows; row += step) {
    const block = shape.length === 0 ? dataset.value : dataset.slice([[row, Math.min(rows, row + step)]]);
    if (!(block instanceof Float32Array || block instanceof Float64Array)) {
      const reason = `${name} is stored as ${dataset.dtype}; save the checkpoint in float32`;
      throw new BioWeftError("MODEL", reason, { place: { file } });
    }
    yield block;
  }
}

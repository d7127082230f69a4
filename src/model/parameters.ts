/**
 * A network's parameters by name, and their file form: safetensors, which checkpoints/safetensors-file.ts opens.
 * Writes F32 or F16.
 */
import { open, rename } from "node:fs/promises";
import { BioWeftError } from "../core/errors.js";
import { openSafetensors } from "./checkpoints/safetensors-file.js";
import { toFloat16 } from "./float-formats.js";

/** One dense array, row-major. */
export interface Parameter {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

export type Parameters = ReadonlyMap<string, Parameter>;

interface TensorHeader {
  readonly dtype: string;
  readonly shape: number[];
  readonly data_offsets: [number, number];
}

/** Reads every floating-point tensor of a file; throws MODEL where the file is missing, cut or inconsistent. */
export async function readSafetensors(file: string): Promise<Map<string, Parameter>> {
  const opened = await openSafetensors(file);
  try {
    const parameters = new Map<string, Parameter>();
    for (const [name, tensor] of opened.tensors) {
      parameters.set(name, { shape: tensor.shape, data: await tensor.read() });
    }
    return parameters;
  } finally {
    await opened.close();
  }
}

/** Writes parameters in name order, one at a time; whole or not at all (a temporary file is renamed). */
export async function writeSafetensors(
  file: string,
  parameters: Parameters,
  dtype: "F32" | "F16",
): Promise<void> {
  const sorted = [...parameters].sort(([a], [b]) => (a < b ? -1 : 1));
  const header: Record<string, TensorHeader> = {};
  let offset = 0;
  for (const [name, { shape, data }] of sorted) {
    const end = offset + data.length * (dtype === "F32" ? 4 : 2);
    header[name] = { dtype, shape: [...shape], data_offsets: [offset, end] };
    offset = end;
  }
  // Python's transformers reads no file that does not say so.
  const json = Buffer.from(JSON.stringify({ __metadata__: { format: "pt" }, ...header }));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  const handle = await open(`${file}.partial`, "w");
  try {
    // Not handle.write(): that may write less than it was given. writeFile() goes on where the last one ended.
    await handle.writeFile(Buffer.concat([length, json]));
    for (const [, { data }] of sorted) {
      const raw = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
      await handle.writeFile(dtype === "F32" ? raw : toFloat16(data));
    }
  } finally {
    await handle.close();
  }
  await rename(`${file}.partial`, file);
}

/** The named parameter; throws MODEL listing what there is. */
export function parameter(parameters: Parameters, name: string): Parameter {
  const found = parameters.get(name);
  if (found !== undefined) return found;
  throw new BioWeftError(
    "MODEL",
    `the checkpoint lacks ${name}; it holds ${[...parameters.keys()].join(", ")}`,
  );
}

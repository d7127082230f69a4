/**
 * Writes a network's parameters as safetensors: one file, or a model folder's weights, which are several files with an
 * index where one would be too large. Layouts are Hugging Face's; int8 is as safetensors-file.ts reads it.
 */
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { writeJsonFile } from "../../core/files/json-file.js";
import { writeWholeFile } from "../../core/files/whole-file.js";
import { required } from "../../core/required.js";
import { toFloat16 } from "../ops/float-formats.js";
import { isWorthInt8, roundRows, rowScales } from "../ops/int8.js";
import { PRECISIONS, type Precision } from "../ops/onnx-ops.js";
import type { Parameter, Parameters } from "../ops/parameters.js";

/** How weights are stored, the exact one first. `int8`: larger matrices a row at a time, all else half precision. */
export const STORED_PRECISIONS = PRECISIONS;
/** One of them. */
export type StoredPrecision = Precision;

/** A folder's weights are cut into files of at most so many bytes; what hosts of repositories take ends at 100 MB. */
export const MOST_FILE_BYTES = 90_000_000;

/** Bytes of one number. */
const NUMBER_BYTES = { F32: 4, I32: 4, F16: 2, I8: 1 } as const;

/** A tensor as a file will hold it; its bytes are made when they are written. */
interface OutgoingTensor {
  readonly name: string;
  readonly dtype: keyof typeof NUMBER_BYTES;
  readonly shape: readonly number[];
  readonly bytes: number;
  encode(): Uint8Array;
}

/** Writes parameters, one at a time; whole or not at all. Throws BAD_INPUT where the file cannot be written. */
export function writeSafetensors(
  file: string,
  parameters: Parameters,
  precision: StoredPrecision,
): Promise<void> {
  return writeTensors(
    file,
    [...parameters].flatMap((entry) => outgoing(entry, precision)),
  );
}

/** Writes whole numbers, an array a tensor; whole or not at all. Throws BAD_INPUT where the file cannot be written. */
export function writeWholeNumbers(file: string, arrays: Readonly<Record<string, Int32Array>>): Promise<void> {
  return writeTensors(
    file,
    Object.entries(arrays).map(([name, data]) => tensorOf(name, "I32", [data.length], () => bytesIn(data))),
  );
}

/**
 * Writes a folder's weights: model.safetensors, or parts with numbers of at most `mostBytes` in each and
 * model.safetensors.index.json; only a single parameter may be larger. Weights of another division that lay there are
 * removed. Throws as writeSafetensors.
 */
export async function writeWeights(
  dir: string,
  parameters: Parameters,
  precision: StoredPrecision,
  mostBytes = MOST_FILE_BYTES,
): Promise<void> {
  const parts = divided(parameters, precision, mostBytes);
  const names = parts.map((_, index) => partName(index + 1, parts.length));
  const weightMap: Record<string, string> = {};
  for (const [index, tensors] of parts.entries()) {
    const name = required(names[index], "the name of a part");
    await writeTensors(join(dir, name), tensors);
    for (const tensor of tensors) weightMap[tensor.name] = name;
  }
  if (parts.length > 1) {
    const index = "model.safetensors.index.json";
    const totalSize = parts.reduce((sum, tensors) => sum + bytesOf(tensors), 0);
    await writeJsonFile(join(dir, index), { metadata: { total_size: totalSize }, weight_map: weightMap });
    names.push(index);
  }
  const outdated = (await readdir(dir)).filter((name) => WEIGHTS.test(name) && !names.includes(name));
  for (const name of outdated) await rm(join(dir, name));
}

/** All names that `writeWeights` gives. */
const WEIGHTS = /^model(-\d{5}-of-\d{5})?\.safetensors(\.index\.json)?$/;

function partName(part: number, parts: number): string {
  const digits = (count: number) => String(count).padStart(5, "0");
  return parts === 1 ? "model.safetensors" : `model-${digits(part)}-of-${digits(parts)}.safetensors`;
}

/** Parameters in the order of their names, as many to a part as it may hold; a matrix and its scales stay together. */
function divided(parameters: Parameters, precision: StoredPrecision, mostBytes: number): OutgoingTensor[][] {
  const parts: OutgoingTensor[][] = [[]];
  for (const entry of [...parameters].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const tensors = outgoing(entry, precision);
    const last = required(parts.at(-1), "the last part");
    if (last.length > 0 && bytesOf(last) + bytesOf(tensors) > mostBytes) parts.push(tensors);
    else last.push(...tensors);
  }
  return parts;
}

function bytesOf(tensors: readonly OutgoingTensor[]): number {
  return tensors.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** What a parameter becomes: one tensor, or rounded rows and their scales. */
function outgoing([name, parameter]: [string, Parameter], precision: StoredPrecision): OutgoingTensor[] {
  const { shape, data } = parameter;
  if (precision === "fp32") return [tensorOf(name, "F32", shape, () => bytesIn(data))];
  if (precision === "fp16" || !name.endsWith(".weight") || !isWorthInt8(shape)) {
    return [tensorOf(name, "F16", shape, () => toFloat16(data))];
  }
  const scales = rowScales(parameter);
  return [
    tensorOf(name, "I8", shape, () => bytesIn(roundRows(parameter, scales))),
    tensorOf(`${name}_scale`, "F32", [scales.length, 1], () => bytesIn(scales)),
  ];
}

function tensorOf(
  name: string,
  dtype: OutgoingTensor["dtype"],
  shape: readonly number[],
  encode: () => Uint8Array,
): OutgoingTensor {
  const numbers = shape.reduce((product, length) => product * length, 1);
  return { name, dtype, shape, bytes: numbers * NUMBER_BYTES[dtype], encode };
}

function bytesIn(array: Float32Array | Int32Array | Int8Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

/** The largest numbers first, then by name: so every tensor begins at a multiple of its numbers' size. */
async function writeTensors(file: string, tensors: readonly OutgoingTensor[]): Promise<void> {
  const sorted = tensors.toSorted(
    (a, b) => NUMBER_BYTES[b.dtype] - NUMBER_BYTES[a.dtype] || (a.name < b.name ? -1 : 1),
  );
  // Python's transformers reads no file that does not say so.
  const header: Record<string, unknown> = { __metadata__: { format: "pt" } };
  let offset = 0;
  for (const { name, dtype, shape, bytes } of sorted) {
    header[name] = { dtype, shape, data_offsets: [offset, offset + bytes] };
    offset += bytes;
  }
  const text = JSON.stringify(header);
  const json = Buffer.from(text.padEnd(text.length + (-Buffer.byteLength(text) & 7)));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  await writeWholeFile(file, function* () {
    yield length;
    yield json;
    for (const tensor of sorted) yield tensor.encode();
  });
}

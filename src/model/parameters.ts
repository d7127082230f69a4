/**
 * A network's parameters by name, and their file form: safetensors (8 bytes header length, JSON header, raw
 * little-endian data). Reads F32 and F16, writes either. Source: the safetensors format specification.
 */
import { readFile, rename, writeFile } from "node:fs/promises";
import { BioWeftError } from "../core/errors.js";

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
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new BioWeftError("MODEL", "cannot be read; is this a checkpoint folder?", {
      place: { file },
      cause,
    });
  });
  const broken = (reason: string, cause?: unknown) =>
    new BioWeftError("MODEL", `is not a whole safetensors file: ${reason}; copy it again`, {
      place: { file },
      cause,
    });
  if (bytes.length < 8) throw broken("it has no header");
  const headerLength = Number(bytes.readBigUInt64LE(0));
  if (headerLength > bytes.length - 8) throw broken("its header is cut");
  let header: Record<string, TensorHeader>;
  try {
    header = JSON.parse(bytes.toString("utf8", 8, 8 + headerLength)) as Record<string, TensorHeader>;
  } catch (cause) {
    throw broken("its header is not JSON", cause);
  }
  const parameters = new Map<string, Parameter>();
  for (const [name, tensor] of Object.entries(header)) {
    if (name === "__metadata__" || (tensor.dtype !== "F32" && tensor.dtype !== "F16")) continue;
    const [begin, end] = tensor.data_offsets;
    const size = tensor.shape.reduce((product, length) => product * length, 1);
    const width = tensor.dtype === "F32" ? 4 : 2;
    if (end - begin !== size * width)
      throw broken(`${name} has ${end - begin} bytes for shape ${tensor.shape}`);
    if (8 + headerLength + end > bytes.length) throw broken(`${name} is cut off`);
    const raw = bytes.subarray(8 + headerLength + begin, 8 + headerLength + end);
    parameters.set(name, {
      shape: tensor.shape,
      data: tensor.dtype === "F32" ? fromFloat32(raw) : fromFloat16(raw),
    });
  }
  return parameters;
}

/** Writes parameters in name order, whole or not at all (a temporary file is renamed). */
export async function writeSafetensors(
  file: string,
  parameters: Parameters,
  dtype: "F32" | "F16",
): Promise<void> {
  const header: Record<string, TensorHeader> = {};
  const parts: Uint8Array[] = [];
  let offset = 0;
  for (const [name, { shape, data }] of [...parameters].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const bytes =
      dtype === "F32" ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : toFloat16(data);
    header[name] = { dtype, shape: [...shape], data_offsets: [offset, offset + bytes.length] };
    offset += bytes.length;
    parts.push(bytes);
  }
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  await writeFile(`${file}.partial`, Buffer.concat([length, json, ...parts]));
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

function fromFloat32(raw: Uint8Array): Float32Array {
  // A copy is aligned. Not raw.slice(): a Buffer's slice is a view.
  return new Float32Array(new Uint8Array(raw).buffer);
}

/** All 65,536 half-precision numbers, so that decoding is one look-up each. */
const HALVES = Float32Array.from({ length: 65_536 }, (_, bits) => {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
});

function fromFloat16(raw: Uint8Array): Float32Array {
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  return Float32Array.from({ length: raw.length / 2 }, (_, i) => HALVES[view.getUint16(2 * i, true)] ?? 0);
}

/** Rounds to the nearest half, ties to even; beyond its range becomes the largest finite half. */
function toFloat16(data: Float32Array): Uint8Array {
  const halves = new Uint16Array(data.length);
  const bits = new Uint32Array(data.buffer, data.byteOffset, data.length);
  for (let i = 0; i < data.length; i++) halves[i] = halfBits(bits[i] ?? 0, data[i] ?? 0);
  return new Uint8Array(halves.buffer);
}

function halfBits(bits: number, value: number): number {
  const sign = (bits >>> 16) & 0x8000;
  const magnitude = Math.abs(value);
  if (Number.isNaN(value)) return sign | 0x7e00;
  if (magnitude >= 65_520) return sign | 0x7bff;
  if (magnitude < 2 ** -14) return sign | roundToEven(magnitude * 2 ** 24);
  const exponent = ((bits >>> 23) & 0xff) - 127;
  // A fraction that rounds up to 1024 carries into the exponent, which is what the sum does.
  return sign | (((exponent + 15) << 10) + roundToEven((magnitude / 2 ** exponent - 1) * 1024));
}

function roundToEven(x: number): number {
  const down = Math.floor(x);
  const rest = x - down;
  return rest > 0.5 || (rest === 0.5 && down % 2 === 1) ? down + 1 : down;
}

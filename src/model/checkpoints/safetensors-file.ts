/**
 * Opens model.safetensors: 8 bytes header length, a JSON header, raw little-endian data. F32, F16 and BF16, and
 * matrices of 8-bit integers, `X.weight` as I8 (rows, width) with the scales of its rows in `X.weight_scale`
 * (rows, 1) of the same file; a float of another kind is refused, other whole numbers are left out. Sources: the
 * safetensors format specification; the `compressed-tensors` package for the integers.
 */
import { type FileHandle, open } from "node:fs/promises";
import { z } from "zod";
import { BioWeftError } from "../../core/errors.js";
import { fromBfloat16, fromFloat16, fromFloat32 } from "../ops/float-formats.js";
import { fromRoundedRows } from "../ops/int8.js";
import type { Parameter } from "../ops/parameters.js";
import { type NumberFormat, readTensors, type StoredTensor, sizeOf, type TensorFile } from "./tensor-file.js";

const tensorSchema = z.object({
  dtype: z.string(),
  shape: z.array(z.number().int().nonnegative()),
  data_offsets: z.tuple([z.number().int().nonnegative(), z.number().int().nonnegative()]),
});
type TensorHeader = z.infer<typeof tensorSchema>;
type Header = ReadonlyMap<string, TensorHeader>;

interface FloatFormat {
  readonly format: NumberFormat;
  readonly bytes: number;
  decode(raw: Uint8Array): Float32Array;
}

const FLOATS: Readonly<Record<string, FloatFormat>> = {
  F32: { format: "fp32", bytes: 4, decode: fromFloat32 },
  F16: { format: "fp16", bytes: 2, decode: fromFloat16 },
  BF16: { format: "bf16", bytes: 2, decode: fromBfloat16 },
};
const WHOLE_NUMBERS = /^([UI](8|16|32|64)|BOOL)$/;
/** Longer headers than this are no headers; the specification's own limit. */
const MAX_HEADER = 100_000_000;
const CONVERT = "convert the checkpoint to F32, F16 or BF16";

/** What is the same for all tensors of a file: where their data begins, and how long the file is. */
interface OpenFile {
  readonly file: string;
  readonly handle: FileHandle;
  readonly dataStart: number;
  readonly size: number;
}

/** Reads every floating-point tensor of a file; throws MODEL where the file is missing, cut or inconsistent. */
export async function readSafetensors(file: string): Promise<Map<string, Parameter>> {
  return readTensors(await openSafetensors(file));
}

/** Opens a file; throws MODEL where it is missing, cut, inconsistent, or in numbers that cannot be read. */
export async function openSafetensors(file: string): Promise<TensorFile> {
  const handle = await open(file).catch((cause: unknown) => {
    throw new BioWeftError("MODEL", "cannot be read; is this a checkpoint folder?", {
      place: { file },
      cause,
    });
  });
  try {
    const { header, dataStart } = await readHeader(handle, file);
    const { size } = await handle.stat();
    const tensors = storedTensors({ file, handle, dataStart, size }, header);
    return { tensors, close: () => handle.close() };
  } catch (fault) {
    await handle.close();
    throw fault;
  }
}

async function readHeader(handle: FileHandle, file: string): Promise<{ header: Header; dataStart: number }> {
  const start = await readBytes(handle, 0, 8);
  if (start.length < 8) throw broken(file, "it has no header");
  const length = Number(start.readBigUInt64LE(0));
  const bytes = await readBytes(handle, 8, Math.min(length, MAX_HEADER));
  if (bytes.length < length) throw broken(file, "its header is cut");
  try {
    const { __metadata__, ...tensors } = JSON.parse(bytes.toString("utf8"));
    const header = z.record(z.string(), tensorSchema).parse(tensors);
    return { header: new Map(Object.entries(header)), dataStart: 8 + length };
  } catch (cause) {
    throw broken(file, "its header is not as the format says", cause);
  }
}

function storedTensors(file: OpenFile, header: Header): Map<string, StoredTensor> {
  const isInt8 = (name: string) => name.endsWith(".weight") && header.get(name)?.dtype === "I8";
  const tensors = new Map<string, StoredTensor>();
  for (const [name, tensor] of header) {
    const isScale = name.endsWith("_scale") && isInt8(name.replace(/_scale$/, ""));
    if (isInt8(name)) tensors.set(name, int8Tensor(file, header, name, tensor));
    else if (!isScale && !WHOLE_NUMBERS.test(tensor.dtype))
      tensors.set(name, floatTensor(file, name, tensor));
  }
  return tensors;
}

function floatTensor(file: OpenFile, name: string, tensor: TensorHeader): StoredTensor {
  const { format, bytes, decode } = FLOATS[tensor.dtype] ?? {};
  if (format === undefined || bytes === undefined || decode === undefined) {
    throw unreadable(file, `${name} is stored as ${tensor.dtype}; ${CONVERT}`);
  }
  const readData = dataOf(file, name, tensor, bytes);
  return { shape: tensor.shape, format, read: async () => decode(await readData()) };
}

/** A matrix of integers with its scales. */
function int8Tensor(file: OpenFile, header: Header, name: string, tensor: TensorHeader): StoredTensor {
  const [rows = 0, width = 0] = tensor.shape;
  const scale = header.get(`${name}_scale`);
  if (scale === undefined)
    throw unreadable(file, `${name} is stored as I8 without ${name}_scale; ${CONVERT}`);
  if (header.has(`${name}_zero_point`)) {
    throw unreadable(file, `${name} is stored as I8 with zero points, which are not read; ${CONVERT}`);
  }
  if (tensor.shape.length !== 2 || scale.shape.join("x") !== `${rows}x1`) {
    const shapes = `${name}_scale is ${scale.shape.join("x")} for ${name} of ${tensor.shape.join("x")}`;
    throw unreadable(
      file,
      `${shapes}: a scale a row is read, ${rows}x1; write the model again, or ${CONVERT}`,
    );
  }
  const readValues = dataOf(file, name, tensor, 1);
  const scales = floatTensor(file, `${name}_scale`, scale);
  return {
    shape: [rows, width],
    format: "int8",
    async read() {
      const raw = await readValues();
      return fromRoundedRows(new Int8Array(raw.buffer, raw.byteOffset, raw.length), await scales.read());
    },
  };
}

/** Reads a tensor's bytes, which are known to be there and as many as its shape asks for. */
function dataOf(
  { file, handle, dataStart, size }: OpenFile,
  name: string,
  { shape, data_offsets: [begin, end] }: TensorHeader,
  bytesPerNumber: number,
): () => Promise<Buffer> {
  if (end - begin !== sizeOf(shape) * bytesPerNumber) {
    throw broken(file, `${name} has ${end - begin} bytes for shape ${shape.join("x")}`);
  }
  if (dataStart + end > size) throw broken(file, `${name} is cut off`);
  return () => readBytes(handle, dataStart + begin, end - begin);
}

/** Reads up to `length` bytes, fewer only at the file's end. */
async function readBytes(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await handle.read(bytes, filled, length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}

function unreadable({ file }: OpenFile, reason: string): BioWeftError {
  return new BioWeftError("MODEL", reason, { place: { file } });
}

function broken(file: string, reason: string, cause?: unknown): BioWeftError {
  return new BioWeftError("MODEL", `is not a whole safetensors file: ${reason}; copy it again`, {
    place: { file },
    cause,
  });
}

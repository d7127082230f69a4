/**
 * Opens model.safetensors: 8 bytes header length, a JSON header, raw little-endian data. F32, F16 and BF16; a float
 * of another kind is refused, whole numbers are left out. Source: the safetensors format specification.
 */
import { type FileHandle, open } from "node:fs/promises";
import { z } from "zod";
import { BioWeftError } from "../../core/errors.js";
import { fromBfloat16, fromFloat16, fromFloat32 } from "../float-formats.js";
import { type StoredTensor, sizeOf, type TensorFile } from "./tensor-file.js";

const tensorSchema = z.object({
  dtype: z.string(),
  shape: z.array(z.number().int().nonnegative()),
  data_offsets: z.tuple([z.number().int().nonnegative(), z.number().int().nonnegative()]),
});
type TensorHeader = z.infer<typeof tensorSchema>;

const FLOATS: Readonly<Record<string, { bytes: number; decode(raw: Uint8Array): Float32Array }>> = {
  F32: { bytes: 4, decode: fromFloat32 },
  F16: { bytes: 2, decode: fromFloat16 },
  BF16: { bytes: 2, decode: fromBfloat16 },
};
const WHOLE_NUMBERS = /^([UI](8|16|32|64)|BOOL)$/;
/** Longer headers than this are no headers; the specification's own limit. */
const MAX_HEADER = 100_000_000;

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
    const tensors = new Map<string, StoredTensor>();
    for (const [name, tensor] of Object.entries(header)) {
      if (name === "__metadata__" || WHOLE_NUMBERS.test(tensor.dtype)) continue;
      tensors.set(name, storedTensor(handle, file, name, tensor, dataStart, size));
    }
    return { tensors, close: () => handle.close() };
  } catch (fault) {
    await handle.close();
    throw fault;
  }
}

async function readHeader(handle: FileHandle, file: string) {
  const start = await readBytes(handle, 0, 8);
  if (start.length < 8) throw broken(file, "it has no header");
  const length = Number(start.readBigUInt64LE(0));
  const bytes = await readBytes(handle, 8, Math.min(length, MAX_HEADER));
  if (bytes.length < length) throw broken(file, "its header is cut");
  try {
    const { __metadata__, ...tensors } = JSON.parse(bytes.toString("utf8"));
    return { header: z.record(z.string(), tensorSchema).parse(tensors), dataStart: 8 + length };
  } catch (cause) {
    throw broken(file, "its header is not as the format says", cause);
  }
}

function storedTensor(
  handle: FileHandle,
  file: string,
  name: string,
  { dtype, shape, data_offsets: [begin, end] }: TensorHeader,
  dataStart: number,
  fileSize: number,
): StoredTensor {
  const format = FLOATS[dtype];
  if (format === undefined) {
    const reason = `${name} is stored as ${dtype}; convert the checkpoint to F32, F16 or BF16`;
    throw new BioWeftError("MODEL", reason, { place: { file } });
  }
  if (end - begin !== sizeOf(shape) * format.bytes) {
    throw broken(file, `${name} has ${end - begin} bytes for shape ${shape.join("x")}`);
  }
  if (dataStart + end > fileSize) throw broken(file, `${name} is cut off`);
  return {
    shape,
    read: async () => format.decode(await readBytes(handle, dataStart + begin, end - begin)),
  };
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

function broken(file: string, reason: string, cause?: unknown): BioWeftError {
  return new BioWeftError("MODEL", `is not a whole safetensors file: ${reason}; copy it again`, {
    place: { file },
    cause,
  });
}

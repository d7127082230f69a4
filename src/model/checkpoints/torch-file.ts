/**
 * Opens pytorch_model.bin: a zip whose data.pkl lists the tensors and whose other parts hold their numbers. Nothing
 * in it is executed (pickle.ts). Views with strides and tensors that share a storage are read as PyTorch would see
 * them. The form that PyTorch wrote before 1.6, a bare pickle, is refused.
 */
import { open } from "node:fs/promises";
import { BioWeftError, messageOf } from "../../core/errors.js";
import { fromBfloat16, fromFloat16, fromFloat32 } from "../ops/float-formats.js";
import { type PickledTensor, parsePickle } from "./pickle.js";
import { openStoredZip, type ZipPart } from "./stored-zip.js";
import { type NumberFormat, type StoredTensor, sizeOf, type TensorFile } from "./tensor-file.js";

interface StorageFormat {
  readonly format: NumberFormat;
  readonly bytes: number;
  decode(raw: Uint8Array): Float32Array;
}

const STORAGES: Readonly<Record<string, StorageFormat>> = {
  FloatStorage: { format: "fp32", bytes: 4, decode: fromFloat32 },
  HalfStorage: { format: "fp16", bytes: 2, decode: fromFloat16 },
  BFloat16Storage: { format: "bf16", bytes: 2, decode: fromBfloat16 },
};
const WHOLE_NUMBERS = /^(Long|Int|Short|Char|Byte|Bool)Storage$/;
/** No tensor of an encoder has more; a damaged shape may say so. */
const MOST_NUMBERS = 2 ** 31;
/** How a bare pickle of protocol 2 begins, the form before 1.6. */
const OLD_FORM = Buffer.from([0x80, 0x02]);

/** Opens a file; throws MODEL where it is missing, of the old form, damaged, or holds more than tensors. */
export async function openTorchFile(file: string): Promise<TensorFile> {
  await refuseOldForm(file);
  const zip = await openStoredZip(file).catch((cause: unknown) => {
    throw damaged(file, cause instanceof BioWeftError ? cause.reason : messageOf(cause), cause);
  });
  try {
    const parts = new Map([...zip.parts].map(([name, part]) => [name.replace(/^[^/]*\//, ""), part]));
    await checkByteOrder(parts, file);
    const listed = await named(parts, "data.pkl", file).read();
    const tensors = new Map<string, StoredTensor>();
    for (const [name, tensor] of parsePickle(listed, file)) {
      if (WHOLE_NUMBERS.test(tensor.storage.kind)) continue;
      const storage = named(parts, `data/${tensor.storage.key}`, file);
      tensors.set(name, storedTensor(storage, file, name, tensor));
    }
    return { tensors, close: async () => zip.close() };
  } catch (fault) {
    zip.close();
    if (fault instanceof BioWeftError && fault.code === "MODEL") throw fault;
    throw damaged(file, fault instanceof BioWeftError ? fault.reason : messageOf(fault), fault);
  }
}

async function refuseOldForm(file: string): Promise<void> {
  const handle = await open(file).catch((cause: unknown) => {
    throw new BioWeftError("MODEL", "cannot be read; is this a checkpoint folder?", {
      place: { file },
      cause,
    });
  });
  const start = Buffer.alloc(2);
  await handle.read(start, 0, 2, 0).finally(() => handle.close());
  if (!start.equals(OLD_FORM)) return;
  throw new BioWeftError(
    "MODEL",
    "is in the form that PyTorch wrote before 1.6; save it again with a newer one: torch.save(torch.load(FILE), FILE)",
    { place: { file } },
  );
}

async function checkByteOrder(parts: ReadonlyMap<string, ZipPart>, file: string): Promise<void> {
  const order = (await parts.get("byteorder")?.read())?.toString("utf8") ?? "little";
  if (order !== "little") throw damaged(file, `its byte order is "${order}", only little is read`);
}

function storedTensor(part: ZipPart, file: string, name: string, tensor: PickledTensor): StoredTensor {
  const { shape, strides, offset, storage } = tensor;
  const format = STORAGES[storage.kind];
  if (format === undefined) {
    const reason = `${name} lies in a ${storage.kind}; save the checkpoint in float32, float16 or bfloat16`;
    throw new BioWeftError("MODEL", reason, { place: { file } });
  }
  const extent = extentOf(shape, strides);
  const [begin, end] = [offset * format.bytes, (offset + extent) * format.bytes];
  const inside = end <= part.size && sizeOf(shape) < MOST_NUMBERS;
  if (strides.length !== shape.length || !inside) {
    throw damaged(file, `${name} reaches beyond its storage`);
  }
  return {
    shape,
    format: format.format,
    read: async () => {
      const values = format.decode(extent === 0 ? Buffer.alloc(0) : await part.read(begin, end));
      return isRowMajor(shape, strides) ? values : gather(values, shape, strides);
    },
  };
}

/** Numbers from a tensor's first to its last, both included. */
function extentOf(shape: readonly number[], strides: readonly number[]): number {
  if (sizeOf(shape) === 0) return 0;
  return 1 + shape.reduce((sum, length, axis) => sum + (length - 1) * (strides[axis] ?? 0), 0);
}

function isRowMajor(shape: readonly number[], strides: readonly number[]): boolean {
  let step = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const length = shape[axis] ?? 0;
    if (length !== 1 && strides[axis] !== step) return false;
    step *= length;
  }
  return true;
}

/** The values of a view in row-major order. */
function gather(values: Float32Array, shape: readonly number[], strides: readonly number[]): Float32Array {
  const data = new Float32Array(sizeOf(shape));
  const index = shape.map(() => 0);
  let from = 0;
  for (let to = 0; to < data.length; to++) {
    data[to] = values[from] ?? Number.NaN;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const next = (index[axis] ?? 0) + 1;
      const stride = strides[axis] ?? 0;
      if (next < (shape[axis] ?? 0)) {
        index[axis] = next;
        from += stride;
        break;
      }
      from -= (next - 1) * stride;
      index[axis] = 0;
    }
  }
  return data;
}

function named(parts: ReadonlyMap<string, ZipPart>, name: string, file: string): ZipPart {
  const part = parts.get(name);
  if (part === undefined) throw damaged(file, `it lacks the part ${name}`);
  return part;
}

function damaged(file: string, reason: string, cause?: unknown): BioWeftError {
  return new BioWeftError("MODEL", `is not a checkpoint as torch.save writes it: ${reason}; copy it again`, {
    place: { file },
    cause,
  });
}

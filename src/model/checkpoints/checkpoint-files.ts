/**
 * Finds the weights in a checkpoint folder and opens them, whichever of the formats they have, one file or several
 * with an index. Formats are taken in the order of FORMATS; a folder may hold the same weights in more than one.
 */
import { access } from "node:fs/promises";
import { basename, join } from "node:path";
import { z } from "zod";
import { BioWeftError } from "../../core/errors.js";
import { readJsonFile } from "../../core/files/json-file.js";
import type { Parameter } from "../ops/parameters.js";
import { openH5 } from "./h5-file.js";
import { openSafetensors } from "./safetensors-file.js";
import { readTensors, type StoredTensor, type TensorFile } from "./tensor-file.js";
import { openTorchFile } from "./torch-file.js";

/** A format's file, and how it is opened. */
const FORMATS = {
  safetensors: { file: "model.safetensors", open: openSafetensors },
  pytorch: { file: "pytorch_model.bin", open: openTorchFile },
  keras: { file: "tf_model.h5", open: openH5 },
} as const;

/** How a checkpoint's weights are stored. */
export type CheckpointFormat = keyof typeof FORMATS;

/** A folder's weights, open. */
export interface CheckpointFiles extends TensorFile {
  readonly format: CheckpointFormat;
}

/** Which part holds which tensor; nothing of it may lead out of the folder. */
const indexSchema = z.object({
  weight_map: z
    .record(
      z.string(),
      z.string().refine((name) => basename(name) === name, "a part is named without its folder"),
    )
    .refine((map) => Object.keys(map).length > 0, "it names no parts"),
});

/** Opens the weights; throws NOT_FOUND where there are none, MODEL where they are broken. Close them when done. */
export async function openCheckpointFiles(dir: string): Promise<CheckpointFiles> {
  for (const [name, { file, open }] of Object.entries(FORMATS)) {
    const format = name as CheckpointFormat;
    const path = join(dir, file);
    if (await exists(path)) return { format, ...(await open(path)) };
    if (await exists(`${path}.index.json`))
      return { format, ...(await openParts(dir, `${path}.index.json`, open)) };
  }
  const names = Object.values(FORMATS).map(({ file }) => file);
  const reason = `holds no weights; give a checkpoint folder with ${names.join(", ")} or their index files`;
  throw new BioWeftError("NOT_FOUND", reason, { place: { file: dir } });
}

/** Reads all weights of a folder, under the names that they have there. Throws as openCheckpointFiles. */
export async function readWeights(dir: string): Promise<Map<string, Parameter>> {
  return readTensors(await openCheckpointFiles(dir));
}

/** The parts that an index names, as one file. */
async function openParts(
  dir: string,
  index: string,
  open: (file: string) => Promise<TensorFile>,
): Promise<TensorFile> {
  const reason = "is no index of a checkpoint's parts, which lie beside it; copy the folder whole";
  const { weight_map } = await readJsonFile(index, indexSchema, reason);
  const names = [...new Set(Object.values(weight_map))];
  const parts: TensorFile[] = [];
  const close = async () => {
    await Promise.all(parts.map((part) => part.close()));
  };
  try {
    const tensors = new Map<string, StoredTensor>();
    for (const name of names) {
      if (!(await exists(join(dir, name)))) throw missingPart(join(dir, name), index);
      const part = await open(join(dir, name));
      parts.push(part);
      for (const [tensor, stored] of part.tensors) tensors.set(tensor, stored);
    }
    return { tensors, close };
  } catch (fault) {
    await close();
    throw fault;
  }
}

function missingPart(file: string, index: string): BioWeftError {
  const reason = `is missing: ${basename(index)} names it as a part of the weights; copy the folder whole`;
  return new BioWeftError("MODEL", reason, { place: { file } });
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

/**
 * A model folder → one ONNX file, weights inside, for any program that has ONNX Runtime: inputs under the names of the
 * network's definition, an output `logits`, and in the file's metadata what is needed to read them. The tokenizer
 * and the making of inputs stay with the folder.
 */
import { writeWholeFile } from "../../core/files/whole-file.js";
import { documentGraph } from "../networks/document-graph.js";
import { pairGraph } from "../networks/pair-network.js";
import { type Precision, recordOnnx } from "../ops/onnx-ops.js";
import { readModel } from "./model-folder.js";
import { isPairFolder, readPairModel } from "./pair-folder.js";

/** Writes `file`, whole or not at all. Throws MODEL for a broken folder, BAD_INPUT where the file can't be written. */
export async function exportOnnx(folder: string, file: string, precision: Precision): Promise<void> {
  const bytes = (await isPairFolder(folder))
    ? await pairBytes(folder, precision)
    : await documentBytes(folder, precision);
  await writeWholeFile(file, bytes);
}

async function documentBytes(folder: string, precision: Precision): Promise<Uint8Array> {
  const { config, parameters, description } = await readModel(folder);
  const { classes, qualifiers } = description;
  const metadata = {
    ...describe("document", description, classes, precision),
    ...(qualifiers === undefined ? {} : { qualifiers: JSON.stringify(qualifiers) }),
  };
  return recordOnnx(documentGraph(config), parameters, precision, metadata);
}

async function pairBytes(folder: string, precision: Precision): Promise<Uint8Array> {
  const { encoder, parameters, description, labels } = await readPairModel(folder);
  const metadata = describe("pair", description, labels, precision);
  return recordOnnx(pairGraph(encoder), parameters, precision, metadata);
}

/** Metadata are strings; lists and numbers are JSON. Calibration stands there only where there is one. */
function describe(
  network: string,
  description: { readonly id: string; readonly temperature?: number; readonly threshold?: number },
  classes: readonly string[],
  precision: Precision,
): Record<string, string> {
  const { id, temperature, threshold } = description;
  return {
    model: id,
    network,
    precision,
    classes: JSON.stringify(classes),
    ...(temperature === undefined ? {} : { temperature: JSON.stringify(temperature) }),
    ...(threshold === undefined ? {} : { threshold: JSON.stringify(threshold) }),
  };
}

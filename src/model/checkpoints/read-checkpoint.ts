/**
 * A checkpoint folder as its authors publish it → the network's parameters under canonical names. What does not fit
 * config.json is listed whole, before any weight is read. It knows files and shapes; no networks, no tokenizers.
 */
import { BioWeftError } from "../../core/errors.js";
import { required } from "../../core/required.js";
import { canonicalName, canonicalParameters, POSITIONS } from "../networks/canonical-parameters.js";
import type { EncoderConfig } from "../networks/encoder-config.js";
import type { Parameter, Parameters } from "../ops/parameters.js";
import { type CheckpointConfig, readCheckpointConfig } from "./checkpoint-config.js";
import { type CheckpointFiles, type CheckpointFormat, openCheckpointFiles } from "./checkpoint-files.js";
import { classifierShapes, type ExpectedShape, encoderShapes } from "./expected-parameters.js";
import type { StoredTensor } from "./tensor-file.js";

/** A checkpoint in memory. */
export interface Checkpoint {
  readonly format: CheckpointFormat;
  readonly encoder: EncoderConfig;
  /** Labels of the classifier's outputs; undefined for an encoder alone. */
  readonly labels?: readonly string[];
  /** By canonical name; an encoder's pooler is among them where it has one. */
  readonly parameters: Parameters;
  /** Names of the file's tensors that nothing here uses, such as those of a language model's head. */
  readonly unused: readonly string[];
}

/**
 * Reads a folder with config.json and weights in any of the formats. Throws NOT_FOUND where there are no weights;
 * MODEL where a file is broken or, listing all of it, where tensors are missing or have other shapes than
 * config.json asks for, or labels and outputs are not equally many.
 */
export async function readCheckpoint(dir: string): Promise<Checkpoint> {
  const config = await readCheckpointConfig(dir);
  const files = await openCheckpointFiles(dir);
  try {
    return await readParameters(dir, config, files);
  } finally {
    await files.close();
  }
}

async function readParameters(
  dir: string,
  config: CheckpointConfig,
  { format, tensors }: CheckpointFiles,
): Promise<Checkpoint> {
  const { family } = config.encoder;
  const stored = new Map(
    [...tensors].map(([name, tensor]) => [canonicalName(name, family), { name, tensor }]),
  );
  const classifier = config.classifier || [...stored.keys()].some((name) => name.startsWith("classifier."));
  const labelled = classifier ? withLabels(config, stored.get(outputName(family))?.tensor) : config;
  const expected = encoderShapes(config, stored.get(POSITIONS)?.tensor.shape[0]);
  const head = classifierShapes(labelled);
  if (classifier) for (const [name, shape] of head) expected.set(name, shape);
  const faults = faultsOf(expected, stored);
  if (faults.length > 0) {
    throw new BioWeftError("MODEL", `the weights do not fit config.json: ${faults.join("; ")}`, {
      place: { file: dir },
    });
  }
  const pooler = classifier ? [] : ["pooler.dense.weight", "pooler.dense.bias"];
  const wanted = new Set([...expected.keys(), ...pooler]);
  const parameters = new Map<string, Parameter>();
  for (const [canonical, { name, tensor }] of stored) {
    if (wanted.has(canonical)) parameters.set(name, { shape: tensor.shape, data: await tensor.read() });
  }
  return {
    format,
    encoder: config.encoder,
    ...(classifier && labelled.labels !== undefined ? { labels: labelled.labels } : {}),
    parameters: canonicalParameters(parameters, config.encoder),
    unused: [...stored].flatMap(([canonical, { name }]) => (wanted.has(canonical) ? [] : [name])),
  };
}

function outputName(family: EncoderConfig["family"]): string {
  return family === "bert" ? "classifier.weight" : "classifier.out_proj.weight";
}

/** The configuration with labels: transformers leaves them out where they are only numbers. */
function withLabels(config: CheckpointConfig, output: StoredTensor | undefined): CheckpointConfig {
  if (config.labels !== undefined || output === undefined) return config;
  return {
    ...config,
    labels: Array.from(
      { length: required(output.shape[0], "the number of classes") },
      (_, id) => `LABEL_${id}`,
    ),
  };
}

function faultsOf(
  expected: ReadonlyMap<string, ExpectedShape>,
  stored: ReadonlyMap<string, { readonly tensor: StoredTensor }>,
): string[] {
  const missing: string[] = [];
  const misshapen: string[] = [];
  for (const [name, shape] of expected) {
    const found = stored.get(name)?.tensor.shape;
    if (found === undefined) missing.push(name);
    else if (!fits(found, shape)) misshapen.push(misfit(name, found, shape));
  }
  return [...(missing.length > 0 ? [`missing ${missing.join(", ")}`] : []), ...misshapen];
}

function fits(found: readonly number[], shape: ExpectedShape): boolean {
  return (
    found.length === shape.length && shape.every((length, axis) => (length ?? found[axis]) === found[axis])
  );
}

function misfit(name: string, found: readonly number[], shape: ExpectedShape): string {
  const wanted = shape.map((length) => length ?? "any").join("x");
  if (!/^classifier(\.out_proj)?\.bias$/.test(name)) return `${name} is ${found.join("x")}, not ${wanted}`;
  return `${name} has ${found.join("x")} outputs for the ${wanted} labels of id2label`;
}

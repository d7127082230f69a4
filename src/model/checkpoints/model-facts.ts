/**
 * What can be said of a model folder without reading its weights: which network, how big, what it answers, how it is
 * calibrated, under which licence. Any folder will do: one of ours, an official checkpoint, an encoder.
 */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { readJsonFile } from "../../core/files/json-file.js";
import type { NetworkKind } from "../../core/prediction.js";
import { CALIBRATION_NAMES } from "../answers/prompt-calibration.js";
import type { EncoderConfig } from "../networks/encoder-config.js";
import { readCheckpointConfig } from "./checkpoint-config.js";
import { type CheckpointFormat, openCheckpointFiles } from "./checkpoint-files.js";
import { type NumberFormat, type StoredTensor, sizeOf } from "./tensor-file.js";

/** A model folder, described. */
export interface ModelFacts {
  /** From `bioweft.json`; a published checkpoint has none. */
  readonly id?: string;
  /** `none`: an encoder, to train a network on. */
  readonly network: NetworkKind | "none";
  readonly encoder: EncoderConfig & { readonly name?: string; readonly vocabulary?: number };
  readonly format: CheckpointFormat;
  /** How the numbers are stored, or most of them: beside int8 all that is no large matrix is fp16. */
  readonly precision: NumberFormat;
  readonly parameters: number;
  readonly labels: readonly string[];
  readonly corpora: readonly string[];
  /** Numbers by which logits become probabilities; without any, the model is not calibrated. */
  readonly calibration?: Readonly<Record<string, number>>;
  /** The same of other prompts than BioRED's, by prompt. */
  readonly prompts?: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** F1 on BioRED Dev, as `bioweft.json` says. */
  readonly dev?: unknown;
  readonly licence?: string;
}

/** Describes a folder; throws NOT_FOUND or MODEL where it holds no model that can be read. */
export async function readModelFacts(dir: string): Promise<ModelFacts> {
  const description = await readDescription(dir);
  const config = await readCheckpointConfig(dir);
  const files = await openCheckpointFiles(dir);
  try {
    const tensors = [...files.tensors.values()];
    const named = [...files.tensors.keys()].some((name) => name.startsWith("classifier."));
    const ours = description["network"] === "document" || description["network"] === "pair";
    const calibration = calibrationNumbers(description);
    const text = (name: string) =>
      typeof description[name] === "string" ? { [name]: description[name] } : {};
    return {
      ...text("id"),
      network: ours ? (description["network"] as NetworkKind) : named ? "pair" : "none",
      encoder: {
        ...config.encoder,
        ...(typeof description["encoder"] === "string" ? { name: description["encoder"] } : {}),
        ...(config.vocabulary === undefined ? {} : { vocabulary: config.vocabulary }),
      },
      format: files.format,
      precision: mostUsed(tensors),
      parameters: tensors.reduce((sum, { shape }) => sum + sizeOf(shape), 0),
      labels: strings(description["classes"]) ?? (named ? config.labels : undefined) ?? [],
      corpora: strings(description["corpora"]) ?? [],
      ...(Object.keys(calibration).length === 0 ? {} : { calibration }),
      ...promptsOf(description["prompts"]),
      ...(description["dev"] === undefined ? {} : { dev: description["dev"] }),
      ...(await licenceOf(dir)),
    };
  } finally {
    await files.close();
  }
}

async function readDescription(dir: string): Promise<Readonly<Record<string, unknown>>> {
  const file = join(dir, "bioweft.json");
  if (!existsSync(file)) return {};
  return readJsonFile(file, z.looseObject({}), "is no model description; copy it again");
}

function calibrationNumbers(described: Readonly<Record<string, unknown>>): Record<string, number> {
  const numbers = CALIBRATION_NAMES.flatMap((name) => {
    const value = described[name];
    return typeof value === "number" ? [[name, value] as const] : [];
  });
  return Object.fromEntries(numbers);
}

function promptsOf(described: unknown): Pick<ModelFacts, "prompts"> {
  const prompts = z.record(z.string(), z.record(z.string(), z.unknown())).safeParse(described);
  if (!prompts.success) return {};
  const named = Object.entries(prompts.data).map(([name, own]) => [name, calibrationNumbers(own)]);
  return { prompts: Object.fromEntries(named) };
}

/** The format of the most numbers. */
function mostUsed(tensors: readonly StoredTensor[]): NumberFormat {
  const numbers = new Map<NumberFormat, number>();
  for (const { format, shape } of tensors) numbers.set(format, (numbers.get(format) ?? 0) + sizeOf(shape));
  return [...numbers].sort(([, a], [, b]) => b - a)[0]?.[0] ?? "fp32";
}

/** The licence that the front matter of a model card names: `license: mit`. */
async function licenceOf(dir: string): Promise<{ licence?: string }> {
  const card = await readFile(join(dir, "README.md"), "utf8").catch(() => "");
  const front = /^---\r?\n([\s\S]*?)\r?\n---/.exec(card)?.[1] ?? "";
  const licence = /^license:\s*["']?([^"'\r\n]+)/m.exec(front)?.[1]?.trim();
  return licence === undefined ? {} : { licence };
}

function strings(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) && value.every((entry) => typeof entry === "string") ? value : undefined;
}

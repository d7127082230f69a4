/**
 * The calibrations in a model folder's `bioweft.json`, whatever network it describes: BioRED's, and those of other
 * corpora's prompts. Everything else in that file stays as it is.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { readJsonFile, writeJsonFile } from "../../core/files/json-file.js";
import type { ModelInfo } from "../../core/prediction.js";
import type { RelationTask } from "../../core/relation-task.js";
import type { Calibration } from "../answers/decoding.js";
import {
  optionalCalibrationFields,
  promptCalibration,
  promptFields,
  withPromptCalibration,
} from "../answers/prompt-calibration.js";
import { askedTask, DEFAULT_PROMPT } from "../inputs/labels.js";

const schema = z.looseObject({
  ...optionalCalibrationFields,
  ...promptFields,
  /** Of a pair model: whose input it reads. */
  input: z.exactOptional(z.string()),
  specials: z.exactOptional(z.array(z.string())),
});

/** A corpus's question, as far as its prompt is concerned. */
type Asked = Pick<RelationTask, "prompt" | "ownMarkers">;

/**
 * A model's calibration for a corpus's question, BioRED's by default and where it has none of that prompt; undefined
 * for a model without, as the original tool's checkpoints are. Throws MODEL for a broken file.
 */
export async function readCalibration(dir: string, task?: Asked): Promise<Calibration | undefined> {
  if (!existsSync(descriptionFile(dir))) return undefined;
  const description = await readDescription(dir);
  const { temperature, threshold, ...rest } = promptCalibration(description, promptOf(description, task));
  if (temperature === undefined || threshold === undefined) return undefined;
  return { temperature, threshold, ...rest };
}

/**
 * The prompt with which a model answers a corpus's question, and so whose calibration counts: BioRED's where it was
 * not trained on that corpus. Throws MODEL for a broken file.
 */
export async function answeringPrompt(dir: string, task: Asked): Promise<string> {
  return existsSync(descriptionFile(dir)) ? promptOf(await readDescription(dir), task) : task.prompt;
}

/**
 * Puts another calibration of a prompt into a model's description; a checkpoint of the original tool, which has none,
 * gets one with the id and encoder of `info`. Throws MODEL for a broken file.
 */
export async function writeCalibration(
  dir: string,
  calibration: Calibration,
  { id, network, encoder, corpora }: Pick<ModelInfo, "id" | "network" | "encoder" | "corpora">,
  prompt = DEFAULT_PROMPT,
): Promise<void> {
  const description = existsSync(descriptionFile(dir))
    ? await readDescription(dir)
    : schema.parse({ id, network, encoder, corpora, input: "compat" });
  await writeJsonFile(descriptionFile(dir), withPromptCalibration(description, prompt, calibration));
}

/** The original tool's checkpoints are asked in words, so every prompt is theirs. */
function promptOf({ input, specials = [] }: z.infer<typeof schema>, task: Asked | undefined): string {
  if (task === undefined) return DEFAULT_PROMPT;
  return input === "compat" ? task.prompt : askedTask(specials, task).prompt;
}

function descriptionFile(dir: string): string {
  return join(dir, "bioweft.json");
}

function readDescription(dir: string): Promise<z.infer<typeof schema>> {
  const reason = "cannot be read as a model's description, which holds its calibration; mend or replace it";
  return readJsonFile(descriptionFile(dir), schema, reason);
}

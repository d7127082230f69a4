/**
 * The calibration in a model folder's `bioweft.json`, whatever network it describes. Everything else in that file
 * stays as it is.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { readJsonFile, writeJsonFile } from "../../core/json-file.js";
import type { ModelInfo } from "../../core/prediction.js";
import type { Calibration } from "../answers/decoding.js";

const schema = z.looseObject({
  temperature: z.exactOptional(z.number().positive()),
  threshold: z.exactOptional(z.number()),
  typeTemperature: z.exactOptional(z.number().positive()),
  shift: z.exactOptional(z.number()),
});

/** A model's calibration; undefined for one without, as the original tool's checkpoints are. Throws MODEL for a broken file. */
export async function readCalibration(dir: string): Promise<Calibration | undefined> {
  if (!existsSync(descriptionFile(dir))) return undefined;
  const { temperature, threshold, typeTemperature, shift } = await readDescription(dir);
  if (temperature === undefined || threshold === undefined) return undefined;
  return {
    temperature,
    threshold,
    ...(typeTemperature === undefined ? {} : { typeTemperature }),
    ...(shift === undefined ? {} : { shift }),
  };
}

/**
 * Puts another calibration into a model's description; a checkpoint of the original tool, which has none, gets one
 * with the id and encoder of `info`. Throws MODEL for a broken file.
 */
export async function writeCalibration(
  dir: string,
  calibration: Calibration,
  { id, network, encoder, corpora }: Pick<ModelInfo, "id" | "network" | "encoder" | "corpora">,
): Promise<void> {
  const description = existsSync(descriptionFile(dir))
    ? await readDescription(dir)
    : { id, network, encoder, corpora, input: "compat" };
  const {
    temperature: _1,
    threshold: _2,
    typeTemperature: _3,
    shift: _4,
    ...rest
  } = schema.parse(description);
  await writeJsonFile(descriptionFile(dir), { ...rest, ...calibration });
}

function descriptionFile(dir: string): string {
  return join(dir, "bioweft.json");
}

function readDescription(dir: string): Promise<z.infer<typeof schema>> {
  const reason = "cannot be read as a model's description, which holds its calibration; mend or replace it";
  return readJsonFile(descriptionFile(dir), schema, reason);
}

/**
 * The calibration in a model folder's `bioweft.json`, whatever network it describes. Everything else in that file
 * stays as it is.
 */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { BioWeftError } from "../core/errors.js";
import type { Calibration } from "./decoding.js";

const schema = z.looseObject({
  temperature: z.exactOptional(z.number().positive()),
  threshold: z.exactOptional(z.number()),
  typeTemperature: z.exactOptional(z.number().positive()),
  shift: z.exactOptional(z.number()),
});

/** A model's calibration; undefined for one that has none. Throws MODEL for a folder without a description. */
export async function readCalibration(dir: string): Promise<Calibration | undefined> {
  const { temperature, threshold, typeTemperature, shift } = await readDescription(dir);
  if (temperature === undefined || threshold === undefined) return undefined;
  return {
    temperature,
    threshold,
    ...(typeTemperature === undefined ? {} : { typeTemperature }),
    ...(shift === undefined ? {} : { shift }),
  };
}

/** Puts another calibration into a model's description. Throws MODEL for a folder without one. */
export async function writeCalibration(dir: string, calibration: Calibration): Promise<void> {
  const {
    temperature: _1,
    threshold: _2,
    typeTemperature: _3,
    shift: _4,
    ...rest
  } = await readDescription(dir);
  await writeFile(descriptionFile(dir), `${JSON.stringify({ ...rest, ...calibration }, null, 2)}\n`);
}

function descriptionFile(dir: string): string {
  return join(dir, "bioweft.json");
}

async function readDescription(dir: string): Promise<z.infer<typeof schema>> {
  const file = descriptionFile(dir);
  try {
    return schema.parse(JSON.parse(await readFile(file, "utf8")));
  } catch (cause) {
    const reason =
      "cannot be read as a model's description, which holds its calibration; give a model folder";
    throw new BioWeftError("MODEL", reason, { place: { file }, cause });
  }
}

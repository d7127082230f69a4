/**
 * Which calibration answers are read with: a model that several corpora taught is as sure of each of them as that
 * corpus made it, so each prompt may have its own. BioRED's stands for those without.
 */
import { z } from "zod";
import { DEFAULT_PROMPT } from "../inputs/labels.js";
import type { Calibration } from "./decoding.js";

const optional = {
  /** Fitted since models calibrate types by themselves; an older model has neither. */
  typeTemperature: z.exactOptional(z.number().positive()),
  shift: z.exactOptional(z.number()),
  directionTemperature: z.exactOptional(z.number().positive()),
  noveltyTemperature: z.exactOptional(z.number().positive()),
};

/** A whole calibration, as `bioweft.json` spells it. */
export const calibrationFields = {
  temperature: z.number().positive(),
  threshold: z.number().min(0).max(1),
  ...optional,
};

/** The same where a model may have none. */
export const optionalCalibrationFields = {
  temperature: z.exactOptional(calibrationFields.temperature),
  threshold: z.exactOptional(calibrationFields.threshold),
  ...optional,
};

/** Calibrations of prompts other than BioRED's, by prompt. */
export const promptFields = {
  prompts: z.exactOptional(z.record(z.string(), z.object(calibrationFields))),
};

/** What a model's description holds of its calibrations: BioRED's, and those of other prompts. */
export type DescribedCalibrations = Partial<Calibration> & {
  readonly prompts?: Readonly<Record<string, Calibration>>;
};

/** What a calibration consists of, in the order in which it is written. */
export const CALIBRATION_NAMES = [
  "temperature",
  "shift",
  "typeTemperature",
  "directionTemperature",
  "noveltyTemperature",
  "threshold",
] as const;

/** The calibration of a prompt, BioRED's where it has none; what a model's description lacks is absent. */
export function promptCalibration(
  described: Calibration & Pick<DescribedCalibrations, "prompts">,
  prompt: string,
): Calibration;
export function promptCalibration(described: DescribedCalibrations, prompt: string): Partial<Calibration>;
export function promptCalibration(described: DescribedCalibrations, prompt: string): Partial<Calibration> {
  const own = prompt === DEFAULT_PROMPT ? undefined : described.prompts?.[prompt];
  const source = own ?? described;
  return Object.fromEntries(
    CALIBRATION_NAMES.flatMap((name) => (source[name] === undefined ? [] : [[name, source[name]]])),
  );
}

/** A description with another calibration of a prompt; everything else stays as it is. */
export function withPromptCalibration<Described extends DescribedCalibrations>(
  described: Described,
  prompt: string,
  calibration: Calibration,
) {
  if (prompt !== DEFAULT_PROMPT) {
    return { ...described, prompts: { ...described.prompts, [prompt]: calibration } };
  }
  const replaced = new Set<string>(CALIBRATION_NAMES);
  const rest = Object.fromEntries(Object.entries(described).filter(([name]) => !replaced.has(name)));
  return { ...rest, ...calibration };
}

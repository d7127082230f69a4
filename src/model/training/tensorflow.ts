/**
 * Finds the TensorFlow.js to train on: the native binding that `npm run setup:training` builds, else the
 * portable CPU backend (far slower: good for tests, hopeless for a real run). One copy of tfjs-core is used.
 */
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { PACKAGE_ROOT } from "../../core/config.js";
import { BioWeftError } from "../../core/errors.js";
import type { Tf } from "../tfjs-ops.js";

/** A tfjs that is ready to compute. */
export interface TrainingBackend {
  readonly tf: Tf;
  /** `tensorflow` for the native binding, `cpu` for the portable backend. */
  readonly name: string;
}

/** Where scripts/tensorflow/build.mjs puts the binding. */
export const NATIVE_TFJS_DIR = join(PACKAGE_ROOT, ".bioweft-tools", "tfjs-node");

/** Loads the native binding; throws MISSING_DEPENDENCY with the cure where it was not built. */
export function loadNativeTensorflow(): TrainingBackend {
  const entry = join(NATIVE_TFJS_DIR, "node_modules", "@tensorflow", "tfjs-node");
  if (!existsSync(entry)) {
    throw new BioWeftError(
      "MISSING_DEPENDENCY",
      `training needs TensorFlow, and ${entry} is not there; run: npm run setup:training`,
    );
  }
  try {
    const tf = createRequire(join(NATIVE_TFJS_DIR, "package.json"))("@tensorflow/tfjs-node") as Tf;
    return { tf, name: tf.getBackend() };
  } catch (cause) {
    throw new BioWeftError(
      "MISSING_DEPENDENCY",
      "the TensorFlow binding does not load; run: npm run setup:training",
      {
        cause,
      },
    );
  }
}

/** Loads tfjs's portable CPU backend. */
export async function loadPortableTensorflow(): Promise<TrainingBackend> {
  const tf = await import("@tensorflow/tfjs");
  await tf.setBackend("cpu");
  return { tf, name: "cpu" };
}

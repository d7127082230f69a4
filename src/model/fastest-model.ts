/**
 * A model on the fastest engine of this machine: what the commands load unless an engine is named. An engine that
 * fails is reported, and the next is taken.
 */
import { messageOf } from "../core/errors.js";
import { log } from "../core/log.js";
import type { RelationClassifier } from "../core/prediction.js";
import { enginesBySpeed } from "./engine-choice.js";
import { type LoadOptions, loadReleasedModel } from "./released-model.js";

/** The name by which this is asked for in place of an engine's. */
export const AUTOMATIC = "auto";

/** Loads a model folder; `memoryFile` remembers how fast the engines are. Throws as loadReleasedModel does. */
export async function loadFastestModel(
  dir: string,
  memoryFile: string,
  options: Omit<LoadOptions, "engine">,
): Promise<RelationClassifier> {
  const engines = await enginesBySpeed(dir, memoryFile, (engine) =>
    log("info", `measuring once how fast the engine ${engine} is`),
  );
  const faults: unknown[] = [];
  for (const { name } of engines) {
    try {
      const classifier = await loadReleasedModel(dir, { ...options, engine: name });
      for (const [index, fault] of faults.entries()) {
        const failed = engines[index]?.name;
        log("warn", `the engine ${failed} does not load, so ${name} is used`, { fault: messageOf(fault) });
      }
      return classifier;
    } catch (fault) {
      faults.push(fault);
    }
  }
  throw faults[0];
}

/**
 * The classifier that a user chose by folder and engine, loaded: what commands ask, and what experiments and teachers
 * ask exactly. The options' spelling is the command line's matter.
 */
import { join } from "node:path";
import { CORPORA } from "../../../ingest/corpora/declared-corpora.js";
import { networkForms } from "../../../ingest/harmonize/network-forms.js";
import { readConfig } from "../../core/config.js";
import type { RelationClassifier } from "../../core/prediction.js";
import { AUTOMATIC, loadFastestModel } from "../../model/fastest-model.js";
import { loadInOwnProcess } from "../../model/own-process.js";
import { type LoadOptions, loadReleasedModel } from "../../model/released-model.js";

/** A model folder and an engine; what is absent is the configured one, and the fastest here. */
export interface ModelChoice {
  readonly model?: string;
  readonly engine?: string;
}

/** The engine whose answers never depend on the machine's speed: for teachers and experiments. */
export const EXACT_ENGINE = "onnx-fp32";

/** Loads the chosen classifier, which the caller disposes; `asking` says as which corpus it asks, and which pairs. */
export function loadChosenModel(
  options: ModelChoice,
  asking: Pick<LoadOptions, "task" | "wants"> = {},
): Promise<RelationClassifier> {
  const { modelDir, home } = readConfig();
  const folder = options.model ?? modelDir;
  // New texts are asked as BioRED's; a corpus's own documents as the model was taught that corpus.
  const how = asking.task === undefined ? asking : { ...asking, forms: networkForms(CORPORA) };
  const engine = options.engine ?? AUTOMATIC;
  return engine === AUTOMATIC
    ? loadFastestModel(folder, engineMemory(home), how)
    : loadReleasedModel(folder, { ...how, engine });
}

/**
 * The same in a process of its own, which ends when the classifier is disposed: for a command that answers others, or
 * that has to be stopped, while the model computes.
 */
export function loadChosenModelApart(options: ModelChoice): Promise<RelationClassifier> {
  const { modelDir, home } = readConfig();
  const engine = options.engine ?? AUTOMATIC;
  return loadInOwnProcess({
    dir: options.model ?? modelDir,
    memoryFile: engineMemory(home),
    ...(engine === AUTOMATIC ? {} : { engine }),
  });
}

/** The file in the data folder that remembers how fast the engines are. */
export function engineMemory(home: string): string {
  return join(home, "engines.json");
}

/**
 * The options by which commands choose a classifier, and how they load it.
 */
import { join } from "node:path";
import type { Command } from "commander";
import { CORPORA } from "../../ingest/corpora/reading-corpora.js";
import { networkForms } from "../../ingest/harmonize/network-forms.js";
import { readConfig } from "../core/config.js";
import type { RelationClassifier } from "../core/prediction.js";
import { AUTOMATIC, loadFastestModel } from "../model/fastest-model.js";
import { type LoadOptions, loadReleasedModel } from "../model/released-model.js";

/** The values of `--model` and `--engine`. */
export interface ModelOptions {
  readonly model?: string;
  readonly engine?: string;
}

/** Adds `--model` and `--engine` to a command. */
export function withModelOptions(command: Command): Command {
  return command
    .option(
      "--model <folder>",
      "model folder, ours or an official BioREx checkpoint (default: the released model)",
    )
    .option(
      "--engine <name>",
      "what to run it on, as `bioweft doctor` lists it; auto measures once which is fastest",
      AUTOMATIC,
    );
}

/** The engine whose answers never depend on the machine's speed: for teachers and experiments. */
export const EXACT_ENGINE = "onnx-fp32";

/** Loads the chosen classifier, which the caller disposes; `asking` says as which corpus it asks, and which pairs. */
export function loadChosenModel(
  options: ModelOptions,
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

/** The file in the data folder that remembers how fast the engines are. */
export function engineMemory(home: string): string {
  return join(home, "engines.json");
}

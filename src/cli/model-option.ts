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

/** Loads the chosen classifier, which the caller disposes; `task` is the corpus as which it asks, BioRED by default. */
export function loadChosenModel(
  options: ModelOptions,
  task?: LoadOptions["task"],
): Promise<RelationClassifier> {
  const { modelDir, home } = readConfig();
  const folder = options.model ?? modelDir;
  const how = { forms: networkForms(CORPORA), ...(task === undefined ? {} : { task }) };
  const engine = options.engine ?? AUTOMATIC;
  return engine === AUTOMATIC
    ? loadFastestModel(folder, engineMemory(home), how)
    : loadReleasedModel(folder, { ...how, engine });
}

/** The file in the data folder that remembers how fast the engines are. */
export function engineMemory(home: string): string {
  return join(home, "engines.json");
}

/**
 * The options by which commands choose a classifier, and how they load it.
 */
import type { Command } from "commander";
import { CORPORA } from "../../ingest/corpora/reading-corpora.js";
import { networkForms } from "../../ingest/harmonize/network-forms.js";
import { readConfig } from "../core/config.js";
import type { RelationClassifier } from "../core/prediction.js";
import { loadReleasedModel } from "../model/released-model.js";

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
    .option("--engine <name>", "what to run it on; `bioweft doctor` lists what this machine has");
}

/** Loads the chosen classifier, which the caller disposes. */
export function loadChosenModel(options: ModelOptions): Promise<RelationClassifier> {
  const folder = options.model ?? readConfig().modelDir;
  return loadReleasedModel(folder, {
    forms: networkForms(CORPORA),
    ...(options.engine === undefined ? {} : { engine: options.engine }),
  });
}

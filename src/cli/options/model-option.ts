/** The options by which commands choose a classifier; src/lab/evaluation/chosen-model.ts loads what they name. */
import type { Command } from "commander";
import type { ModelChoice } from "../../lab/evaluation/chosen-model.js";
import { AUTOMATIC } from "../../model/fastest-model.js";

/** The values of `--model` and `--engine`. */
export type ModelOptions = ModelChoice;

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

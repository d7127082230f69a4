/**
 * `bioweft bench`: how fast the parts of BioWeft are on this machine, measured in one run with what they are
 * compared against. Prints `{"rows": [{"name", "value", "unit", "ratio", "against"}]}`.
 */
import { Command } from "commander";
import { ingestBench } from "./bench-ingest.js";
import { trainingBench } from "./bench-training.js";
import { modelBench } from "./model-bench/model-bench.js";

/** Declares the command. */
export function command(): Command {
  return new Command("bench")
    .description("measure speed on this machine")
    .addCommand(ingestBench())
    .addCommand(modelBench())
    .addCommand(trainingBench());
}

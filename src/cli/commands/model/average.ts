/** `bioweft model average`: a model whose weights lie between two others'. */
import { Command, Option } from "commander";
import { STORED_PRECISIONS, type StoredPrecision } from "../../../model/checkpoints/write-safetensors.js";
import { averageModels } from "../../../model/folder/average-models.js";
import { printJson, printLines } from "../../../terminal/report.js";
import { share } from "../../options/number-options.js";

interface AverageOptions {
  readonly share: number;
  readonly precision: StoredPrecision;
  readonly out: string;
  readonly json: boolean;
}

/** The `average` subcommand. */
export function averageCommand(): Command {
  return new Command("average")
    .description("a model whose weights lie between a model's and those of one that went on from it")
    .argument("<first>", "model folder")
    .argument("<second>", "model folder, whose description and calibration are taken")
    .option("--share <x>", "how much of the second, 0 to 1", share, 0.5)
    .addOption(
      new Option("--precision <name>", "of the weights").choices([...STORED_PRECISIONS]).default("fp16"),
    )
    .requiredOption("--out <dir>", "folder for the model")
    .option("--json", "print what was written as JSON", false)
    .action(run);
}

async function run(first: string, second: string, options: AverageOptions): Promise<void> {
  const { out, json, share, precision } = options;
  await averageModels([first, second], out, options);
  if (json) printJson({ from: [first, second], out, share, precision });
  else printLines(`${1 - share} ${first} + ${share} ${second} → ${out} (${precision}); calibrate it anew`);
}

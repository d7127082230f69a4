/**
 * `bioweft pretrain`: a masked-language warm-up of an encoder on the corpora's own texts, before `bioweft train`
 * starts from it. Only training parts are read, and no paper that is evaluated on. Interrupt it and run the same
 * command again: it goes on where it was.
 */
import { join } from "node:path";
import { Command } from "commander";
import { PACKAGE_ROOT } from "../../core/config.js";
import { runPretraining } from "../../lab/training/run-pretraining.js";
import { onInterrupt, WHILE_TRAINING } from "../../terminal/interrupt.js";
import { printJson, printLines } from "../../terminal/report.js";
import { tallyWarnings } from "../../terminal/warnings.js";
import { atLeastOne } from "../options/number-options.js";
import {
  type Folders,
  type LearningOptions,
  runFolder,
  toLearningSettings,
  withFolders,
  withLearningOptions,
} from "../options/training-options.js";

interface PretrainOptions extends LearningOptions, Folders {
  readonly corpus: string[];
  readonly from: string;
  readonly epochs: number;
  readonly tokens: number;
  readonly json: boolean;
}

/** Declares the command. */
export function command(): Command {
  const pretrain = new Command("pretrain")
    .description("warm an encoder up on the corpora's texts by masked language; resumes an interrupted run")
    .requiredOption("--corpus <names...>", "corpora whose training parts are read")
    .requiredOption("--from <dir>", "the corpus's folder, or a folder that holds one folder a corpus")
    .option("--epochs <n>", "times each text is read", atLeastOne, 2)
    .option("--tokens <n>", "tokens of a text that are read at once at most", atLeastOne, 256)
    .option("--json", "print the outcome as JSON", false);
  withFolders(pretrain, "encoder", join(PACKAGE_ROOT, ".bioweft/encoder"));
  return withLearningOptions(pretrain).action(run);
}

async function run(options: PretrainOptions): Promise<void> {
  const { corpus, tokens, json } = options;
  const warnings = tallyWarnings();
  const choice = {
    ...options,
    corpora: corpus,
    run: runFolder(options),
    maxTokens: tokens,
    settings: toLearningSettings(options),
    onWarning: warnings.onWarning,
    described: { ...options },
  };
  const interrupt = onInterrupt(WHILE_TRAINING);
  const outcome = await runPretraining(choice, interrupt.signal).finally(() => interrupt.release());
  warnings.say();
  if (json) return printJson({ ...outcome, warnings: warnings.counts() });
  const { out, before, after } = outcome;
  printLines(
    `wrote ${out}`,
    `loss on held-out texts: ${before.toFixed(3)} before, ${after.toFixed(3)} after (nats a hidden piece)`,
  );
}

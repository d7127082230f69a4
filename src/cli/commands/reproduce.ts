/**
 * `bioweft reproduce`: the whole experiment behind a table of the BioREx paper, from corpora on disk to the table
 * beside the paper's figures. Any size; interrupt it and run the same command again: finished cells are kept.
 */
import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { Argument, Command, Option } from "commander";
import { PACKAGE_ROOT } from "../../core/config.js";
import { NETWORKS, type NetworkKind } from "../../core/prediction.js";
import { ablation, encoders, table3 } from "../../lab/experiments/biored-experiments.js";
import type { Experiment } from "../../lab/experiments/experiment.js";
import { table4, table5, table6 } from "../../lab/experiments/other-tables.js";
import { table2 } from "../../lab/experiments/table2.js";
import { onInterrupt, WHILE_TRAINING } from "../../terminal/interrupt.js";
import { printJson, printLines } from "../../terminal/report.js";
import { type ResultTable, tableLines } from "../../terminal/result-table.js";
import { aboveZero, atLeastOne } from "../options/number-options.js";
import { type TrainingOptions, toTrainingChoice, withTrainingOptions } from "../options/training-options.js";

const EXPERIMENTS = { table2, table3, table4, table5, table6, ablation, encoders } as const;

interface ReproduceOptions extends TrainingOptions {
  readonly from: string;
  readonly out?: string;
  readonly network: NetworkKind;
  readonly epochs: number;
  readonly folds: number;
  readonly encoders?: string[];
  readonly pairs?: string;
  readonly documents?: string;
  readonly ids?: string;
  readonly json: boolean;
}

/** Declares the command. */
export function command(): Command {
  const reproduce = new Command("reproduce")
    .description(
      "run the experiment behind a table of the BioREx paper, and show it beside the paper's figures",
    )
    .addArgument(new Argument("<table>", "which experiment").choices(Object.keys(EXPERIMENTS)))
    .requiredOption("--from <dir>", "a folder that holds one folder a corpus")
    .option("--out <dir>", "where its training runs are kept (default: .bioweft/reproduce/<table>)")
    .addOption(
      new Option("--network <name>", "document: ours; pair: the paper's, many times slower")
        .choices(NETWORKS)
        .default(NETWORKS[0]),
    )
    .option("--epochs <n>", "epochs of every training", atLeastOne, 10)
    .option("--fraction <x>", "share of every corpus's documents", aboveZero, 1)
    .option("--folds <n>", "table4: folds of the cross-validation", atLeastOne, 10)
    .option(
      "--encoders <dirs...>",
      "encoders: the checkpoint folders to compare (default: those that are set up)",
    )
    .option("--pairs <file>", "table6: the list of gene–disease pairs (RENET2's table)")
    .option("--documents <file>", "table6: their documents")
    .option("--ids <file>", "table6: table of PMCIDs and PMIDs, for documents that carry PMCIDs")
    .option("--json", "print the table as JSON", false);
  return withTrainingOptions(reproduce).action(run);
}

async function run(table: keyof typeof EXPERIMENTS, options: ReproduceOptions): Promise<void> {
  const interrupt = onInterrupt(WHILE_TRAINING);
  const { from, epochs, folds, pairs, documents, ids } = options;
  const experiment: Experiment = {
    from,
    out: resolve(options.out ?? join(PACKAGE_ROOT, ".bioweft/reproduce", table)),
    epochs,
    learning: { ...toTrainingChoice(options), network: options.network },
    encoders: options.encoders ?? presentEncoders(options.encoder),
    folds,
    ...(pairs === undefined ? {} : { pairs }),
    ...(documents === undefined ? {} : { documents }),
    ...(ids === undefined ? {} : { ids }),
    signal: interrupt.signal,
  };
  const result: ResultTable = await EXPERIMENTS[table](experiment).finally(() => interrupt.release());
  if (options.json) printJson(result);
  else printLines(...tableLines(result));
}

/** The encoders beside the chosen one, where `npm run setup:training` puts them; that one alone elsewhere. */
function presentEncoders(chosen: string): string[] {
  const folder = resolve(chosen, "..");
  if (!existsSync(folder)) return [chosen];
  const present = readdirSync(folder).map((name) => join(folder, name));
  const encoders = present.filter((one) => existsSync(join(one, "config.json")));
  return encoders.length > 0 ? encoders : [chosen];
}

/**
 * `bioweft calibrate`: fits how sure a model may be on documents that it was not trained on, and writes that into
 * the model's `bioweft.json`, for the prompt of the documents' corpus. Its weights stay as they are.
 */
import { Command, Option } from "commander";
import type { Split } from "../../../ingest/corpora/corpus.js";
import { corpusByName, corpusFiles, readCorpus } from "../../../ingest/corpora/reading-corpora.js";
import { checkReadable } from "../../../ingest/formats/reading/file-chunks.js";
import { readConfig } from "../../core/config.js";
import type { Reliability } from "../../evaluation/reliability.js";
import {
  type CalibratedFigures,
  type CalibrationOutcome,
  calibrateModel,
} from "../../lab/evaluation/calibrate-model.js";
import { countRejections } from "../../terminal/rejections.js";
import { printJson, printLines } from "../../terminal/report.js";
import { type DocumentRange, inRange, withDocumentRange } from "../options/document-range.js";
import { type ModelOptions, withModelOptions } from "../options/model-option.js";
import { atLeastOne, atLeastTwo } from "../options/number-options.js";

interface CalibrateOptions extends ModelOptions, DocumentRange {
  readonly corpus: string;
  readonly from: string;
  readonly split: Split;
  readonly held?: number;
  readonly seed: number;
  readonly folds?: number;
  readonly keepDecisions: boolean;
  readonly dryRun: boolean;
  readonly json: boolean;
}

/** Declares the command. */
export function command(): Command {
  const calibrate = new Command("calibrate")
    .description("fit a model's probabilities and threshold on documents that it was not trained on")
    .requiredOption("--corpus <name>", "the corpus, such as biored")
    .requiredOption("--from <path>", "its file of held-out documents, or its folder in the published layout")
    .addOption(
      new Option("--split <name>", "part of a folder").choices(["train", "dev", "all"]).default("train"),
    )
    .option(
      "--held <n>",
      "of the training part, only the n documents that `train --held n` kept back",
      atLeastOne,
    )
    .option("--seed <n>", "the seed of that training", atLeastOne, 42)
    .option(
      "--folds <n>",
      "report as well what it is worth on unseen documents, by cross-validation",
      atLeastTwo,
    )
    .option("--keep-decisions", "assert the same pairs as before, with other probabilities", false)
    .option("--dry-run", "fit and report, but leave the model as it is", false)
    .option("--json", "print the outcome as JSON", false);
  return withModelOptions(withDocumentRange(calibrate)).action(run);
}

async function run(options: CalibrateOptions): Promise<void> {
  const { from, split, held, skip, kept } = options;
  const corpus = corpusByName(options.corpus);
  const { options: reading, warnings } = countRejections(false);
  await checkReadable((await corpusFiles(corpus, from, split)).flat());
  const outcome = await calibrateModel({
    ...options,
    corpus,
    documents: inRange(readCorpus(corpus, from, split, reading), options, corpus.name),
    areKeptOut: held !== undefined || skip > 0 || kept !== undefined,
  });
  warnings.say();
  if (options.json) return printJson({ ...outcome, warnings: warnings.counts() });
  const line = (name: string, { calibration, ...figures }: CalibrationOutcome["before"]) =>
    `${name}  ${shownErrors(figures)}; ${shownF1(figures)}  ${JSON.stringify(calibration)}`;
  const { model, prompt, documents, pairs, before, after, crossValidated } = outcome;
  printLines(
    `${model}, asked as ${prompt}, on ${documents} documents, ${pairs} pairs; figures on these same documents:`,
    line("before", before),
    line("after ", after),
    ...(crossValidated === undefined ? [] : [crossLine(crossValidated)]),
    options.dryRun ? "nothing written" : `written to ${options.model ?? readConfig().modelDir}`,
  );
}

function crossLine(figures: CalibratedFigures): string {
  return `each fitted on the others  ${shownErrors(figures)}; ${shownF1(figures)}`;
}

function shownF1({ pair, typed }: CalibratedFigures): string {
  return `F1 pair ${(100 * pair).toFixed(1)}, typed ${(100 * typed).toFixed(1)}`;
}

function shownErrors({ related, answer, type, direction, novelty }: CalibratedFigures): string {
  const shown = (error: Reliability["error"] | undefined) => (error === undefined ? "–" : error.toFixed(3));
  const further = Object.entries({ direction, novelty }).flatMap(([name, error]) =>
    error === undefined ? [] : [`, of ${name} ${shown(error)}`],
  );
  return `error of related ${shown(related)}, of the answer ${shown(answer)}, of the type ${shown(type)}${further.join("")}`;
}

/**
 * `bioweft evaluate`: classifies an annotated corpus and scores the answers as BioRED's official scorer counts.
 * Touches no database.
 */
import { Command, Option } from "commander";
import type { Split } from "../../ingest/corpora/corpus.js";
import { NARY } from "../../ingest/corpora/declared/nary.js";
import { corpusByName, readCorpus } from "../../ingest/corpora/reading-corpora.js";
import { toScoredRelations } from "../../ingest/formats/scored-relation.js";
import type { Document } from "../core/document.js";
import { BioWeftError } from "../core/errors.js";
import type { RelationClassifier } from "../core/prediction.js";
import { type Score, scoreRelations } from "../model/evaluation.js";
import { naryScoreRows, scoreRebuilt, scoreRowFiles } from "./combination-scores.js";
import { loadChosenModel, type ModelOptions, withModelOptions } from "./model-option.js";
import { startProgress } from "./progress.js";
import { countRejections, withSkipBad } from "./rejections.js";
import { printJson, printLines } from "./report.js";

interface EvaluateOptions extends ModelOptions {
  readonly corpus: string;
  readonly from: string;
  readonly split: Split;
  readonly predictions?: string;
  readonly skipBad: boolean;
  readonly json: boolean;
}

/** Declares the command. */
export function command(): Command {
  const evaluate = new Command("evaluate")
    .description("score the classifier on an annotated corpus")
    .requiredOption("--corpus <name>", "the corpus, such as biored")
    .requiredOption("--from <path>", "its file, or its folder in the published layout")
    .addOption(
      new Option("--split <name>", "part of a folder")
        .choices(["train", "dev", "test", "all"])
        .default("dev"),
    )
    .option("--predictions <file>", "nary only: score these rows against those of --from, with no model")
    .option("--json", "print the figures as JSON", false);
  return withSkipBad(withModelOptions(evaluate)).action(run);
}

async function run(options: EvaluateOptions): Promise<void> {
  if (options.predictions !== undefined) return scoreRows(options, options.predictions);
  const corpus = corpusByName(options.corpus);
  const rejections = countRejections(options.skipBad);
  const classifier = await loadChosenModel(options);
  const began = performance.now();
  try {
    const documents = readCorpus(corpus, options.from, options.split, rejections.options);
    const answers = await classifyAll(classifier, documents);
    const { pair, typed } = scoreRelations(answers);
    const nary = scoreRebuilt(answers, corpus);
    const figures = {
      corpus: corpus.name,
      model: classifier.info.id,
      engine: classifier.info.engine,
      documents: answers.length,
      rejected: rejections.count(),
      pair,
      typed,
      ...(nary === undefined ? {} : { nary }),
      seconds: (performance.now() - began) / 1000,
    };
    if (options.json) return printJson(figures);
    printLines(
      `${figures.model} on ${answers.length} documents of ${corpus.name}, ${figures.seconds.toFixed(1)} s`,
      scoreLine("pair ", pair),
      scoreLine("typed", typed),
      ...(nary === undefined ? [] : naryScoreRows(nary).map((row) => scoreLine(...row))),
    );
  } finally {
    await classifier.dispose();
  }
}

/** Scores a file of predicted combinations; the only corpus with such rows is nary. */
async function scoreRows(options: EvaluateOptions, predictions: string): Promise<void> {
  const corpus = corpusByName(options.corpus);
  if (corpus !== NARY) {
    throw new BioWeftError("CONFIG", `--predictions scores drug combinations; say --corpus ${NARY.name}`);
  }
  const nary = await scoreRowFiles(options.from, predictions);
  if (options.json) return printJson({ corpus: corpus.name, nary });
  printLines(...naryScoreRows(nary).map((row) => scoreLine(...row)));
}

async function classifyAll(classifier: RelationClassifier, documents: AsyncIterable<Document>) {
  const progress = startProgress("evaluate", "documents");
  const answers = [];
  for await (const document of documents) {
    const relations = toScoredRelations(await classifier.predict(document));
    answers.push({ document, relations });
    progress.update(answers.length);
  }
  progress.stop();
  return answers;
}

function scoreLine(
  name: string,
  { precision, recall, f1 }: Pick<Score, "precision" | "recall" | "f1">,
): string {
  const percent = (fraction: number) => (100 * fraction).toFixed(1).padStart(5);
  return `${name}  precision ${percent(precision)}  recall ${percent(recall)}  F1 ${percent(f1)}`;
}

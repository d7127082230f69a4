/**
 * `bioweft evaluate names`: scores the recogniser of names on an annotated corpus, and with --relations what the whole
 * chain from the bare text to relations gives. Touches no database.
 */
import { Command, Option } from "commander";
import { SPLITS, type Split } from "../../../../ingest/corpora/corpus.js";
import { corpusByName, corpusFiles, readCorpus } from "../../../../ingest/corpora/reading-corpora.js";
import { checkReadable } from "../../../../ingest/formats/reading/file-chunks.js";
import { loadChosenModel } from "../../../lab/evaluation/chosen-model.js";
import { scoreLine } from "../../../lab/evaluation/evaluation-table.js";
import {
  type ChainFigures,
  chainFigures,
  nameFigures,
  readNames,
} from "../../../lab/evaluation/name-figures.js";
import { startProgress } from "../../../terminal/progress.js";
import { printJson, printLines } from "../../../terminal/report.js";
import { type LexiconOptions, loadRecognizer, withLexiconOptions } from "../../options/lexicon-option.js";
import { type ModelOptions, withModelOptions } from "../../options/model-option.js";

interface Options extends LexiconOptions, ModelOptions {
  readonly corpus: string;
  readonly from: string;
  readonly split: Split;
  readonly relations: boolean;
  readonly json: boolean;
}

/** Declares the subcommand. */
export function namesCommand(): Command {
  const command = new Command("names")
    .description("score the names that are found in bare texts, and the relations that follow from them")
    .option("--corpus <name>", "the corpus whose annotations are right", "biored")
    .requiredOption("--from <path>", "its file, or its folder in the published layout")
    .addOption(new Option("--split <name>", "part of a folder").choices(SPLITS).default("dev"))
    .option("--relations", "also ask the model about what was found, and score its relations", false)
    .option("--json", "print the figures as JSON", false);
  return withModelOptions(withLexiconOptions(command)).action(run);
}

async function run(options: Options): Promise<void> {
  const corpus = corpusByName(options.corpus);
  await checkReadable((await corpusFiles(corpus, options.from, options.split)).flat());
  const recognizer = await loadRecognizer(options);
  const began = performance.now();
  const texts = await readNames(readCorpus(corpus, options.from, options.split), recognizer);
  const seconds = (performance.now() - began) / 1000;
  const names = nameFigures(texts);
  const relations = options.relations ? await scoreChain(options, texts) : undefined;
  if (options.json)
    return printJson({ corpus: corpus.name, documents: texts.length, names, relations, seconds });
  printLines(
    `${texts.length} documents of ${corpus.name}, names found in ${seconds.toFixed(1)} s`,
    ...Object.entries(names).flatMap(([type, { span, mention, document }]) => [
      "",
      scoreLine(`${type}, words and type   `, span),
      scoreLine(`${type}, with identifier  `, mention),
      scoreLine(`${type}, by document      `, document),
    ]),
    ...(relations === undefined
      ? []
      : ["", scoreLine("from text, pair ", relations.pair), scoreLine("from text, typed", relations.typed)]),
  );
}

async function scoreChain(
  options: Options,
  texts: Awaited<ReturnType<typeof readNames>>,
): Promise<ChainFigures> {
  const classifier = await loadChosenModel(options);
  const progress = startProgress("evaluate", "documents");
  try {
    return await chainFigures(texts, classifier, (done) => progress.update(done));
  } finally {
    progress.stop();
    await classifier.dispose();
  }
}

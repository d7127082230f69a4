/**
 * `bioweft evaluate`: scores a classifier, or a file of predictions, on an annotated corpus, as BioRED's official
 * scorer counts and as each corpus asks. Touches no database.
 */
import { Command, Option } from "commander";
import { type CorpusDeclaration, SPLITS, type Split } from "../../../ingest/corpora/corpus.js";
import { NARY } from "../../../ingest/corpora/declared/nary.js";
import { corpusByName, corpusFiles, readCorpus } from "../../../ingest/corpora/reading-corpora.js";
import { readDocuments } from "../../../ingest/formats/read-documents.js";
import { checkReadable } from "../../../ingest/formats/reading/file-chunks.js";
import {
  type ListedPair,
  readPairList,
  readPublicationIds,
} from "../../../ingest/formats/tables/pair-list.js";
import { BioWeftError } from "../../core/errors.js";
import { entityFrequencies } from "../../evaluation/error-analysis.js";
import { type CalibrationFigures, namedCurves } from "../../lab/evaluation/calibration-figures.js";
import { naryScoreRows, scoreRebuilt, scoreRowFiles } from "../../lab/evaluation/combination-scores.js";
import { toFigures } from "../../lab/evaluation/evaluation-figures.js";
import { figureLines, reliabilityLines, scoreLine } from "../../lab/evaluation/evaluation-table.js";
import { findAnswers, type ModelSource, type Source } from "../../lab/evaluation/found-answers.js";
import { scoreListedPairs } from "../../lab/evaluation/listed-pair-scores.js";
import { qualifierLines } from "../../lab/evaluation/qualifier-figures.js";
import { type PublishedFigure, publishedFigure, scoringRule } from "../../lab/evaluation/scoring-rule.js";
import { countRejections, withSkipBad } from "../../terminal/rejections.js";
import { writeReliabilityPicture } from "../../terminal/reliability-picture.js";
import { printJson, printLines, reportBeside, truncationNote, unaskedNote } from "../../terminal/report.js";
import { type DocumentRange, inRange, withDocumentRange } from "../options/document-range.js";
import { type ModelOptions, withModelOptions } from "../options/model-option.js";
import { casesCommand } from "./evaluate/cases.js";
import { discoveryCommand } from "./evaluate/discovery.js";
import { mechanismsCommand } from "./evaluate/mechanisms.js";
import { namesCommand } from "./evaluate/names.js";

interface EvaluateOptions extends ModelOptions, DocumentRange {
  readonly corpus?: string;
  readonly from: string;
  readonly split: Split;
  readonly ask: "own" | "biored";
  readonly predictions?: string;
  readonly rows?: string;
  readonly pairs?: string;
  readonly ids?: string;
  readonly training?: string;
  readonly reliability?: string;
  readonly skipBad: boolean;
  readonly json: boolean;
}

/** The options as they are given: a subcommand needs no `--from`, so only the command's own run asks for it. */
type GivenOptions = Omit<EvaluateOptions, "from"> & { readonly from?: string };

/** Declares the command. */
export function command(): Command {
  const evaluate = new Command("evaluate")
    .description("score the classifier, or a file of predictions, on an annotated corpus")
    .option("--corpus <name>", "the corpus, such as biored")
    .option("--from <path>", "its file, or its folder in the published layout")
    .addOption(new Option("--split <name>", "part of a folder").choices(SPLITS).default("dev"))
    .addOption(
      new Option("--ask <as>", "with the corpus's own prompt, where the model was trained on it, or BioRED's")
        .choices(["own", "biored"])
        .default("own"),
    )
    .option(
      "--predictions <file>",
      "score these instead of a model's: PubTator relation lines, `bioweft predict`'s JSON lines, for nary its rows",
    )
    .option("--rows <file>", "the original tool's rows, where --predictions are its scores")
    .option(
      "--pairs <file>",
      "score only the pairs of this list (RENET2's tables) on the documents of --from",
    )
    .option("--ids <file>", "with --pairs: table of PMCIDs and PMIDs, for documents that carry PMCIDs")
    .option("--training <path>", "what the model learned from, to tell rare entities by")
    .option("--reliability <file.svg>", "draw what the model's probabilities are worth")
    .option("--json", "print the figures as JSON", false)
    // What stands after the name of a subcommand is the subcommand's, though an option of this one be called the same.
    .enablePositionalOptions()
    .addCommand(discoveryCommand())
    .addCommand(casesCommand())
    .addCommand(mechanismsCommand())
    .addCommand(namesCommand());
  return withSkipBad(withModelOptions(withDocumentRange(evaluate))).action(
    async ({ from, ...options }: GivenOptions) => {
      if (from === undefined) return evaluate.error("error: required option '--from <path>' not specified");
      await run({ ...options, from });
    },
  );
}

async function run(options: EvaluateOptions): Promise<void> {
  checkTogether(options);
  if (options.pairs !== undefined) return evaluateListed(options, options.pairs);
  if (options.corpus === undefined) {
    throw new BioWeftError("CONFIG", "--corpus is missing; name the corpus, or give a list with --pairs");
  }
  const corpus = corpusByName(options.corpus);
  if (options.predictions !== undefined && corpus === NARY) return scoreRows(options, options.predictions);
  return evaluateCorpus(options, corpus);
}

async function evaluateCorpus(options: EvaluateOptions, corpus: CorpusDeclaration): Promise<void> {
  const rejections = countRejections(options.skipBad);
  const read = readCorpus(corpus, options.from, options.split, rejections.options);
  await checkReadable((await corpusFiles(corpus, options.from, options.split)).flat());
  const documents = inRange(read, options, corpus.name);
  const began = performance.now();
  const { answers, source, calibration, qualifiers = {} } = await findAnswers(options, documents, corpus);
  const seconds = (performance.now() - began) / 1000;
  const learned = options.training === undefined ? answers.map(({ document }) => document) : [];
  if (options.training !== undefined) {
    for await (const document of readCorpus(corpus, options.training, "train")) learned.push(document);
  }
  rejections.warnings.say();
  const figures = toFigures(answers, scoringRule(corpus), entityFrequencies(learned));
  const nary = scoreRebuilt(answers, corpus);
  const published = publishedFigure(corpus);
  if (options.reliability !== undefined && calibration !== undefined) {
    const panels = namedCurves(calibration).map(([title, curves]) => ({ title, ...curves }));
    await writeReliabilityPicture(options.reliability, panels);
  }
  const report = reportBeside(options.reliability ?? "");
  if (options.json) {
    return report.printJson({
      corpus: corpus.name,
      ...source,
      documents: answers.length,
      rejected: rejections.count(),
      warnings: rejections.warnings.counts(),
      ...figures,
      ...qualifiers,
      ...(nary === undefined ? {} : { nary }),
      ...(calibration === undefined ? {} : { calibration }),
      ...(published === undefined ? {} : { published }),
      seconds,
    });
  }
  report.printLines(
    `${describe(source)} on ${answers.length} documents of ${corpus.name}, ${seconds.toFixed(1)} s`,
    scoreLine("pair ", figures.pair),
    scoreLine("typed", figures.typed),
    ...("model" in source ? modelNotes(source) : []),
    ...(published === undefined ? [] : [publishedLine(published)]),
    ...(corpus.positivesOnly === true ? [POSITIVES_ONLY] : []),
    ...(nary === undefined ? [] : naryScoreRows(nary).map((row) => scoreLine(...row))),
    ...qualifierLines(qualifiers),
    ...figureLines(figures),
    ...(calibration === undefined ? [] : calibrationLines(calibration)),
  );
}

const POSITIVES_ONLY = "this corpus says nothing of other pairs, so only recall means something";

/** Gene–disease pairs of a list, on documents that need no relations of their own. */
async function evaluateListed(options: EvaluateOptions, pairsFile: string): Promise<void> {
  const rejections = countRejections(options.skipBad);
  const pairs: ListedPair[] = [];
  for await (const pair of readPairList(pairsFile, undefined, rejections.options)) pairs.push(pair);
  const pmids = options.ids === undefined ? undefined : await readPublicationIds(options.ids);
  const documents = readDocuments(options.from, rejections.options);
  const { answers, source } = await findAnswers(options, documents);
  const { pair, listed, absent } = scoreListedPairs(answers, pairs, pmids);
  const rejected = rejections.count();
  rejections.warnings.say();
  if (options.json) {
    const warnings = rejections.warnings.counts();
    return printJson({ ...source, documents: answers.length, rejected, warnings, listed, absent, pair });
  }
  printLines(
    `${describe(source)} on ${listed} listed pairs of ${answers.length} documents; ${absent} pairs without their document left out`,
    scoreLine("pair", pair),
  );
}

/** Scores a file of predicted combinations; the only corpus with such rows is nary. */
async function scoreRows(options: EvaluateOptions, predictions: string): Promise<void> {
  const nary = await scoreRowFiles(options.from, predictions);
  if (options.json) return printJson({ corpus: NARY.name, nary });
  printLines(...naryScoreRows(nary).map((row) => scoreLine(...row)));
}

function modelNotes({ truncated = 0, unasked = 0 }: ModelSource): string[] {
  return [...truncationNote(truncated), ...unaskedNote(unasked)];
}

function describe(source: Source): string {
  if ("model" in source) return source.model;
  const { predictions, unanswered, unknown, unplaced } = source;
  return `${predictions} (${unanswered} documents not in it, ${unknown} only in it, ${unplaced} relations of entities that are not mentioned)`;
}

function publishedLine({ table, figure, f1 }: PublishedFigure): string {
  return `BioREx paper, ${table}, on the test set: ${figure} F1 ${(100 * f1).toFixed(1)}`;
}

function calibrationLines(figures: CalibrationFigures): string[] {
  return namedCurves(figures).flatMap(([statedOf, curves]) => reliabilityLines(`that ${statedOf}`, curves));
}

/** Refuses options that would have no effect together. Throws CONFIG. */
function checkTogether({ predictions, rows, pairs, ids, reliability, corpus }: EvaluateOptions): void {
  const refuse = (reason: string): never => {
    throw new BioWeftError("CONFIG", reason);
  };
  if (rows !== undefined && predictions === undefined) refuse("--rows belongs to --predictions; give both");
  if (ids !== undefined && pairs === undefined) refuse("--ids belongs to --pairs; give both");
  if (pairs !== undefined && corpus !== undefined)
    refuse("--pairs and --corpus exclude each other; give one");
  if (reliability === undefined) return;
  if (predictions !== undefined || pairs !== undefined) {
    refuse("--reliability draws a model's probabilities on a corpus; leave --predictions and --pairs out");
  }
}

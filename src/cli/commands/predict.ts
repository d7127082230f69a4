/**
 * `bioweft predict`: classifies the documents of a file and writes them with their scored relations, as PubTator
 * or JSON lines. Streams; the output appears under its name only when it is whole. Touches no database.
 */
import { Command, Option } from "commander";
import { toDocumentLine } from "../../../ingest/formats/jsonl/document-jsonl.js";
import { toPubTator } from "../../../ingest/formats/pubtator/pubtator-writer.js";
import { readDocuments } from "../../../ingest/formats/read-documents.js";
import { checkReadable } from "../../../ingest/formats/reading/file-chunks.js";
import { toScoredRelations } from "../../../ingest/formats/reading/scored-relation.js";
import { BioWeftError } from "../../core/errors.js";
import { writeWholeFile } from "../../core/files/whole-file.js";
import type { RelationClassifier } from "../../core/prediction.js";
import { loadChosenModel } from "../../lab/evaluation/chosen-model.js";
import { onInterrupt } from "../../terminal/interrupt.js";
import { startPaperProgress } from "../../terminal/progress.js";
import { countRejections, type Rejections, withSkipBad } from "../../terminal/rejections.js";
import { reportBeside, truncationNote, unaskedNote } from "../../terminal/report.js";
import { type ModelOptions, withModelOptions } from "../options/model-option.js";

const OUTPUT_FORMATS = ["pubtator", "jsonl"] as const;

interface PredictOptions extends ModelOptions {
  readonly in: string;
  readonly out: string;
  readonly format?: (typeof OUTPUT_FORMATS)[number];
  readonly skipBad: boolean;
  readonly json: boolean;
}

interface PredictCounts {
  readonly documents: number;
  readonly relations: number;
  /** Pairs of which the model read only the beginning. */
  readonly truncated: number;
  /** Pairs that were not asked. */
  readonly unasked: number;
}

/** Declares the command. */
export function command(): Command {
  const predict = new Command("predict")
    .description("classify the documents of a file")
    .requiredOption("--in <file>", "PubTator, BioC or JSON lines; - for standard input")
    .requiredOption(
      "--out <file>",
      "where the documents go, with their relations and probabilities; - for stdout",
    )
    .addOption(
      new Option(
        "--format <name>",
        "form of the output (default: by its ending, .jsonl or else PubTator)",
      ).choices([...OUTPUT_FORMATS]),
    )
    .option("--json", "print the counts as JSON", false);
  return withSkipBad(withModelOptions(predict)).action(run);
}

async function run(options: PredictOptions): Promise<void> {
  const rejections = countRejections(options.skipBad);
  await checkReadable([options.in]);
  const classifier = await loadChosenModel(options);
  try {
    const counts = await predictFile(classifier, options, rejections);
    const { documents, relations, truncated, unasked } = counts;
    const report = reportBeside(options.out);
    rejections.warnings.say();
    if (options.json) {
      const cut = { ...(truncated === 0 ? {} : { truncated }), ...(unasked === 0 ? {} : { unasked }) };
      report.printJson({
        documents,
        relations,
        ...cut,
        rejected: rejections.count(),
        warnings: rejections.warnings.counts(),
        model: classifier.info.id,
      });
    } else
      report.printLines(
        `${documents} documents, ${relations} relations, ${rejections.count()} left out → ${options.out}`,
        ...truncationNote(truncated),
        ...unaskedNote(unasked),
      );
  } finally {
    await classifier.dispose();
  }
}

async function predictFile(
  classifier: RelationClassifier,
  options: PredictOptions,
  rejections: Rejections,
): Promise<PredictCounts> {
  const format = options.format ?? (options.out.endsWith(".jsonl") ? "jsonl" : "pubtator");
  const progress = startPaperProgress("predict", "documents");
  const interrupt = onInterrupt();
  const counts = { documents: 0, relations: 0, truncated: 0, unasked: 0 };
  const lines = async function* () {
    const documents = readDocuments(options.in, rejections.options);
    const asking = { signal: interrupt.signal, onProgress: progress.scored };
    for await (const answer of classifier.predictAll(documents, asking)) {
      if (interrupt.signal.aborted) throw new BioWeftError("CANCELLED", "stopped; nothing was written");
      const { document } = answer;
      const relations = toScoredRelations(answer);
      counts.documents += 1;
      counts.truncated += answer.truncated ?? 0;
      counts.unasked += answer.unasked ?? 0;
      counts.relations += relations.length;
      progress.update(counts.documents, `${counts.relations} relations`);
      yield format === "jsonl" ? toDocumentLine(document, relations) : toPubTator(document, { relations });
    }
  };
  try {
    await writeWholeFile(options.out, lines);
    return counts;
  } finally {
    interrupt.release();
    progress.stop();
  }
}

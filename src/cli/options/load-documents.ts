/**
 * What every `ingest` does once it knows its documents: opens the graph, loads the model if it is to read them,
 * writes, shows progress, and says what came of it.
 */
import type { Command } from "commander";
import { readConfig } from "../../core/config.js";
import type { Document } from "../../core/document.js";
import type { GoldLeftOut } from "../../core/evidence.js";
import type { RelationClassifier } from "../../core/prediction.js";
import { openGraph } from "../../graph/open-graph.js";
import { type BulkCounts, type BulkExtraction, extractBulk } from "../../jobs/bulk.js";
import { loadChosenModelApart } from "../../lab/evaluation/chosen-model.js";
import { onInterrupt } from "../../terminal/interrupt.js";
import { startPaperProgress } from "../../terminal/progress.js";
import { countRejections, type Rejections, withSkipBad } from "../../terminal/rejections.js";
import { printJson, printLines, truncationNote, unaskedNote } from "../../terminal/report.js";
import { type ModelOptions, withModelOptions } from "./model-option.js";

/** The options that loading commands share. */
export interface LoadOptions extends ModelOptions {
  readonly extract: boolean;
  readonly skipBad: boolean;
  readonly json: boolean;
}

/** Adds `--extract`, `--skip-bad`, `--json` and the model's options. */
export function withLoadOptions(command: Command): Command {
  command
    .option("--extract", "also classify the documents and write what the model finds", false)
    .option("--json", "print the counts as JSON", false);
  return withSkipBad(withModelOptions(command));
}

/** The documents of a command, and how it finds out beforehand whether they can be read. */
interface LoadedSource {
  /** Throws for input that is not there, or cannot be asked for. */
  check(): Promise<unknown>;
  /** Streams the documents, given how to treat broken ones. */
  read(reading: Rejections["options"]): AsyncIterable<Document>;
}

/**
 * Loads documents. What can be wrong with the input and the model is found before the database, which takes longest,
 * is started; whatever fails, all that was opened is closed.
 */
export async function loadDocuments(options: LoadOptions, source: LoadedSource): Promise<void> {
  const rejections = countRejections(options.skipBad);
  const interrupt = onInterrupt();
  const closers: (() => Promise<void>)[] = [];
  try {
    await source.check();
    const classifier = options.extract ? await loadChosenModelApart(options) : undefined;
    if (classifier !== undefined) closers.push(() => classifier.dispose());
    const { database, close } = await openGraph(readConfig(), { exclusive: false });
    closers.push(close);
    const counts = await load({
      documents: source.read(rejections.options),
      database,
      gold: true,
      signal: interrupt.signal,
      ...(classifier === undefined ? {} : { classifier }),
    });
    report(options, counts, rejections, classifier);
  } finally {
    for (const close of closers.reverse()) await close();
    interrupt.release();
  }
}

async function load(bulk: BulkExtraction): Promise<BulkCounts> {
  const progress = startPaperProgress("ingest", "documents");
  try {
    return await extractBulk({
      ...bulk,
      onPairs: progress.scored,
      onProgress: (done) =>
        progress.update(
          done.documents,
          `${done.goldEvidence} gold and ${done.modelEvidence} model evidence rows`,
        ),
    });
  } finally {
    progress.stop();
  }
}

function report(
  options: LoadOptions,
  counts: BulkCounts,
  rejections: Rejections,
  classifier: RelationClassifier | undefined,
): void {
  const rejected = rejections.count();
  // Relations that were read but give no evidence are said with what was written.
  rejections.warnings.say(["relation-self", "relation-unmentioned"]);
  if (options.json) {
    const warnings = rejections.warnings.counts();
    printJson({ ...counts, rejected, warnings, model: classifier?.info.id ?? null });
    return;
  }
  const { documents, alreadyExtracted, goldEvidence, goldLeftOut, modelEvidence } = counts;
  printLines(
    `${documents} documents, ${rejected} left out, ${alreadyExtracted} read by the model before`,
    `${goldEvidence} gold and ${modelEvidence} model evidence rows`,
    ...leftOutNote(goldLeftOut),
    ...truncationNote(counts.truncated),
    ...unaskedNote(counts.unasked),
  );
}

/** One line on the gold relations that gave no evidence; none where all did. */
function leftOutNote({ unnamedEnds, selfPairs, otherTypes }: GoldLeftOut): string[] {
  const sum = unnamedEnds + selfPairs + otherTypes;
  if (sum === 0) return [];
  const reasons = [
    [unnamedEnds, "with an end that the text does not name"],
    [selfPairs, "of an entity with itself"],
    [otherTypes, "of a type that is none of BioRED's"],
  ] as const;
  const told = reasons.flatMap(([count, reason]) => (count === 0 ? [] : [`${count} ${reason}`]));
  return [`${sum} gold relations left out: ${told.join(", ")}`];
}

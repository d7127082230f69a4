/**
 * What every `ingest` does once it knows its documents: opens the graph, loads the model if it is to read them,
 * writes, shows progress, and says what came of it.
 */
import type { Command } from "commander";
import { readConfig } from "../../core/config.js";
import type { Document } from "../../core/document.js";
import type { GoldLeftOut } from "../../core/evidence.js";
import { openGraph } from "../../graph/open-graph.js";
import { extractBulk } from "../../jobs/bulk.js";
import { loadChosenModelApart } from "../../lab/evaluation/chosen-model.js";
import { onInterrupt } from "../../terminal/interrupt.js";
import { startProgress } from "../../terminal/progress.js";
import { countRejections, withSkipBad } from "../../terminal/rejections.js";
import { printJson, printLines, truncationNote } from "../../terminal/report.js";
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

/** Loads documents; `read` makes their stream, given how to treat broken ones. */
export async function loadDocuments(
  options: LoadOptions,
  read: (reading: ReturnType<typeof countRejections>["options"]) => AsyncIterable<Document>,
): Promise<void> {
  const rejections = countRejections(options.skipBad);
  const interrupt = onInterrupt();
  const graph = await openGraph(readConfig(), { exclusive: false });
  const classifier = options.extract ? await loadChosenModelApart(options) : undefined;
  const progress = startProgress("ingest", "documents");
  try {
    const counts = await extractBulk({
      documents: read(rejections.options),
      database: graph.database,
      gold: true,
      signal: interrupt.signal,
      ...(classifier === undefined ? {} : { classifier }),
      onProgress: (done) =>
        progress.update(
          done.documents,
          `${done.goldEvidence} gold and ${done.modelEvidence} model evidence rows`,
        ),
    });
    progress.stop();
    const rejected = rejections.count();
    // Relations that were read but give no evidence are said with what was written.
    rejections.warnings.say(["relation-self", "relation-unmentioned"]);
    const warnings = rejections.warnings.counts();
    if (options.json) printJson({ ...counts, rejected, warnings, model: classifier?.info.id ?? null });
    else {
      const { documents, alreadyExtracted, goldEvidence, goldLeftOut, modelEvidence, truncated } = counts;
      printLines(
        `${documents} documents, ${rejected} left out, ${alreadyExtracted} read by the model before`,
        `${goldEvidence} gold and ${modelEvidence} model evidence rows`,
        ...leftOutNote(goldLeftOut),
        ...truncationNote(truncated),
      );
    }
  } finally {
    progress.stop();
    await classifier?.dispose();
    await graph.close();
    interrupt.release();
  }
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

/**
 * What the commands of `bioweft ingest` share: a source is checked, what is needed is opened, its documents are loaded with
 * progress, and what came of it is said.
 */
import type { Command } from "commander";
import type { LiteratureSource, SourceState } from "../../../../ingest/sources/source.js";
import { BioWeftError } from "../../../core/errors.js";
import type { GoldLeftOut } from "../../../core/evidence.js";
import type { RelationClassifier } from "../../../core/prediction.js";
import type { SourceItem } from "../../../core/sources/source-item.js";
import { NOTHING_LOADED } from "../../../jobs/bulk.js";
import { sourceWrites } from "../../../jobs/bulk-writes.js";
import { loadSource, type SourceCounts } from "../../../jobs/load-source.js";
import { loadChosenModelApart } from "../../../lab/evaluation/chosen-model.js";
import { onInterrupt } from "../../../terminal/interrupt.js";
import { startPaperProgress, startProgress } from "../../../terminal/progress.js";
import { countRejections, type Rejections, withSkipBad } from "../../../terminal/rejections.js";
import { printJson, printLines, truncationNote, unaskedNote } from "../../../terminal/report.js";
import { type ModelOptions, withModelOptions } from "../../options/model-option.js";
import { openOwnGraph } from "../../own-graph.js";
import { loadInBulk, withBulkOption } from "./bulk-loading.js";

/** The options that loading commands share. */
export interface LoadOptions extends ModelOptions {
  readonly extract: boolean;
  readonly bulk: boolean;
  readonly skipBad: boolean;
  readonly json: boolean;
}

/** Adds `--extract`, `--bulk`, `--skip-bad`, `--json` and the model's options. */
export function withLoadOptions(command: Command): Command {
  withBulkOption(command)
    .option("--extract", "also classify the documents and write what the model finds", false)
    .option("--json", "print the counts as JSON", false);
  return withSkipBad(withModelOptions(command));
}

/** What a command may do to the items of its source before they are loaded. */
type Prepare = (items: AsyncIterable<SourceItem>, state: SourceState) => AsyncIterable<SourceItem>;

/** What of a paper that PubMed takes back goes with it: its own record, and what was fetched by its PMID. */
const DELETED_FROM = ["PubMed", null];

/**
 * Loads a source. What can be wrong with the input and the model is found before the database, which takes longest,
 * is started; whatever fails, all that was opened is closed.
 */
export async function loadFrom(
  options: LoadOptions,
  source: LiteratureSource,
  prepare: (state: SourceState) => Promise<Prepare> = async () => (items) => items,
): Promise<void> {
  if (options.bulk && options.extract) throw new BioWeftError("BAD_INPUT", BULK_READS_NOTHING);
  const rejections = countRejections(options.skipBad);
  const interrupt = onInterrupt();
  const { signal } = interrupt;
  const state = { reading: rejections.options, signal, showProgress: startProgress };
  const closers: (() => Promise<void>)[] = [];
  try {
    await source.check(state);
    const prepared = await prepare(state);
    if (options.bulk) {
      const counts: SourceCounts = { ...NOTHING_LOADED, deleted: 0, olderPassedBy: 0 };
      const writes = sourceWrites(prepared(source.items(state), state));
      await loadInBulk({ writes: writes.writes, ranks: writes.ranks }, signal);
      return report(options, { ...counts, ...writes.counts() }, source, rejections, undefined);
    }
    const classifier = options.extract ? await loadChosenModelApart(options) : undefined;
    if (classifier !== undefined) closers.push(() => classifier.dispose());
    const { database, close } = await openOwnGraph();
    closers.push(close);
    const counts = await load({
      items: prepared(source.items(state), state),
      deletedFrom: DELETED_FROM,
      database,
      gold: true,
      signal,
      ...(classifier === undefined ? {} : { classifier }),
    });
    report(options, counts, source, rejections, classifier);
  } finally {
    for (const close of closers.reverse()) await close();
    interrupt.release();
  }
}

const BULK_READS_NOTHING =
  "--bulk writes what the source says, and no model reads it meanwhile; leave --extract out, and give the same command with it and without --bulk afterwards";

async function load(wanted: Parameters<typeof loadSource>[0]): Promise<SourceCounts> {
  const progress = startPaperProgress("ingest", "documents");
  try {
    return await loadSource({
      ...wanted,
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
  counts: SourceCounts,
  source: LiteratureSource,
  rejections: Rejections,
  classifier: RelationClassifier | undefined,
): void {
  const rejected = rejections.count();
  // Relations that were read but give no evidence are said with what was written.
  rejections.warnings.say(["relation-self", "relation-unmentioned"]);
  const read = source.counts?.();
  if (options.json) {
    const warnings = rejections.warnings.counts();
    const model = classifier?.info.id ?? null;
    printJson({ ...counts, rejected, warnings, model, ...(read === undefined ? {} : { read }) });
    return;
  }
  const { documents, alreadyExtracted, goldEvidence, goldLeftOut, modelEvidence, deleted, olderPassedBy } =
    counts;
  printLines(
    ...(source.notes?.() ?? []),
    `${documents} documents, ${rejected} left out, ${alreadyExtracted} read by the model before`,
    ...(deleted > 0 ? [`${deleted} documents deleted`] : []),
    ...(olderPassedBy > 0 ? [`${olderPassedBy} passed by: the graph has later versions`] : []),
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

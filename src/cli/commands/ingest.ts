/**
 * `bioweft ingest`: annotated documents into the graph, from a corpus, from files, or from PubTator3 by PMID; with the
 * model's answers where that is asked. It opens what is needed, shows progress, and says what came of it.
 */
import { Command, Option } from "commander";
import { SPLITS, type Split } from "../../../ingest/corpora/corpus.js";
import { CORPORA } from "../../../ingest/corpora/declared-corpora.js";
import { corpusByName, corpusFiles, readCorpus } from "../../../ingest/corpora/reading-corpora.js";
import { checkReadable } from "../../../ingest/formats/reading/file-chunks.js";
import { readNamed } from "../../../ingest/sources/files/named-documents.js";
import { checkPmid } from "../../../ingest/sources/pubtator3/client.js";
import { readPublications } from "../../../ingest/sources/pubtator3/read-publications.js";
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
import { type ModelOptions, withModelOptions } from "../options/model-option.js";

/** Declares the command and its three sources. */
export function command(): Command {
  return new Command("ingest")
    .description("load documents into the graph")
    .addCommand(corpusCommand())
    .addCommand(fileCommand())
    .addCommand(pmidCommand());
}

function corpusCommand(): Command {
  const corpus = new Command("corpus")
    .description("an annotated corpus with its gold relations")
    .argument("<name>", `one of ${CORPORA.map(({ name }) => name).join(", ")}`)
    .requiredOption("--from <path>", "its file, or its folder in the published layout")
    .addOption(new Option("--split <name>", "part of a folder").choices(SPLITS).default("all"));
  return withLoadOptions(corpus).action(
    (name: string, options: LoadOptions & { readonly from: string; readonly split: Split }) => {
      const declared = corpusByName(name);
      const { from, split } = options;
      return loadDocuments(options, {
        check: async () => checkReadable((await corpusFiles(declared, from, split)).flat()),
        read: (reading) => readCorpus(declared, from, split, reading),
      });
    },
  );
}

function fileCommand(): Command {
  const file = new Command("file")
    .description(
      "files of PubTator, BioC or JSON lines, - for standard input; their relations count as gold of the file's name",
    )
    .argument("<file...>", "the files")
    .option("--as <name>", "whose word their relations are, in place of the file's name");
  return withLoadOptions(file).action((files: string[], options: LoadOptions & { readonly as?: string }) =>
    loadDocuments(options, {
      check: () => checkReadable(files),
      read: (reading) => readNamed(files, options.as, reading),
    }),
  );
}

function pmidCommand(): Command {
  const pmid = new Command("pmid")
    .description("publications from PubTator3, classified by the model")
    .argument("<pmid...>", "PubMed identifiers")
    .option("--json", "print the counts as JSON", false);
  return withModelOptions(pmid).action(
    (pmids: string[], options: ModelOptions & { readonly json: boolean }) =>
      loadDocuments(
        { ...options, extract: true, skipBad: true },
        { check: async () => pmids.forEach(checkPmid), read: (reading) => readPublications(pmids, reading) },
      ),
  );
}

/** The options that loading commands share. */
interface LoadOptions extends ModelOptions {
  readonly extract: boolean;
  readonly skipBad: boolean;
  readonly json: boolean;
}

/** Adds `--extract`, `--skip-bad`, `--json` and the model's options. */
function withLoadOptions(command: Command): Command {
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
async function loadDocuments(options: LoadOptions, source: LoadedSource): Promise<void> {
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

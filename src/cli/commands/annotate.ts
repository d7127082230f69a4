/**
 * `bioweft annotate`: finds names in plain texts, one text a line, and writes them as PubTator, ready for `bioweft
 * predict`: those that come with the project, or those of vocabularies, or of everything in the graph. Papers with a PMID
 * may come annotated from PubTator3 instead. Needs no model.
 */
import { Command } from "commander";
import { toPubTator } from "../../../ingest/formats/pubtator/pubtator-writer.js";
import { checkReadable } from "../../../ingest/formats/reading/file-chunks.js";
import { readPlainTexts } from "../../../ingest/formats/tables/plain-texts.js";
import { annotate, annotatedPapers } from "../../../ingest/lexicon/annotated-papers.js";
import type { Recognizer } from "../../../ingest/lexicon/recognizer.js";
import { fetchedPapers } from "../../../ingest/sources/papers/fetched-papers.js";
import type { AnnotatorCounts } from "../../../ingest/sources/papers/listed-papers.js";
import { readTextTable } from "../../../ingest/sources/papers/text-table.js";
import { type Document, documentText } from "../../core/document.js";
import { BioWeftError } from "../../core/errors.js";
import { writeWholeFile } from "../../core/files/whole-file.js";
import { onInterrupt } from "../../terminal/interrupt.js";
import { startProgress } from "../../terminal/progress.js";
import { countRejections, type Rejections, withSkipBad } from "../../terminal/rejections.js";
import { type LexiconOptions, loadRecognizer, withLexiconOptions } from "../options/lexicon-option.js";

interface AnnotateOptions extends LexiconOptions {
  readonly in: string;
  readonly out: string;
  readonly pubtator3?: string;
  readonly maxRisk: number;
  readonly skipBad: boolean;
  readonly json: boolean;
}

/** Declares the command. */
export function command(): Command {
  const declared = new Command("annotate")
    .description("find the names of genes, chemicals and diseases in texts")
    .requiredOption(
      "--in <file>",
      "a text a line: title, a tab and abstract, or one of them; - for standard input",
    )
    .option("--out <file>", "where the documents go; - for stdout", "-")
    .option(
      "--pubtator3 <file.jsonl>",
      "lines begin with a PMID or own id, and a tab: take PubTator3's annotations where it has any, kept in this file",
    )
    .option("--max-risk <number>", "also leave out names of a higher grounding risk, 0 to 1", parseRisk, 1)
    .option("--json", "print one JSON value a line, with the risks and all ids, instead of PubTator", false);
  return withSkipBad(withLexiconOptions(declared)).action(run);
}

async function run(options: AnnotateOptions): Promise<void> {
  await checkReadable([options.in]);
  const recognizer = await loadRecognizer(options);
  if (options.pubtator3 !== undefined) return annotatePapers(options, options.pubtator3, recognizer);
  const { json, maxRisk } = options;
  const rejections = countRejections(options.skipBad);
  await writeWholeFile(options.out, async function* () {
    const texts = readPlainTexts(options.in, { identified: false }, rejections.options);
    for await (const { line, document } of texts) {
      yield json
        ? jsonLine(line, document, recognizer, maxRisk)
        : toPubTator(annotate(document, recognizer, maxRisk));
    }
  });
  sayLeftOut(rejections);
}

/** The number of the lines left out, each of which was named. */
function sayLeftOut(rejections: Rejections): void {
  if (rejections.count() > 0) process.stderr.write(`broken lines left out: ${rejections.count()}\n`);
}

/** Papers first as PubTator3 annotates them; the texts that it does not, by the dictionary. */
async function annotatePapers(options: AnnotateOptions, file: string, recognizer: Recognizer): Promise<void> {
  if (options.json) {
    throw new BioWeftError("CONFIG", "PubTator3 gives no risks; leave out --json or --pubtator3");
  }
  const lines = countRejections(options.skipBad);
  const table = await readTextTable(options.in, lines.options);
  const interrupt = onInterrupt();
  const rejections = countRejections(true);
  const counts: AnnotatorCounts = { PubTator3: 0, dictionary: 0, nobody: 0 };
  try {
    const papers = annotatedPapers({
      fetched: fetchedPapers([...table.ids], file, {
        reading: rejections.options,
        signal: interrupt.signal,
        showProgress: startProgress,
      }),
      texts: table.texts(),
      maxRisk: options.maxRisk,
      recognizer,
      onAnnotated: (by) => {
        counts[by] += 1;
      },
    });
    await writeWholeFile(options.out, async function* () {
      for await (const paper of papers) yield toPubTator(paper);
    });
  } finally {
    interrupt.release();
  }
  rejections.warnings.say();
  const { PubTator3, dictionary, nobody } = counts;
  const unread = rejections.count() === 0 ? "" : `; ${rejections.count()} of PubTator3's could not be read`;
  sayLeftOut(lines);
  process.stderr.write(
    `annotated by PubTator3: ${PubTator3}, by the dictionary: ${dictionary}, by nobody: ${nobody}${unread}\n`,
  );
}

function jsonLine(line: number, document: Document, recognizer: Recognizer, maxRisk: number): string {
  const found = recognizer
    .find(documentText(document))
    .filter(({ groundingRisk }) => groundingRisk <= maxRisk);
  return `${JSON.stringify({ line, mentions: found.map(({ sourceIds: _, ...mention }) => mention) })}\n`;
}

function parseRisk(text: string): number {
  const risk = Number(text);
  if (text !== "" && risk >= 0 && risk <= 1) return risk;
  throw new BioWeftError("BAD_INPUT", `--max-risk is "${text}"; give a number from 0 to 1`);
}

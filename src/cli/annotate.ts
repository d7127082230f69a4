/**
 * `bioweft annotate`: finds the names of vocabularies, or of everything in the graph, in plain texts, one text a
 * line, and writes them as PubTator, ready for `bioweft predict`. Needs no model.
 */
import { Command } from "commander";
import { annotate } from "../../ingest/annotation/annotated-papers.js";
import type { Recognizer } from "../../ingest/annotation/recognizer.js";
import { readPlainTexts } from "../../ingest/formats/plain-texts.js";
import { toPubTator } from "../../ingest/formats/pubtator-writer.js";
import { documentText } from "../core/document.js";
import { BioWeftError } from "../core/errors.js";
import { type LexiconOptions, loadRecognizer, withLexiconOptions } from "./lexicon-option.js";

interface AnnotateOptions extends LexiconOptions {
  readonly in: string;
  readonly maxRisk: number;
  readonly json: boolean;
}

/** Declares the command. */
export function command(): Command {
  const declared = new Command("annotate")
    .description("find the names of genes, chemicals and diseases in texts")
    .requiredOption("--in <file>", "a text a line: title, a tab and abstract, or one of them")
    .option("--max-risk <number>", "leave out names of a higher grounding risk, 0 to 1", parseRisk, 1)
    .option("--json", "print one JSON value a line, with the risks and all ids, instead of PubTator", false);
  return withLexiconOptions(declared).action(run);
}

async function run(options: AnnotateOptions): Promise<void> {
  const recognizer = await loadRecognizer(options);
  if (recognizer === undefined) {
    throw new BioWeftError("CONFIG", "no names to find; give --lexicon with files, or --graph-lexicon");
  }
  for await (const { line, document } of readPlainTexts(options.in, { identified: false })) {
    const { maxRisk } = options;
    const text = documentText(document);
    if (options.json) process.stdout.write(jsonLine(line, text, recognizer, maxRisk));
    else process.stdout.write(toPubTator(annotate(document, recognizer, maxRisk)));
  }
}

function jsonLine(line: number, text: string, recognizer: Recognizer, maxRisk: number): string {
  const found = recognizer.find(text).filter(({ groundingRisk }) => groundingRisk <= maxRisk);
  return `${JSON.stringify({ line, mentions: found.map(({ sourceIds: _, ...mention }) => mention) })}\n`;
}

function parseRisk(text: string): number {
  const risk = Number(text);
  if (text !== "" && risk >= 0 && risk <= 1) return risk;
  throw new BioWeftError("BAD_INPUT", `--max-risk is "${text}"; give a number from 0 to 1`);
}

/**
 * `bioweft annotate`: finds the names of vocabularies in plain texts, one text a line, and writes them as PubTator,
 * ready for `bioweft predict`. Needs no graph and no model.
 */
import { Command } from "commander";
import { buildRecognizer } from "../../ingest/annotation/recognizer.js";
import { readVocabulary } from "../../ingest/annotation/vocabularies.js";
import { toPubTator } from "../../ingest/formats/pubtator-writer.js";
import { readLines } from "../../ingest/formats/text-lines.js";
import type { FoundMention, NamedEntity } from "../core/annotation.js";
import { type Document, documentText } from "../core/document.js";
import { BioWeftError } from "../core/errors.js";
import { startProgress } from "./progress.js";

interface AnnotateOptions {
  readonly in: string;
  readonly lexicon: readonly string[];
  readonly maxRisk: number;
  readonly json: boolean;
}

/** Declares the command. */
export function command(): Command {
  return new Command("annotate")
    .description("find the names of genes, chemicals and diseases in texts")
    .requiredOption("--in <file>", "a text a line: title, a tab and abstract, or one of them")
    .requiredOption(
      "--lexicon <files...>",
      "gene_info, MeSH d20xx.bin, CTD chemicals, diseases, genes; .gz too",
    )
    .option("--max-risk <number>", "leave out names of a higher grounding risk, 0 to 1", parseRisk, 1)
    .option("--json", "print one JSON value a line, with the risks and all ids, instead of PubTator", false)
    .action(run);
}

async function run(options: AnnotateOptions): Promise<void> {
  const recognizer = buildRecognizer(await readLexicon(options.lexicon));
  for await (const { number, text, fault } of readLines(options.in)) {
    if (fault !== undefined)
      throw new BioWeftError("BAD_INPUT", fault, { place: { file: options.in, line: number } });
    if (text.trim() === "") continue;
    const document = lineDocument(number, text);
    const mentions = recognizer
      .find(documentText(document))
      .filter(({ groundingRisk }) => groundingRisk <= options.maxRisk);
    process.stdout.write(options.json ? jsonLine(number, mentions) : toPubTator({ ...document, mentions }));
  }
}

async function readLexicon(files: readonly string[]): Promise<NamedEntity[]> {
  const progress = startProgress("lexicon", "entities");
  const entities: NamedEntity[] = [];
  try {
    for (const file of files) {
      for await (const entity of readVocabulary(file)) {
        entities.push(entity);
        progress.update(entities.length);
      }
    }
  } finally {
    progress.stop();
  }
  return entities;
}

/** A line's number is its document's identifier. */
function lineDocument(number: number, line: string): Document {
  const [title = "", ...rest] = line.split("\t");
  return {
    pmid: String(number),
    passages: [
      { kind: "title", offset: 0, text: title },
      { kind: "abstract", offset: title.length + 1, text: rest.join(" ") },
    ],
    mentions: [],
    relations: [],
  };
}

function jsonLine(line: number, mentions: readonly FoundMention[]): string {
  const rows = mentions.map(({ sourceIds: _, ...mention }) => mention);
  return `${JSON.stringify({ line, mentions: rows })}\n`;
}

function parseRisk(text: string): number {
  const risk = Number(text);
  if (text !== "" && risk >= 0 && risk <= 1) return risk;
  throw new BioWeftError("BAD_INPUT", `--max-risk is "${text}"; give a number from 0 to 1`);
}

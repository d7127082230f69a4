/**
 * Has a text read by the model, with the mentions that come with it or those that are found: what extractText answers, and
 * what a curator's verdict on it is of.
 */
import { createHash } from "node:crypto";
import { type Document, documentText } from "../../core/document.js";
import type { Evidence } from "../../core/evidence.js";
import type { ReadingOutcome } from "../../core/extraction-job.js";
import type { DocumentPredictions } from "../../core/prediction.js";
import { predictedEvidence } from "../../core/turns/evidence-in-turns.js";
import type { ApiContext } from "../platform/context.js";
import { checkTextLength, textDocument, withFoundMentions, withGivenMentions } from "./text-annotation.js";
import {
  TextEntity,
  TextExtraction,
  TextMention,
  type TextMentionInput,
  TextRelation,
} from "./text-extraction.type.js";

/** A text as a client gives it. */
interface GivenText {
  readonly title: string;
  readonly abstract: string;
  readonly mentions: readonly TextMentionInput[] | null | undefined;
}

/** A text as it was read, its rows the most probable first. */
export interface ReadText {
  readonly document: Document;
  readonly rows: readonly Evidence[];
  readonly answer: TextExtraction;
}

/**
 * Reads a text in its turn. Throws BAD_INPUT for one that is too long, RATE_LIMITED where too many are being read, and what
 * the model throws.
 */
export async function readText(services: ApiContext, given: GivenText): Promise<ReadText> {
  const { title, abstract, mentions } = given;
  checkTextLength(title, abstract);
  return services.texts.take(async () => {
    const bare = { ...textDocument(title, abstract), pmid: textId(title, abstract) };
    const { document, pairsLeftOut, ambiguities } =
      mentions == null ? await withFoundMentions(services, bare) : withGivenMentions(bare, mentions);
    const predicted = await services.jobs.classify(document, { signal: services.signal });
    const rows = await readRows(predicted);
    const told = document.mentions.map((mention) => new TextMention(mention, ambiguities.get(mention)));
    const answer = toExtraction(predicted, rows, told, pairsLeftOut);
    return { document, rows, answer };
  });
}

/** A paper as it was read, or why there is nothing to read. */
type ReadOutcome =
  | { readonly kind: "read"; readonly read: ReadText }
  | Exclude<ReadingOutcome, { kind: "read" }>;

/** Reads a paper in its turn, as it would be extracted, without writing anything. Throws BAD_INPUT for what is no PMID. */
export async function readPublication(services: ApiContext, pmid: string): Promise<ReadOutcome> {
  return services.texts.take(async () => {
    const outcome = await services.jobs.read(pmid.trim(), { signal: services.signal });
    if (outcome.kind !== "read") return outcome;
    const { predicted } = outcome;
    const { document } = predicted;
    const rows = await readRows(predicted);
    const told = document.mentions.map((mention) => new TextMention(mention, undefined));
    return { kind: "read", read: { document, rows, answer: toExtraction(predicted, rows, told, 0) } };
  });
}

/** The rows that a model's answers make, the most probable first. */
async function readRows(predicted: DocumentPredictions): Promise<Evidence[]> {
  const rows = await predictedEvidence(predicted);
  return rows.sort((a, b) => b.probability - a.probability || (a.id < b.id ? -1 : 1));
}

/** What a document was found to say, as the API shows it. */
function toExtraction(
  predicted: DocumentPredictions,
  rows: readonly Evidence[],
  mentions: readonly TextMention[],
  pairsLeftOut: number,
): TextExtraction {
  return new TextExtraction({
    model: predicted.model,
    text: documentText(predicted.document),
    mentions,
    pairs: predicted.predictions.length,
    pairsLeftOut: pairsLeftOut + (predicted.unasked ?? 0),
    relations: rows.map(
      (row) =>
        new TextRelation({
          ...row,
          subject: new TextEntity(row.subject),
          object: new TextEntity(row.object),
        }),
    ),
  });
}

/** Names a text that is no publication: the same words are the same text. */
function textId(title: string, abstract: string): string {
  return `text-${createHash("sha256").update(`${title}\n${abstract}`).digest("hex").slice(0, 16)}`;
}

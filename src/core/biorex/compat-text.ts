/**
 * What the original BioREx tool's network reads of a pair: the question, and the body with the two entities tagged.
 * Three ways, one a kind of corpus: raw text, names masked, names widened to whole tokens. In pieces, so that what
 * a document's pairs share is tokenised once. Source: the tool's rows.
 */

import { type Document, documentText, inTextOrder } from "../document.js";
import { required } from "../required.js";
import { documentSentences, type Span, sentenceAt } from "../sentences.js";
import type { CompatForm } from "./compat-form.js";
import { type CompatEntity, type CompatPair, compatPairs } from "./compat-pairs.js";
import { compatTokens } from "./compat-tokens.js";

/** A stretch to be tagged, as the pair's source or target. */
interface TaggedSpan extends Span {
  readonly tag: string;
}

/** A stretch of the document's text, or words that are not its own. */
type CompatPiece = string | Span;

/** A pair's text. */
interface CompatText {
  readonly pair: CompatPair;
  /** To be joined as they are; `joinPieces` does. */
  readonly pieces: readonly CompatPiece[];
  /** Whether the body names only one of the two, the other's name being hidden under it. */
  readonly lost: boolean;
}

/**
 * The texts of a document's pairs, all by default. Where the body is a sentence, pairs that none names are left out.
 */
export function compatTexts(
  document: Document,
  form: CompatForm,
  pairs: readonly CompatPair[] = compatPairs(document, form),
): CompatText[] {
  const text = documentText(document);
  const whole: Span = { start: 0, end: text.length };
  const sentences = form.body === "sentence" ? documentSentences(document) : [];
  const texts: CompatText[] = [];
  for (const pair of pairs) {
    const body = form.body === "sentence" ? sharedSentence(sentences, pair) : whole;
    if (body === undefined) continue;
    const written = compatText(text, body, pair, form);
    if (!written.lost || form.body === "document") texts.push(written);
  }
  return texts;
}

/** A pair's text in one string, as in the text column of the tool's rows. */
export function joinPieces(text: string, pieces: readonly CompatPiece[]): string {
  const written = pieces.map((piece) =>
    typeof piece === "string" ? piece : text.slice(piece.start, piece.end),
  );
  return written.join("").trimEnd();
}

/** The index of the sentence that a position is in. */
export function sentenceOf(sentences: readonly Span[], position: number): number {
  return sentenceAt(sentences, position);
}

function sharedSentence(sentences: readonly Span[], pair: CompatPair): Span | undefined {
  const sources = new Set(pair.source.mentions.map(({ start }) => sentenceOf(sentences, start)));
  const shared = pair.target.mentions.find(({ start }) => sources.has(sentenceOf(sentences, start)));
  return shared === undefined ? undefined : sentences[sentenceOf(sentences, shared.start)];
}

/** Writes a pair's text; `body` is the part of the document that it shows. */
function compatText(text: string, body: Span, pair: CompatPair, form: CompatForm): CompatText {
  const named = taggedSpans(pair, form).filter(({ start, end }) => start >= body.start && end <= body.end);
  const spans = form.text === "tokenised" ? widened(text, body, named) : named;
  const has = (side: "Src" | "Tgt") => spans.some(({ tag }) => tag.endsWith(side));
  return {
    pair,
    pieces: [...question(pair, form), " [SEP] ", ...tagged(text, body, spans, form)],
    lost: !has("Src") || !has("Tgt"),
  };
}

/** The tool's name for an entity's type in this corpus. */
export function compatTypeName(entity: CompatEntity, form: CompatForm): string {
  return form.typeNames[entity.role] ?? entity.role;
}

/** The last mention names an entity in the question, wherever it stands. */
function question(pair: CompatPair, form: CompatForm): string[] {
  if (form.text === "masked") return [`What is [${form.tag}] ?`];
  const name = (entity: CompatEntity, side: "Src" | "Tgt") => {
    const tag = `${compatTypeName(entity, form)}${side}`;
    const last = required(entity.mentions.at(-1), `a mention of ${entity.id}`);
    return [`@${tag}$ `, last.joinedText ?? last.text, ` @/${tag}$`];
  };
  return [
    `What is [${form.tag}] between `,
    ...name(pair.source, "Src"),
    " and ",
    ...name(pair.target, "Tgt"),
    " ?",
  ];
}

/** All mentions of both; one that names both counts for the source only. */
function taggedSpans(pair: CompatPair, form: CompatForm): TaggedSpan[] {
  const sources = new Set(pair.source.mentions);
  const side = (entity: CompatEntity, name: string) => `${compatTypeName(entity, form)}${name}`;
  const spans = [
    ...pair.source.mentions.map(({ start, end }) => ({ start, end, tag: side(pair.source, "Src") })),
    ...pair.target.mentions
      .filter((mention) => !sources.has(mention))
      .map(({ start, end }) => ({ start, end, tag: side(pair.target, "Tgt") })),
  ];
  return spans.sort(inTextOrder);
}

function tagged(text: string, body: Span, spans: readonly TaggedSpan[], form: CompatForm): CompatPiece[] {
  const crossing = spans.some(({ start }, index) => start < (spans[index - 1]?.end ?? 0));
  if (form.text === "raw" && crossing) {
    return [taggedBackwards(text.slice(body.start, body.end), body.start, spans)];
  }
  const pieces: CompatPiece[] = [];
  let at = body.start;
  for (const { start, end, tag } of spans) {
    pieces.push({ start: at, end: Math.max(at, start) });
    if (form.text === "masked") pieces.push(`@${tag}$`);
    else pieces.push(`@${tag}$ `, { start, end }, form.text === "raw" ? ` @${tag}/$` : ` @/${tag}$`);
    at = Math.max(at, end);
  }
  return [...pieces, { start: at, end: body.end }];
}

/** From the last name to the first, so that offsets hold; where names share a word the tags cross, as the tool's do. */
function taggedBackwards(body: string, offset: number, spans: readonly TaggedSpan[]): string {
  return spans.toReversed().reduce((text, { start, end, tag }) => {
    const [from, to] = [start - offset, end - offset];
    return `${text.slice(0, from)}@${tag}$ ${text.slice(from, to)} @${tag}/$${text.slice(to)}`;
  }, body);
}

/**
 * Token by token: of overlapping mentions the later takes the token. A stretch begins where a mention begins and
 * goes on over every tagged token that follows, whosever it is: the tool reads its tags back so.
 */
function widened(text: string, body: Span, spans: readonly TaggedSpan[]): TaggedSpan[] {
  const stretches: { start: number; end: number; tag: string }[] = [];
  const begun = new Set<TaggedSpan>();
  let inside = false;
  for (const token of compatTokens(text, body)) {
    const covering = spans.filter(({ start, end }) => start < token.end && end > token.start);
    const span = covering.at(-1);
    const last = stretches.at(-1);
    if (span !== undefined && (!begun.has(span) || !inside || last === undefined)) {
      stretches.push({ ...token, tag: span.tag });
    } else if (span !== undefined && last !== undefined) last.end = token.end;
    for (const one of covering) begun.add(one);
    inside = span !== undefined;
  }
  return stretches;
}

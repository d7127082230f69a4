/**
 * The text column of the original tool's rows: the question, and the body with the two entities tagged. Three
 * ways, one a kind of corpus: raw text, names masked, names widened to whole tokens. Source: the tool's rows.
 */
import type { Span } from "../../src/core/sentences.js";
import type { CompatEntity, CompatPair } from "./compat-entities.js";
import type { CompatForm } from "./compat-form.js";
import { compatTokens } from "./compat-tokens.js";

/** A stretch to be tagged, as the pair's source or target. */
interface TaggedSpan extends Span {
  readonly tag: string;
}

/** The text column of a pair, and which of the two still have a tag in it. */
export interface CompatText {
  readonly text: string;
  readonly sourceTagged: boolean;
  readonly targetTagged: boolean;
}

/** Writes a pair's text column; `body` is the part of the document that it shows. */
export function compatText(text: string, body: Span, pair: CompatPair, form: CompatForm): CompatText {
  const named = taggedSpans(pair, form).filter(({ start, end }) => start >= body.start && end <= body.end);
  const spans = form.text === "tokenised" ? widened(text, body, named) : named;
  return {
    text: `${question(pair, form)} [SEP] ${tagged(text, body, spans, form).trimEnd()}`,
    sourceTagged: spans.some(({ tag }) => tag.endsWith("Src")),
    targetTagged: spans.some(({ tag }) => tag.endsWith("Tgt")),
  };
}

/** The tool's name for an entity's type in this corpus. */
export function compatTypeName(entity: CompatEntity, form: CompatForm): string {
  return form.typeNames[entity.role] ?? entity.role;
}

/** The last mention names an entity in the question, wherever it stands. */
function question(pair: CompatPair, form: CompatForm): string {
  if (form.text === "masked") return `What is [${form.tag}] ?`;
  const name = (entity: CompatEntity, side: "Src" | "Tgt") => {
    const tag = `${compatTypeName(entity, form)}${side}`;
    const last = entity.mentions.at(-1);
    return `@${tag}$ ${last?.joinedText ?? last?.text ?? ""} @/${tag}$`;
  };
  return `What is [${form.tag}] between ${name(pair.source, "Src")} and ${name(pair.target, "Tgt")} ?`;
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
  return spans.sort((a, b) => a.start - b.start || a.end - b.end);
}

function tagged(text: string, body: Span, spans: readonly TaggedSpan[], form: CompatForm): string {
  if (form.text === "raw") return taggedBackwards(text.slice(body.start, body.end), body.start, spans);
  let written = "";
  let at = body.start;
  for (const { start, end, tag } of spans) {
    written += text.slice(at, Math.max(at, start));
    written += form.text === "masked" ? `@${tag}$` : `@${tag}$ ${text.slice(start, end)} @/${tag}$`;
    at = Math.max(at, end);
  }
  return written + text.slice(at, body.end);
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

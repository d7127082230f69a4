/**
 * Splits passages into sentences and finds the one that shows a pair best. Unicode's own segmentation
 * (Intl.Segmenter) does the work; cuts after the abbreviations of biomedical prose are mended.
 */
import type { Document, Mention } from "./document.js";

/** A stretch of a document, in UTF-16 offsets. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A pair's best sentence, with the two mentions that it shows. */
export interface SupportingSentence extends Span {
  readonly text: string;
  readonly subject: Mention;
  readonly object: Mention;
}

const segmenter = new Intl.Segmenter("en", { granularity: "sentence" });
// A segment that ends like this does not end a sentence: "vs.", "Fig.", "e.g.", "et al.", an initial ("S. ").
const ABBREVIATED =
  /(?:^|[\s([])(?:vs|Fig|Figs|e\.g|i\.e|et al|cf|approx|ca|Dr|Prof|No|resp|spp|sp|St|[A-Z])\.\s*$/;

/** The sentences of a document in text order; a sentence never crosses a passage. */
export function documentSentences(document: Pick<Document, "passages">): Span[] {
  const sentences: Span[] = [];
  for (const passage of document.passages) {
    let start = 0;
    const segments = passage.sentence
      ? [{ index: 0, segment: passage.text }]
      : segmenter.segment(passage.text);
    for (const { index, segment } of segments) {
      const end = index + segment.length;
      if (ABBREVIATED.test(passage.text.slice(start, end)) && end < passage.text.length) continue;
      const text = passage.text.slice(start, end);
      const lead = text.length - text.trimStart().length;
      const body = text.trim();
      if (body !== "") {
        sentences.push({
          start: passage.offset + start + lead,
          end: passage.offset + start + lead + body.length,
        });
      }
      start = end;
    }
  }
  return sentences;
}

/**
 * The sentence behind a pair: the shortest span of whole sentences that holds a mention of both, the earlier
 * one on a tie. Usually one sentence; two or more where no single sentence names both.
 */
export function supportingSentence(
  text: string,
  sentences: readonly Span[],
  subjects: readonly Mention[],
  objects: readonly Mention[],
): SupportingSentence | undefined {
  let best: SupportingSentence | undefined;
  for (const subject of subjects) {
    for (const object of objects) {
      const span = coveringSentences(sentences, subject, object);
      if (span === undefined) continue;
      const gap = mentionGap(subject, object);
      const better =
        best === undefined ||
        span.end - span.start < best.end - best.start ||
        (span.start === best.start && span.end === best.end && gap < mentionGap(best.subject, best.object));
      if (better) best = { ...span, text: text.slice(span.start, span.end), subject, object };
    }
  }
  return best;
}

/** Whether some sentence names both of two entities. */
export function sharesSentence(
  sentences: readonly Span[],
  ones: readonly Mention[],
  others: readonly Mention[],
): boolean {
  const sentenceOf = ({ start }: Mention) => sentences.findLastIndex((sentence) => sentence.start <= start);
  const named = new Set(ones.map(sentenceOf));
  return others.some((mention) => named.has(sentenceOf(mention)));
}

/** Characters between two mentions; 0 where they touch or overlap. */
export function mentionGap(a: Span, b: Span): number {
  return Math.max(0, Math.max(a.start, b.start) - Math.min(a.end, b.end));
}

function coveringSentences(sentences: readonly Span[], a: Span, b: Span): Span | undefined {
  const from = Math.min(a.start, b.start);
  const to = Math.max(a.end, b.end);
  const first = sentences.findLast((sentence) => sentence.start <= from);
  const last = sentences.find((sentence) => sentence.end >= to);
  if (first === undefined || last === undefined) return undefined;
  return { start: first.start, end: Math.max(first.end, last.end) };
}

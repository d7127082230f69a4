/**
 * Splits passages into sentences and finds those at a place. Unicode's own segmentation (Intl.Segmenter) does the work;
 * cuts after the abbreviations of biomedical prose are mended.
 */
import type { Document, Mention } from "./document.js";
import { required } from "./required.js";

/** A stretch of a document, in UTF-16 offsets. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

const segmenter = new Intl.Segmenter("en", { granularity: "sentence" });
// A segment that ends like this does not end a sentence: "vs.", "Fig.", "e.g.", "et al.", an initial ("S. ").
const ABBREVIATED =
  /(?:^|[\s([])(?:vs|Fig|Figs|e\.g|i\.e|et al|cf|approx|ca|Dr|Prof|No|resp|spp|sp|St|[A-Z])\.$/;
/** Characters that the segmenter is given at a time: some ten sentences. */
const STRETCH = 2048;
/** More characters than the longest abbreviation has, with its full stop and what stands before it. */
const ABBREVIATION_ROOM = 16;

/** The sentences of a document in text order; a sentence never crosses a passage. */
export function documentSentences(document: Pick<Document, "passages">): Span[] {
  const sentences: Span[] = [];
  for (const passage of document.passages) {
    let start = 0;
    for (const end of passage.sentence ? [passage.text.length] : sentenceEnds(passage.text)) {
      if (end < passage.text.length && endsAbbreviated(passage.text, start, end)) continue;
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
 * Where the segmenter ends sentences, ascending. subtle: it takes time for all of its text at every sentence, which is
 * minutes for a text of 200,000 line ends, so it is given a stretch at a time. What follows the stretch can move only the
 * last end in it, and the one before: to leave it out, the segmenter looks no further than the next letter or stop.
 */
export function* sentenceEnds(text: string): Generator<number> {
  let size = STRETCH;
  for (let at = 0; at < text.length; ) {
    const stretch = text.slice(at, at + size);
    const ends = Array.from(segmenter.segment(stretch), ({ index, segment }) => at + index + segment.length);
    const sure = at + size >= text.length ? ends : ends.slice(0, -2);
    yield* sure;
    const last = sure.at(-1);
    if (last === undefined) size *= 2;
    else [at, size] = [last, STRETCH];
  }
}

/** subtle: looks at the last characters only, as a stretch may have grown over thousands of abbreviations. */
function endsAbbreviated(text: string, start: number, end: number): boolean {
  let last = end;
  while (last > start && /\s/.test(text.charAt(last - 1))) last -= 1;
  return ABBREVIATED.test(text.slice(Math.max(start, last - ABBREVIATION_ROOM), last));
}

/** Whether some sentence names both of two entities. */
export function sharesSentence(
  sentences: readonly Span[],
  ones: readonly Mention[],
  others: readonly Mention[],
): boolean {
  const named = new Set(ones.map(({ start }) => sentenceAt(sentences, start)));
  return others.some(({ start }) => named.has(sentenceAt(sentences, start)));
}

/** The index of the last of sentences in text order that begins no later than a position; -1 before all of them. */
export function sentenceAt(sentences: readonly Span[], position: number): number {
  return firstThat(sentences, ({ start }) => start > position) - 1;
}

/** The index of the first of sentences in text order that ends no earlier than a position; their number where none does. */
export function sentenceEndingAt(sentences: readonly Span[], position: number): number {
  return firstThat(sentences, ({ end }) => end >= position);
}

/** The index of the first that satisfies what holds from some place on; their number where none does. */
function firstThat(sentences: readonly Span[], holds: (sentence: Span) => boolean): number {
  let [low, high] = [0, sentences.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(required(sentences[middle], "a sentence"))) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Characters between two mentions; 0 where they touch or overlap. */
export function mentionGap(a: Span, b: Span): number {
  return Math.max(0, Math.max(a.start, b.start) - Math.min(a.end, b.end));
}

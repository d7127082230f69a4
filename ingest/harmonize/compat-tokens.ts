/**
 * Tokens enough like the original tool's (spaCy's) to know how far a tag reaches where a mention ends inside a
 * word: words between white space, without the punctuation around them. It is no general tokenizer.
 */
import type { Span } from "../../src/core/sentences.js";

const CLOSING = /[)\]}"'.,;:!?%>*”’]$/u;
// An opening bracket stays with its word where it is closed inside it: `(COX)-synthetized`.
const OPENING = /^(?:\((?![^(\s]+\)\S)|\[(?![^[\s]+\]\S)|\{(?![^{\s]+\}\S)|["'<>*“‘])/u;

/** The tokens of a stretch of text, in order. */
export function* compatTokens(text: string, within: Span): Generator<Span> {
  for (const match of text.slice(within.start, within.end).matchAll(/\S+/gu)) {
    let start = within.start + match.index;
    let end = start + match[0].length;
    const tail: Span[] = [];
    while (end > start + 1 && CLOSING.test(text.slice(start, end))) {
      tail.unshift({ start: end - 1, end });
      end -= 1;
    }
    while (end > start + 1 && OPENING.test(text.slice(start, end))) {
      yield { start, end: start + 1 };
      start += 1;
    }
    yield { start, end };
    yield* tail;
  }
}

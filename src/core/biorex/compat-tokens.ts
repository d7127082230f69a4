/**
 * Tokens enough like the original tool's (spaCy's) to know how far a tag reaches where a mention ends inside a
 * word: words between white space, without the punctuation around them. It is no general tokenizer.
 */
import type { Span } from "../sentences.js";

// A full stop stays with a single capital before it (`type C.`), as with initials.
const CLOSING = /(?:[)\]}"',;:!?%>*”’]|(?<!(?:^|[^\p{L}\d])\p{Lu})\.|['’]s)$/u;
// An opening bracket stays with its word where it is closed inside it: `(COX)-synthetized`.
const OPENING = /^(?:\((?![^(\s]+\)\S)|\[(?![^[\s]+\]\S)|\{(?![^{\s]+\}\S)|["'<>*“‘])/u;
// Inside a word: a sign between digits (`14-3-3`), a colon between letters, a dash of two hyphens.
const INSIDE = /(?<=\d)[-+*^](?=[\d-])|(?<=\p{L})[:<>=](?=\p{L})|--+/gu;

/** The tokens of a stretch of text, in order. */
export function* compatTokens(text: string, within: Span): Generator<Span> {
  for (const match of text.slice(within.start, within.end).matchAll(/\S+/gu)) {
    let start = within.start + match.index;
    let end = start + match[0].length;
    const tail: Span[] = [];
    for (;;) {
      const closing = CLOSING.exec(text.slice(start, end))?.[0] ?? "";
      if (closing === "" || closing.length >= end - start) break;
      tail.unshift({ start: end - closing.length, end });
      end -= closing.length;
    }
    while (end > start + 1 && OPENING.test(text.slice(start, end))) {
      yield { start, end: start + 1 };
      start += 1;
    }
    yield* innerTokens(text, { start, end });
    yield* tail;
  }
}

function* innerTokens(text: string, word: Span): Generator<Span> {
  let { start } = word;
  for (const match of text.slice(word.start, word.end).matchAll(INSIDE)) {
    const at = word.start + match.index;
    if (at > start) yield { start, end: at };
    start = at + match[0].length;
    yield { start: at, end: start };
  }
  if (start < word.end) yield { start, end: word.end };
}

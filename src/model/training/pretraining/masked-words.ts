/**
 * Texts → passes of masked-language training: words are hidden whole, all their pieces at once, so that a piece
 * cannot be guessed from its neighbour (whole-word masking, Devlin et al. 2019).
 */
import type { Random } from "../../../core/random.js";
import { required } from "../../../core/required.js";
import type { TokenizedText } from "../../text/tokenizer.js";

/** Shares of Devlin et al.: words chosen, and of those hidden or exchanged; the rest stay as they are. */
const CHOSEN = 0.15;
const HIDDEN = 0.8;
const EXCHANGED = 0.1;

/** One pass: tokens with some hidden, where they stand, and what they were. */
export interface MaskedText {
  readonly tokens: Int32Array;
  readonly places: Int32Array;
  readonly originals: Int32Array;
}

/** Tokens that a pass needs beside the text's. */
export interface SpecialIds {
  readonly cls: number;
  readonly sep: number;
  readonly mask: number;
}

/** A window of at most `room` tokens of a text, by lot, with at least one word hidden. */
export function maskWords(
  text: TokenizedText,
  room: number,
  { cls, sep, mask }: SpecialIds,
  vocabulary: Int32Array,
  random: Random,
): MaskedText {
  const size = room - 2;
  const start = Math.floor(random.next() * Math.max(1, text.ids.length - size + 1));
  const ids = text.ids.slice(start, start + size);
  const words = wholeWords(text.starts.slice(start, start + size));
  const chosen = random.shuffle(words).slice(0, Math.max(1, Math.round(CHOSEN * words.length)));
  const places = chosen.flat().sort((a, b) => a - b);
  const originals = Int32Array.from(places, (place) =>
    required(ids[place], "the token at a place that is chosen"),
  );
  for (const word of chosen) {
    const lot = random.next();
    for (const place of word) {
      if (lot < HIDDEN) ids[place] = mask;
      else if (lot < HIDDEN + EXCHANGED) {
        ids[place] = vocabulary[Math.floor(random.next() * vocabulary.length)] ?? mask;
      }
    }
  }
  return {
    tokens: Int32Array.from([cls, ...ids, sep]),
    places: Int32Array.from(places, (place) => place + 1),
    originals,
  };
}

/** Indices of the tokens of each word: pieces of one word begin at the same character of the text. */
function wholeWords(starts: Int32Array): number[][] {
  const words: number[][] = [];
  for (const [index, start] of starts.entries()) {
    if (index > 0 && starts[index - 1] === start) words.at(-1)?.push(index);
    else words.push([index]);
  }
  return words;
}

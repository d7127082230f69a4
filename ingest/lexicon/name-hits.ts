/**
 * Where a text holds names of lexicons: whole words alone, the longest at each place, with everything that is called so.
 * Which of them is meant, and whether any is, is decided elsewhere.
 */
import { required } from "../../src/core/required.js";
import { otherNumbers, spelledGreek } from "./name-forms.js";
import { hashSpelling, type NameHash, NO_NAME, withToken } from "./name-hash.js";
import { type NameToken, nameTokens } from "./name-tokens.js";
import type { LexiconEntity, NamedEntities } from "./named-entities.js";

/** One entity that found words may mean. */
export interface Sense {
  readonly entity: LexiconEntity;
  readonly preferred: boolean;
  /** Whether the text spells the name as the lexicon does. */
  readonly asWritten: boolean;
  /** Whether its lexicon is taken at its word. */
  readonly trusted: boolean;
}

/** Found words and whom they may mean; UTF-16 offsets. */
export interface Hit {
  readonly start: number;
  readonly end: number;
  readonly senses: readonly Sense[];
  /** Of a short form that the text explains: by a name that is known here, or by other words. */
  readonly explained?: "here" | "otherwise";
}

/** Longer names, in tokens, are not looked for. */
const MOST_TOKENS = 16;

/** The hits in text order, none overlapping. */
export function nameHits(text: string, lexicons: readonly NamedEntities[]): Hit[] {
  const tokens = nameTokens(text);
  const hits: Hit[] = [];
  for (let at = 0; at < tokens.length; ) {
    const found = beginsWord(tokens, at) ? longestFrom(text, tokens, at, lexicons) : undefined;
    if (found !== undefined) hits.push(found.hit);
    at = found?.next ?? at + 1;
  }
  return hits;
}

function longestFrom(
  text: string,
  tokens: readonly NameToken[],
  from: number,
  lexicons: readonly NamedEntities[],
): { readonly hit: Hit; readonly next: number } | undefined {
  const { start } = required(tokens[from], "a token");
  let begun: readonly NameHash[] = [NO_NAME];
  let longest: { readonly hit: Hit; readonly next: number } | undefined;
  for (let at = from; at < Math.min(tokens.length, from + MOST_TOKENS); at++) {
    const { key, end } = required(tokens[at], "a token");
    if (at > from && !joins(text.slice(tokens[at - 1]?.end, tokens[at]?.start))) break;
    const keys = at === from ? [key] : [key, ...spelledGreek(key)];
    if (endsWord(tokens, at)) {
      const senses = sensesOf(text.slice(start, end), [...keys, ...otherNumbers(key)], begun, lexicons);
      if (senses.length > 0)
        longest = { hit: { start, end: withSigns(text, start, end), senses }, next: at + 1 };
    }
    begun = begun.flatMap((hash) => keys.map((one) => withToken(hash, one)));
  }
  return longest;
}

/** What the first of several last tokens gives that makes a name. */
function sensesOf(
  words: string,
  lastTokens: readonly string[],
  begun: readonly NameHash[],
  lexicons: readonly NamedEntities[],
): Sense[] {
  const [written, singular] = [hashSpelling(words), hashSpelling(words.replace(/s$/, ""))];
  for (const token of lastTokens) {
    const senses = begun.flatMap((hash) => {
      const name = withToken(hash, token);
      return lexicons.flatMap(({ index, entity, trusted }) =>
        index
          .senses(name)
          // A symbol is spelled as the lexicon has it, but for the s of several.
          .filter(({ symbol, spelling }) => !symbol || spelling === written || spelling === singular)
          .map(({ spelling, entity: number, preferred }) => ({
            ...{ entity: entity(number), preferred, trusted },
            asWritten: spelling === written,
          })),
      );
    });
    if (senses.length > 0) return senses;
  }
  return [];
}

/** Where the words end with the signs that are part of them: "Ca2+", "Ca(2+)". */
function withSigns(text: string, start: number, end: number): number {
  const charged = end + (/^ ?\+/.exec(text.slice(end, end + 2))?.[0].length ?? 0);
  const words = text.slice(start, charged);
  return words.lastIndexOf("(") > words.lastIndexOf(")") && text.charAt(charged) === ")"
    ? charged + 1
    : charged;
}

function beginsWord(tokens: readonly NameToken[], at: number): boolean {
  return tokens[at - 1]?.end !== tokens[at]?.start;
}

function endsWord(tokens: readonly NameToken[], at: number): boolean {
  return beginsWord(tokens, at + 1);
}

/** Whether what stands between two tokens may stand within a name: no end of a sentence or clause. */
function joins(gap: string): boolean {
  return gap.length <= 4 && !/[^\s\-‐-―/,'’′`()[\]{}+.:*&]/.test(gap) && !/[.:!?]\s/.test(gap);
}

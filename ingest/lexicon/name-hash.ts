/**
 * Names as two 32-bit numbers each: what a text and a lexicon are compared by, so that a million names take some 20
 * bytes each and no string is kept. subtle: the numbers of a name are made of its tokens (name-tokens.ts) one after the
 * other, so a reader of a text goes on from those of the words so far. Two of a million names share both by chance in
 * one lexicon of thirty million.
 */
import { nameTokens } from "./name-tokens.js";

/** A name's numbers, as far as it has been read. */
export interface NameHash {
  readonly a: number;
  readonly b: number;
}

/** The numbers of no token at all. */
export const NO_NAME: NameHash = { a: 0x811c9dc5 | 0, b: 0x2545f491 };

/** What ends a token. */
const SEPARATOR = 32;
const FNV_PRIME = 0x01000193;

/** The numbers of a name that goes on by a token. */
export function withToken({ a, b }: NameHash, token: string): NameHash {
  let [one, other] = [a, b];
  for (let at = 0; at <= token.length; at++) {
    const unit = at === token.length ? SEPARATOR : token.charCodeAt(at);
    one = Math.imul(one ^ unit, FNV_PRIME);
    other = Math.imul(other ^ unit, 0x5bd1e995) ^ (other >>> 15);
  }
  return { a: one, b: other };
}

/** The numbers of a name, whatever its letter case. */
export function hashName(name: string): NameHash {
  return nameTokens(name).reduce((hash, { key }) => withToken(hash, key), NO_NAME);
}

/** A number of a name as it is written: letter case counts, what stands between letters and digits does not. */
export function hashSpelling(name: string): number {
  let hash = NO_NAME.a;
  for (let at = 0; at < name.length; at++) {
    const unit = name.charCodeAt(at);
    if (unit >= 128 || isLetterOrDigit(unit)) hash = Math.imul(hash ^ unit, FNV_PRIME);
  }
  return hash;
}

/** Of ASCII. */
function isLetterOrDigit(unit: number): boolean {
  const small = unit | 32;
  return (unit >= 48 && unit <= 57) || (small >= 97 && small <= 122);
}

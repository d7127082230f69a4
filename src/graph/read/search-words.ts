/**
 * How a name is looked for in the full-text index: in the spellings that people write one name in. The index cuts names at
 * blanks and hyphens and keeps case, accents and Greek letters apart; which spelling a name has there is not known here.
 */

import type { EntityType } from "../../core/relation-types.js";

/** Longer runs of letters are no words: the index cuts them at 255. */
export const LONGEST_WORD = 100;
/** Words of a search that are looked for; the index takes 1024 clauses in all. */
const MOST_WORDS = 30;

const GREEK = {
  ...{
    α: "alpha",
    β: "beta",
    γ: "gamma",
    δ: "delta",
    ε: "epsilon",
    ζ: "zeta",
    η: "eta",
    θ: "theta",
    ι: "iota",
  },
  ...{
    κ: "kappa",
    λ: "lambda",
    μ: "mu",
    ν: "nu",
    ξ: "xi",
    ο: "omicron",
    π: "pi",
    ρ: "rho",
    σ: "sigma",
    τ: "tau",
  },
  ...{ υ: "upsilon", φ: "phi", χ: "chi", ψ: "psi", ω: "omega" },
} as Readonly<Record<string, string>>;
const LETTERS = new Map(Object.entries(GREEK).map(([letter, name]) => [name, letter]));

/** Words as the index cuts them: runs of letters and digits, in lower case. Nothing that Lucene would read. */
export function tokens(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** A word as Lucene takes it literally. */
export function quoted(word: string): string {
  return `"${word}"`;
}

/** A name by which two spellings are one: without case, kinds of apostrophes and hyphens, and the width of blanks. */
export function comparable(text: string): string {
  return plain(text)
    .replace(/[\s-]+/g, " ")
    .trim();
}

/** A query by names alone, and by nothing else that the index has. */
export function inNames(words: string): string {
  return `name:(${words}) synonyms:(${words})`;
}

/**
 * Every word must occur in a name: as it is, begun, with one or two letters wrong according to its length (one where it has a number),
 * in the singular, without accents, with a Greek letter's name or the letter; hyphenated, joined or apart. Only entities of these types,
 * where some are told.
 */
export function searchQuery(text: string, types: readonly EntityType[] | null = null): string {
  const words = plain(text)
    // Of "Raynaud's" the index has "raynaud's" or "raynaud", which both begin alike.
    .replace(/(?<=\p{L})'s(?![\p{L}\p{N}])/gu, "")
    .split(/[^\p{L}\p{N}'-]+/u)
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
    .slice(0, MOST_WORDS);
  if (words.length === 0) return inNames(quoted(""));
  const named = words.map((word) => `+(${inNames(ways(word).join(" "))})`);
  const typed = types === null ? [] : [`+type:(${types.map(quoted).join(" ")})`];
  return [...named, ...typed].join(" ");
}

/** The ways in which a word may stand in the index: whole, and in its parts, each of which must occur. */
function ways(word: string): string[] {
  const whole = tokens(word).join("");
  const parts = tokens(word).flatMap((part) => part.match(/\p{N}+|[α-ω]+|[^\p{N}α-ω]+/gu) ?? []);
  if (parts.length < 2) return spellings(whole);
  return [...spellings(whole), `(${parts.map((part) => `+(${spellings(part).join(" ")})`).join(" ")})`];
}

function spellings(word: string): string[] {
  // What is too long for a word of the index is near to none, and too much for Lucene's automata.
  if (word.length > LONGEST_WORD) return [quoted(word)];
  const edits = editsOf(word);
  const begun = /^\p{N}+$/u.test(word) ? [] : [`${word}*^2`];
  const near = edits === 0 ? [] : [`${word}~${edits}`];
  return [`${quoted(word)}^4`, ...begun, ...near, ...others(word).map((other) => `${quoted(other)}^3`)];
}

/**
 * Letters of a word that may be wrong. Another number names another thing, and of a word with one most that is two letters away
 * is of another number; looking that far is also what takes the index longest.
 */
function editsOf(word: string): number {
  if (word.length < 3 || /^\p{N}+$/u.test(word)) return 0;
  return word.length < 8 || /\p{N}/u.test(word) ? 1 : 2;
}

/** Other spellings of one word. */
function others(word: string): string[] {
  const spelled = [...word].map((letter) => GREEK[letter] ?? letter).join("");
  const folded = word.normalize("NFD").replace(/\p{M}/gu, "");
  const singular =
    word.length < 4 ? [] : [word.replace(/ies$/, "y"), word.replace(/es$/, ""), word.replace(/s$/, "")];
  const found = new Set([spelled, folded, ...singular, LETTERS.get(word) ?? word]);
  found.delete(word);
  return [...found];
}

/** Without case and composed, with one kind of apostrophe and of hyphen. */
function plain(text: string): string {
  return text
    .normalize("NFC")
    .toLowerCase()
    .replace(/[\u2019\u2018\u02bc\u2032\u00b4\u0060\uff07]/g, "'")
    .replace(/[\u2010-\u2015\u2212\u00ad]/g, "-")
    .replace(/\u00b5/g, "μ")
    .replace(/ς/g, "σ");
}

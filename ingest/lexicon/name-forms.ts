/**
 * The forms under which a name counts as itself beside its spelling: the other number of its last word, and Greek letters
 * by their initials.
 */

/** A symbol is matched as it is written: short, no small letter, at least one capital (TNF, IL6, CAT). */
export function isSymbol(name: string): boolean {
  return name.length <= 5 && /\p{Lu}/u.test(name) && !/\p{Ll}/u.test(name);
}

/** Plurals of a singular word and singulars of a plural, in small letters. */
export function otherNumbers(word: string): string[] {
  if (!/\p{L}{2}$/u.test(word)) return [];
  const forms = [`${word}s`];
  if (/s$/.test(word)) forms.unshift(word.slice(0, -1));
  if (/[^aeiou]ies$/.test(word)) forms.push(`${word.slice(0, -3)}y`);
  if (/[^aeiou]y$/.test(word)) forms.push(`${word.slice(0, -1)}ies`);
  if (/(?:s|x)is$/.test(word)) forms.push(`${word.slice(0, -2)}es`);
  if (/(?:s|x)es$/.test(word)) forms.push(`${word.slice(0, -2)}is`);
  if (/(?:s|x|z|ch|sh)es$/.test(word)) forms.push(word.slice(0, -2));
  if (/(?:s|x|z|ch|sh)$/.test(word)) forms.push(`${word}es`);
  return forms;
}

const GREEK_INITIALS: ReadonlyMap<string, string> = new Map(
  Object.entries({ a: "alpha", b: "beta", g: "gamma", k: "kappa" }),
);

/** What a single letter may stand for within a name: "TGF-b1". */
export function spelledGreek(letter: string): string[] {
  const name = GREEK_INITIALS.get(letter);
  return name === undefined ? [] : [name];
}

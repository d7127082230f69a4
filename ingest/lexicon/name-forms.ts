/**
 * The spellings under which a name counts as itself: letter case and plural. Folding keeps every UTF-16 offset.
 */

/** A symbol is matched as it is written: short, no small letter, at least one capital (TNF, IL6, CAT). */
export function isSymbol(name: string): boolean {
  return name.length <= 5 && /\p{Lu}/u.test(name) && !/\p{Ll}/u.test(name);
}

/** Small letters, one code unit for each of the text's; what would change its length stays. */
export function foldCase(text: string): string {
  if (!/[^\p{ASCII}]/u.test(text)) return text.toLowerCase();
  return Array.from(text, (letter) => {
    const small = letter.toLowerCase();
    return small.length === letter.length ? small : letter;
  }).join("");
}

/** The other number of a name, by the ending of its last word: plurals of singulars and singulars of plurals. */
export function otherNumber(name: string): string[] {
  if (isSymbol(name)) return [`${name}s`];
  if (!/\p{L}{3}$/u.test(name)) return [];
  if (/[^aeiou]y$/i.test(name)) return [`${name.slice(0, -1)}ies`];
  if (/ies$/i.test(name)) return [`${name.slice(0, -3)}y`];
  if (/(?:s|x)is$/i.test(name)) return [`${name.slice(0, -2)}es`];
  if (/(?:ss|us|x)$/i.test(name)) return [`${name}es`];
  if (/s$/i.test(name)) return [name.slice(0, -1)];
  return [`${name}s`];
}

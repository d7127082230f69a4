/** The commonest words of English: the whole words among the first of the small model's vocabulary, which goes by frequency. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PACKAGE_ROOT } from "../../src/core/config.js";

/** How many entries of the vocabulary count, its characters and numbers included. */
const FIRST = 18_000;

const tokenizer = JSON.parse(
  readFileSync(join(PACKAGE_ROOT, "models", "small", "tokenizer.json"), "utf8"),
) as {
  readonly model: { readonly vocab: Readonly<Record<string, number>> };
};

/** Whether a word, or what it is the plural of, is among them. */
export function isCommonWord(word: string): boolean {
  const small = word.toLowerCase();
  return [small, small.replace(/s$/, "")].some((form) => {
    const place = tokenizer.model.vocab[form];
    return place !== undefined && place < FIRST;
  });
}

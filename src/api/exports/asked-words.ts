/** What an address asks with: each word once, and none that means nothing here. */
import { BioWeftError } from "../../core/errors.js";

/** The words by name. Throws BAD_INPUT for one that is not among the known, or is given twice. */
export function askedWords<Word extends string>(
  query: URLSearchParams,
  known: readonly Word[],
): Partial<Record<Word, string>> {
  const words: Partial<Record<Word, string>> = {};
  for (const [name, value] of query) {
    const word = known.find((one) => one === name);
    if (word === undefined) {
      throw new BioWeftError(
        "BAD_INPUT",
        `"${name}" is no parameter of this address; it takes ${known.join(", ")}`,
      );
    }
    if (words[word] !== undefined)
      throw new BioWeftError("BAD_INPUT", `"${name}" is given twice; give it once`);
    words[word] = value;
  }
  return words;
}

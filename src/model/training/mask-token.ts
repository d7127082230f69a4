/** The token that stands for a hidden word; encoder families call it by different names. */
import { BioWeftError } from "../../core/errors.js";
import type { WordPieceTokenizer } from "../text/tokenizer.js";

const NAMES = ["[MASK]", "<mask>"];

/** Its id; throws MODEL for a vocabulary that has none. */
export function maskToken(tokenizer: Pick<WordPieceTokenizer, "tokenId">): number {
  for (const name of NAMES) {
    try {
      return tokenizer.tokenId(name);
    } catch (fault) {
      if (!(fault instanceof BioWeftError)) throw fault;
    }
  }
  throw new BioWeftError(
    "MODEL",
    `the vocabulary has no mask token (${NAMES.join(" or ")}); take another encoder`,
  );
}

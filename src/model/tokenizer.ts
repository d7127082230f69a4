/**
 * WordPiece with offsets: text → token ids, each knowing where it came from. The vocabulary and the splitting
 * of words into pieces are @huggingface/tokenizers', read from a checkpoint's tokenizer.json; since that library
 * gives no offsets, the text is first cut into words exactly where BERT's pre-tokeniser cuts.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Tokenizer } from "@huggingface/tokenizers";
import { z } from "zod";
import { BioWeftError } from "../core/errors.js";

/** Tokens of a text; `starts[i]`, `ends[i]` are the UTF-16 span of the word that token i belongs to. */
export interface TokenizedText {
  readonly ids: Int32Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

/** Turns text into the checkpoint's token ids. */
export interface WordPieceTokenizer {
  tokenize(text: string): TokenizedText;
  /** Ids of the tokens that open a sequence and close a segment; families call them by different names. */
  readonly cls: number;
  readonly sep: number;
  /** Id of one vocabulary entry; throws MODEL when the checkpoint lacks it. */
  tokenId(token: string): number;
}

// BERT's rules: white space separates (its own idea of it: other control characters vanish without a trace, inside a
// word too); punctuation, ASCII symbols and CJK ideographs stand alone.
const SPACE = String.raw`\t\n\r\p{Zs}\u2028\u2029`;
const ALONE = String.raw`\p{P}$+<=>^\x60|~\u{3400}-\u{4DBF}\u{4E00}-\u{9FFF}\u{F900}-\u{FAFF}\u{20000}-\u{2FA1F}`;
const WORD = new RegExp(`[${ALONE}]|[^${SPACE}${ALONE}]+`, "gu");
/** A special token as tokenizer_config.json spells it: its text, or an object around it. */
const specialToken = z.union([
  z.string(),
  z.object({ content: z.string() }).transform((token) => token.content),
]);
const specialTokensSchema = z.object({
  cls_token: specialToken.default("[CLS]"),
  sep_token: specialToken.default("[SEP]"),
});
/** Words repeat: their pieces are kept, up to this many different words. */
const CACHE_LIMIT = 200_000;

/** Loads the tokenizer of a checkpoint folder; throws MODEL naming the file that is missing or broken. */
export async function loadTokenizer(checkpointDir: string): Promise<WordPieceTokenizer> {
  const config = await readJson(join(checkpointDir, "tokenizer_config.json"));
  const tokenizer = new Tokenizer(await readJson(join(checkpointDir, "tokenizer.json")), config);
  const cache = new Map<string, readonly number[]>();
  const pieces = (word: string): readonly number[] => {
    const known = cache.get(word);
    if (known !== undefined) return known;
    const ids = tokenizer.encode(word, { add_special_tokens: false }).ids;
    if (cache.size >= CACHE_LIMIT) cache.clear();
    cache.set(word, ids);
    return ids;
  };
  const tokenId = (token: string): number => {
    const id = tokenizer.token_to_id(token);
    if (id === undefined) throw new BioWeftError("MODEL", `the vocabulary lacks the token ${token}`);
    return id;
  };
  const { cls_token, sep_token } = specialTokensSchema.parse(config);
  return {
    cls: tokenId(cls_token),
    sep: tokenId(sep_token),
    tokenId,
    tokenize: (text) => {
      const ids: number[] = [];
      const starts: number[] = [];
      const ends: number[] = [];
      for (const { 0: word, index } of text.matchAll(WORD)) {
        for (const id of pieces(word)) {
          ids.push(id);
          starts.push(index);
          ends.push(index + word.length);
        }
      }
      return { ids: Int32Array.from(ids), starts: Int32Array.from(starts), ends: Int32Array.from(ends) };
    },
  };
}

async function readJson(file: string): Promise<object> {
  try {
    const value: unknown = JSON.parse(await readFile(file, "utf8"));
    if (typeof value === "object" && value !== null) return value;
  } catch (cause) {
    throw new BioWeftError("MODEL", "cannot be read as JSON; is this a checkpoint folder?", {
      place: { file },
      cause,
    });
  }
  throw new BioWeftError("MODEL", "holds no JSON object", { place: { file } });
}

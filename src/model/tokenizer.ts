/**
 * WordPiece with offsets: text → token ids, each knowing where it came from. The vocabulary and the splitting
 * of words into pieces are @huggingface/tokenizers', read from a checkpoint's tokenizer.json; since that library
 * gives no offsets, the text is first cut into words exactly where BERT's pre-tokeniser cuts.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Tokenizer } from "@huggingface/tokenizers";
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
  /** Id of one vocabulary entry; throws MODEL when the checkpoint lacks it. */
  tokenId(token: string): number;
}

// BERT's rules: white space separates (its own idea of it: other control characters vanish without a trace, inside a
// word too); punctuation, ASCII symbols and CJK ideographs stand alone.
const SPACE = String.raw`\t\n\r\p{Zs}\u2028\u2029`;
const ALONE = String.raw`\p{P}$+<=>^\x60|~\u{3400}-\u{4DBF}\u{4E00}-\u{9FFF}\u{F900}-\u{FAFF}\u{20000}-\u{2FA1F}`;
const WORD = new RegExp(`[${ALONE}]|[^${SPACE}${ALONE}]+`, "gu");
/** Words repeat: their pieces are kept, up to this many different words. */
const CACHE_LIMIT = 200_000;

/** Loads the tokenizer of a checkpoint folder; throws MODEL naming the file that is missing or broken. */
export async function loadTokenizer(checkpointDir: string): Promise<WordPieceTokenizer> {
  const tokenizer = new Tokenizer(
    await readJson(join(checkpointDir, "tokenizer.json")),
    await readJson(join(checkpointDir, "tokenizer_config.json")),
  );
  const cache = new Map<string, readonly number[]>();
  const pieces = (word: string): readonly number[] => {
    const known = cache.get(word);
    if (known !== undefined) return known;
    const ids = tokenizer.encode(word, { add_special_tokens: false }).ids;
    if (cache.size >= CACHE_LIMIT) cache.clear();
    cache.set(word, ids);
    return ids;
  };
  return {
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
    tokenId: (token) => {
      const id = tokenizer.token_to_id(token);
      if (id === undefined) throw new BioWeftError("MODEL", `the vocabulary lacks the token ${token}`);
      return id;
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

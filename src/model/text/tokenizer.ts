/**
 * WordPiece with offsets: text → token ids, each knowing where it came from. The vocabulary and the splitting
 * of words into pieces are @huggingface/tokenizers', read from a checkpoint's tokenizer.json; since that library
 * gives no offsets, the text is first cut into words exactly where BERT's pre-tokeniser cuts.
 */
import { Tokenizer } from "@huggingface/tokenizers";
import { BioWeftError } from "../../core/errors.js";
import { type AddedToken, readTokenizerFiles, type TokenizerFiles } from "./tokenizer-files.js";

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
  /** Id of the token that hides a word; of the unknown word where the vocabulary has none. */
  readonly mask: number;
  /** Id of one vocabulary entry; throws MODEL when the checkpoint lacks it. */
  tokenId(token: string): number;
}

// BERT's rules: white space separates (its own idea of it: other control characters vanish without a trace, inside a
// word too); punctuation, ASCII symbols and CJK ideographs stand alone.
const SPACE = String.raw`\t\n\r\p{Zs}\u2028\u2029`;
const ALONE = String.raw`\p{P}$+<=>^\x60|~\u{3400}-\u{4DBF}\u{4E00}-\u{9FFF}\u{F900}-\u{FAFF}\u{20000}-\u{2FA1F}`;
const WORD = new RegExp(`[${ALONE}]|[^${SPACE}${ALONE}]+`, "gu");
/** What BERT's normaliser drops: marks, and control characters that are no white space. */
const DROPPED = String.raw`(?:(?![\t\n\r])[\p{Mn}\p{Cc}\p{Cf}\p{Co}])`;
/** Words repeat: their pieces are kept, up to this many different words. */
const CACHE_LIMIT = 200_000;

/** Loads the tokenizer of a checkpoint folder; throws MODEL naming the file that is missing or broken. */
export async function loadTokenizer(checkpointDir: string): Promise<WordPieceTokenizer> {
  const files = await readTokenizerFiles(checkpointDir);
  const tokenizer = new Tokenizer(files.tokenizer, files.settings);
  const cut = wordCutter(files.tokenizer);
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
  return {
    cls: tokenId(files.settings.cls_token),
    sep: tokenId(files.settings.sep_token),
    mask: tokenizer.token_to_id(files.settings.mask_token) ?? tokenId(files.settings.unk_token),
    tokenId,
    tokenize: (text) => {
      const ids: number[] = [];
      const starts: number[] = [];
      const ends: number[] = [];
      for (const { word, start, id: added } of cut(text)) {
        for (const id of added === undefined ? pieces(word) : [added]) {
          ids.push(id);
          starts.push(start);
          ends.push(start + word.length);
        }
      }
      return { ids: Int32Array.from(ids), starts: Int32Array.from(starts), ends: Int32Array.from(ends) };
    },
  };
}

/** A word of a text, or an added token, which has its id already. */
interface Word {
  readonly word: string;
  readonly start: number;
  readonly id?: number | undefined;
}

/** Added tokens that are looked for together: by what pattern, and each one's id. */
interface AddedTokens {
  readonly pattern: RegExp;
  idOf(found: string): number | undefined;
}

/**
 * Cuts a text into words and added tokens. subtle: tokens that are not to be normalised are looked for first, in all
 * of the text, as written; the others in what is left, as the normaliser would leave it: in any case, where it
 * lower-cases, and whatever marks and control characters it drops. (A letter that carries its accent in itself does
 * not match, unlike in transformers; tags have none.) Of several at one place the longest counts, and of two that
 * become the same, such as `@GENETgt$` and `@GeneTgt$`, the first.
 */
function wordCutter({
  added_tokens,
  normalizer,
}: TokenizerFiles["tokenizer"]): (text: string) => Generator<Word> {
  const isNormalised = (token: AddedToken) => token.normalized ?? !token.special;
  const lowers = /"lowercase":true|"type":"Lowercase"/.test(JSON.stringify(normalizer ?? null));
  const dropped = new RegExp(DROPPED, "gu");
  const normalised = (text: string) => {
    const kept = text.replace(dropped, "");
    return lowers ? kept.toLowerCase() : kept;
  };
  const groups = [
    addedTokens(
      added_tokens.filter((token) => !isNormalised(token)),
      "",
      "gu",
      (text) => text,
    ),
    addedTokens(added_tokens.filter(isNormalised), `${DROPPED}*`, lowers ? "giu" : "gu", normalised),
  ].filter((group) => group !== undefined);
  return (text) => cutBy(groups, text, 0);
}

function* cutBy(groups: readonly AddedTokens[], text: string, offset: number): Generator<Word> {
  const [group, ...rest] = groups;
  if (group === undefined) {
    for (const { 0: word, index } of text.matchAll(WORD)) yield { word, start: offset + index };
    return;
  }
  let from = 0;
  for (const { 0: word, index } of text.matchAll(group.pattern)) {
    yield* cutBy(rest, text.slice(from, index), offset + from);
    yield { word, start: offset + index, id: group.idOf(word) };
    from = index + word.length;
  }
  yield* cutBy(rest, text.slice(from), offset + from);
}

/** Finds any of the tokens, the longest first, with `between` allowed between two of its characters. */
function addedTokens(
  tokens: readonly AddedToken[],
  between: string,
  flags: string,
  normalised: (text: string) => string,
): AddedTokens | undefined {
  if (tokens.length === 0) return undefined;
  const ids = new Map([...tokens].reverse().map(({ content, id }) => [normalised(content), id]));
  const longestFirst = tokens.map(({ content }) => [...content]).sort((a, b) => b.length - a.length);
  const escaped = longestFirst.map((characters) =>
    characters.map((one) => one.replace(/[$()*+./?[\\\]^{|}]/, "\\$&")).join(between),
  );
  return { pattern: new RegExp(escaped.join("|"), flags), idOf: (found) => ids.get(normalised(found)) };
}

/**
 * Documents → the pair network's input as the original BioREx tool makes it: the text of compat-text.ts, tokenised,
 * cut on the right. A document is tokenised once; each pair's tags are spliced in, which gives the ids that
 * tokenising its whole text gives.
 */

import { BIORED_FORM, type CompatForm } from "../../core/biorex/compat-form.js";
import { type CompatPair, eachCompatPair } from "../../core/biorex/compat-pairs.js";
import { compatTexts } from "../../core/biorex/compat-text.js";
import { type Candidate, candidateEnds } from "../../core/candidate.js";
import { documentText } from "../../core/document.js";
import { nearestPairs } from "../../core/nearest-pairs.js";
import { required } from "../../core/required.js";
import type { Span } from "../../core/sentences.js";
import type { TokenizedText, WordPieceTokenizer } from "../text/tokenizer.js";
import type { PairInput, PairSequence } from "./pair-sequence.js";

/** The form of each corpus that has one, by the corpus's name. */
export type CompatForms = ReadonlyMap<string, CompatForm>;

/**
 * Prepares sequences of at most `maxTokens`. A document is asked in its corpus's form; one that comes from no
 * corpus, or from one without a form, in BioRED's.
 */
export function compatInput(tokenizer: WordPieceTokenizer, forms: CompatForms, maxTokens: number): PairInput {
  return (document, wants) => {
    const form = forms.get(document.corpus ?? "") ?? BIORED_FORM;
    const wanted = function* () {
      for (const pair of eachCompatPair(document, form)) {
        const candidate = toCandidate(pair);
        if (candidate !== undefined && wants(candidate, document)) yield { pair, candidate };
      }
    };
    const { asked, unasked } = nearestPairs(wanted(), ({ candidate }) => candidateEnds(candidate));
    const candidateOf = new Map(asked.map(({ pair, candidate }) => [pair, candidate]));
    const tokensOf = pieceTokenizer(tokenizer, documentText(document));
    const inputs = compatTexts(document, form, [...candidateOf.keys()]).map(({ pair, pieces }) => ({
      candidate: required(candidateOf.get(pair), "a text's pair"),
      ...joined(pieces.map(tokensOf), tokenizer, maxTokens),
    }));
    return { inputs, unasked };
  };
}

/** Pieces between the opening and the closing token, as much of them as fits. */
function joined(
  pieces: readonly Int32Array[],
  { cls, sep }: Pick<WordPieceTokenizer, "cls" | "sep">,
  maxTokens: number,
): Pick<PairSequence, "ids" | "lost"> {
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const kept = Math.min(length, maxTokens - 2);
  const ids = new Int32Array(kept + 2);
  ids[0] = cls;
  let at = 1;
  for (const piece of pieces) {
    ids.set(piece.subarray(0, kept + 1 - at), at);
    at = Math.min(at + piece.length, kept + 1);
  }
  ids[kept + 1] = sep;
  return { ids, lost: length - kept };
}

/** The pair by CURIEs; undefined where two of the source's identifiers are one entity to us. */
function toCandidate({ source, target, pairType }: CompatPair): Candidate | undefined {
  return source.curie === target.curie ? undefined : { subject: source, object: target, pairType };
}

/**
 * Tokenises pieces of texts about one document: words of its own once a document, others once each. Exact because
 * every piece that is not the document's begins and ends with white space or punctuation.
 */
function pieceTokenizer(tokenizer: WordPieceTokenizer, text: string): (piece: string | Span) => Int32Array {
  const words = tokenizer.tokenize(text);
  const known = new Map<string, Int32Array>();
  const idsOf = (piece: string): Int32Array => {
    const ids = known.get(piece) ?? tokenizer.tokenize(piece).ids;
    known.set(piece, ids);
    return ids;
  };
  return (piece) => (typeof piece === "string" ? idsOf(piece) : idsWithin(text, words, piece, idsOf));
}

/** Tokens of a stretch of a tokenised text. A word that the stretch cuts is tokenised anew. */
function idsWithin(
  text: string,
  { ids, starts, ends }: TokenizedText,
  { start, end }: Span,
  idsOf: (piece: string) => Int32Array,
): Int32Array {
  const first = firstAbove(ends, start);
  const last = firstAbove(starts, end - 1);
  if (first >= last) return new Int32Array();
  // Tokens are in text order, so only the words at both ends can be cut.
  if (
    required(starts[first], "the first token") >= start &&
    required(ends[last - 1], "the last token") <= end
  )
    return ids.subarray(first, last);
  const found: number[] = [];
  for (let i = first; i < last; ) {
    const [from, to] = [required(starts[i], "a token's start"), required(ends[i], "a token's end")];
    if (from >= start && to <= end) found.push(required(ids[i++], "a token"));
    else {
      found.push(...idsOf(text.slice(Math.max(from, start), Math.min(to, end))));
      while (starts[i] === from) i++;
    }
  }
  return Int32Array.from(found);
}

/** Index of the first of ascending values that is above a position. */
function firstAbove(values: Int32Array, position: number): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (required(values[middle], "a token's place") <= position) low = middle + 1;
    else high = middle;
  }
  return low;
}

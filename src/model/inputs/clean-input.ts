/**
 * Documents → the pair network's input as the paper describes it and we train it (Lai et al. 2023): a question with
 * the corpus's prompt and both names, then the text with a tag around every mention of the two. Prompts and tags are
 * entries of the vocabulary. A text that is too long is read where the pair's closest mentions stand.
 */

import type { Candidate, DocumentEntity } from "../../core/candidate.js";
import { documentText, type Mention } from "../../core/document.js";
import type { RelationTask } from "../../core/relation-task.js";
import type { PairEntityType } from "../../core/relation-types.js";
import { required } from "../../core/required.js";
import { placePair, textWindows, tokenAt } from "../text/text-windows.js";
import type { TokenizedText, WordPieceTokenizer } from "../text/tokenizer.js";
import { BIORED_TASK, markerName, markerSet, promptName } from "./labels.js";
import { askedCandidates, type PairInput, type PairSequence } from "./pair-sequence.js";

type End = "subject" | "object";
type Task = Pick<RelationTask, "prompt" | "ownMarkers">;

/** Name of the entry that closes what a marker opens. */
export function closingName(marker: string): string {
  return `/${marker}`;
}

/** Sequences of some pairs of a document whose text is tokenised. */
type SequenceMaker = (text: TokenizedText, candidates: readonly Candidate[]) => PairSequence[];

/** Prepares the input of all pairs that are wanted, under one task, BioRED's by default; see `cleanSequences`. */
export function cleanInput(
  tokenizer: WordPieceTokenizer,
  specialId: (name: string) => number,
  maxTokens: number,
  task: Task = BIORED_TASK,
): PairInput {
  const sequences = cleanSequences(tokenizer, specialId, maxTokens, task);
  return (document, wants) => {
    const { asked, unasked } = askedCandidates(document, wants);
    if (asked.length === 0) return { inputs: [], unasked };
    return { inputs: sequences(tokenizer.tokenize(documentText(document)), asked), unasked };
  };
}

/**
 * Prepares sequences of at most `maxTokens` for one task; `specialId` finds a prompt's or tag's id by name, and
 * throws where the model does not know it.
 */
export function cleanSequences(
  tokenizer: WordPieceTokenizer,
  specialId: (name: string) => number,
  maxTokens: number,
  task: Task,
): SequenceMaker {
  const idsOf = (text: string) => [...tokenizer.tokenize(text).ids];
  const opening = [tokenizer.cls, ...idsOf("What is the relation in"), specialId(promptName(task.prompt))];
  const words = { between: idsOf("between"), and: idsOf("and"), end: [...idsOf("?"), tokenizer.sep] };
  const tag = (role: PairEntityType, end: End) => {
    const marker = markerName(markerSet(task), role, end);
    return { open: specialId(marker), close: specialId(closingName(marker)) };
  };
  const name = (text: TokenizedText, candidate: Candidate, end: End): number[] => {
    const { open, close } = tag(candidate[end].role, end);
    return [open, ...longestName(text, candidate[end]), close];
  };
  return (text, candidates) =>
    candidates.map((candidate) => {
      const [subject, object] = [name(text, candidate, "subject"), name(text, candidate, "object")];
      const asked = [...opening, ...words.between, ...subject, ...words.and, ...object, ...words.end];
      const tags = insertions(text, candidate, (end) => tag(candidate[end].role, end));
      const room = maxTokens - asked.length - 1;
      const body = widestBody(text, candidate, tags, room);
      const kept = body.slice(0, Math.max(0, room));
      const ids = Int32Array.from([...asked, ...kept, tokenizer.sep]);
      return { candidate, ids, lost: body.length - kept.length };
    });
}

/** As much of the text around the pair's closest mentions as fits with its tags: all of it where that does. */
function widestBody(
  text: TokenizedText,
  candidate: Candidate,
  tags: readonly Insertion[],
  room: number,
): number[] {
  const placed = placePair(text, candidate, 1);
  for (let size = Math.max(2, room); ; ) {
    const [window] = textWindows(text.ids.length, size, placed);
    const body = required(window, "the pair's window").spans.flatMap(({ from, to }) =>
      tagged(text, tags, from, to),
    );
    if (body.length <= room || size === 2) return body;
    size = Math.max(2, size - (body.length - room));
  }
}

/** A tag before a token of the text; `order` sorts those before one token: what closes comes first. */
interface Insertion {
  readonly token: number;
  readonly order: 0 | 1;
  readonly id: number;
}

/** The tags of both entities' mentions; a mention that names both is tagged as the subject's. */
function insertions(
  text: TokenizedText,
  { subject, object }: Candidate,
  tag: (end: End) => { readonly open: number; readonly close: number },
): Insertion[] {
  const own = new Set<Mention>(subject.mentions);
  const around = (mentions: readonly Mention[], end: End) => {
    const { open, close } = tag(end);
    return mentions.flatMap((mention): Insertion[] => [
      { token: tokenAt(text, mention), order: 1, id: open },
      { token: tokenBehind(text, mention), order: 0, id: close },
    ]);
  };
  const others = object.mentions.filter((mention) => !own.has(mention));
  const all = [...around(subject.mentions, "subject"), ...around(others, "object")];
  return all.sort((a, b) => a.token - b.token || a.order - b.order);
}

/** The first token after the words that a mention ends in. */
function tokenBehind({ starts }: TokenizedText, { end }: Mention): number {
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (required(starts[middle], "a token's start") < end) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Tokens [from, to) with their tags. */
function tagged({ ids }: TokenizedText, tags: readonly Insertion[], from: number, to: number): number[] {
  const found: number[] = [];
  let next = tags.findIndex(({ token, order }) => token > from || (token === from && order === 1));
  if (next === -1) next = tags.length;
  for (let token = from; token < to; token++) {
    for (let tag = tags[next]; tag !== undefined && tag.token <= token; tag = tags[++next])
      found.push(tag.id);
    found.push(required(ids[token], "a token"));
  }
  for (let tag = tags[next]; tag !== undefined && tag.token === to && tag.order === 0; tag = tags[++next]) {
    found.push(tag.id);
  }
  return found;
}

/** The tokens by which a document calls an entity where it is most explicit. */
function longestName(text: TokenizedText, { mentions }: DocumentEntity): Int32Array {
  const names = mentions.map((mention) =>
    text.ids.subarray(tokenAt(text, mention), tokenBehind(text, mention)),
  );
  return names.reduce((longest, ids) => (ids.length > longest.length ? ids : longest), new Int32Array());
}

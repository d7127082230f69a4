/**
 * Documents and candidates → the document network's inputs. A text that fits is one view; a longer one is cut
 * into halves of a view, and each pair is read in the view that joins the halves of its closest mentions, so no
 * document loses its tail and no pair its context.
 */
import type { Candidate } from "../core/candidate.js";
import { type Document, documentText, type Mention } from "../core/document.js";
import type { RelationTask } from "../core/relation-task.js";
import { mentionGap } from "../core/sentences.js";
import { labelIndex, type ModelLabels, markerName, markerSet, promptName } from "./labels.js";
import { FEATURES, pairFeatures } from "./pair-features.js";
import type { TokenizedText, WordPieceTokenizer } from "./tokenizer.js";

/** One pass of the network: its arrays (shapes in DocumentNetworkInputs) and the candidates it answers for. */
export interface DocumentView {
  readonly candidates: readonly Candidate[];
  readonly tokens: Int32Array;
  readonly prompt: Int32Array;
  readonly positions: Int32Array;
  readonly markers: Int32Array;
  readonly markerPositions: Int32Array;
  readonly mentionRows: Int32Array;
  readonly membership: Float32Array;
  readonly entities: number;
  readonly subjects: Int32Array;
  readonly objects: Int32Array;
  readonly features: Float32Array;
}

/** What turns documents into views for one model. */
export type ViewMaker = (document: Document, candidates: readonly Candidate[]) => DocumentView[];

/** A pair with its closest mentions, as token indices of the whole text. */
interface PlacedPair {
  readonly candidate: Candidate;
  readonly subject: Mention;
  readonly object: Mention;
  readonly subjectToken: number;
  readonly objectToken: number;
}

/** Positions taken by [CLS], the prompt and [SEP]. */
const OVERHEAD = 3;

/**
 * Prepares view making. `maxPositions` bounds a view's length in tokens, `maxPairs` the pairs asked in one pass
 * (memory: two marker rows a pair).
 */
export function viewMaker(
  tokenizer: WordPieceTokenizer,
  labels: ModelLabels,
  task: Pick<RelationTask, "prompt" | "ownMarkers">,
  limits: { readonly maxPositions: number; readonly maxPairs: number },
): ViewMaker {
  const cls = tokenizer.tokenId("[CLS]");
  const sep = tokenizer.tokenId("[SEP]");
  const prompt = labelIndex(labels.specials, promptName(task.prompt));
  const marker = (candidate: Candidate, end: "subject" | "object") =>
    labelIndex(labels.specials, markerName(markerSet(task), candidate[end].role, end));

  const view = (text: TokenizedText, spans: readonly Range[], pairs: readonly PlacedPair[]): DocumentView => {
    // A token's row is also its position: the prompt (row 0) takes position 1, [CLS] (row 1) position 0.
    const body = spans.flatMap((span) => [...text.ids.subarray(span.from, span.to)]);
    const tokens = Int32Array.from([cls, ...body, sep]);
    const rowOf = (token: number) => {
      let before = 2;
      for (const span of spans) {
        if (token >= span.from && token < span.to) return before + token - span.from;
        before += span.to - span.from;
      }
      return undefined;
    };
    const positions = Int32Array.from({ length: tokens.length + 1 }, (_, row) => (row < 2 ? 1 - row : row));
    const entities = [...new Set(pairs.flatMap((pair) => [pair.candidate.subject, pair.candidate.object]))];
    const entityIndex = new Map(entities.map((entity, index) => [entity, index]));
    const rows: number[] = [];
    const owners: number[][] = [];
    const rowIndex = new Map<number, number>();
    for (const [index, entity] of entities.entries()) {
      for (const mention of entity.mentions) {
        const row = rowOf(tokenAt(text, mention));
        if (row === undefined) continue;
        const column = rowIndex.get(row) ?? rows.push(row) - 1;
        rowIndex.set(row, column);
        owners[column] = [...(owners[column] ?? []), index];
      }
    }
    const membership = new Float32Array(entities.length * rows.length);
    for (const [column, indices] of owners.entries()) {
      for (const index of indices) membership[index * rows.length + column] = 1;
    }
    const place = (token: number) => rowOf(token) ?? 0;
    const entityOf = (end: "subject" | "object") =>
      Int32Array.from(pairs, (pair) => entityIndex.get(pair.candidate[end]) ?? 0);
    const features = new Float32Array(pairs.length * FEATURES);
    for (const [index, pair] of pairs.entries()) {
      features.set(pairFeatures(pair.candidate, pair.subject, pair.object), index * FEATURES);
    }
    return {
      candidates: pairs.map((pair) => pair.candidate),
      tokens,
      prompt: Int32Array.of(prompt),
      positions,
      markers: Int32Array.from([
        ...pairs.map((pair) => marker(pair.candidate, "subject")),
        ...pairs.map((pair) => marker(pair.candidate, "object")),
      ]),
      markerPositions: Int32Array.from([
        ...pairs.map((pair) => place(pair.subjectToken)),
        ...pairs.map((pair) => place(pair.objectToken)),
      ]),
      mentionRows: Int32Array.from(rows),
      membership,
      entities: entities.length,
      subjects: entityOf("subject"),
      objects: entityOf("object"),
      features,
    };
  };

  return (document, candidates) => {
    if (candidates.length === 0) return [];
    const text = tokenizer.tokenize(documentText(document));
    const placed = candidates.map((candidate) => placePair(text, candidate));
    return groupByWindow(text.ids.length, limits.maxPositions - OVERHEAD, placed).flatMap(
      ({ spans, pairs }) => chunks(pairs, limits.maxPairs).map((chunk) => view(text, spans, chunk)),
    );
  };
}

/** Tokens [from, to). */
interface Range {
  readonly from: number;
  readonly to: number;
}

/**
 * Groups pairs by the stretch of text that they are read in: the whole text, or two halves of a window. Pairs
 * across two halves fix which windows there must be; pairs within one half join such a window where there is one
 * (the encoder pass is the cost), the one nearest to reading on, else they get their own.
 */
function groupByWindow(
  length: number,
  room: number,
  pairs: readonly PlacedPair[],
): { spans: Range[]; pairs: PlacedPair[] }[] {
  if (length <= room) return [{ spans: [{ from: 0, to: length }], pairs: [...pairs] }];
  const half = Math.floor(room / 2);
  const last = Math.ceil(length / half) - 1;
  const groups = new Map<string, { halves: [number, number]; pairs: PlacedPair[] }>();
  const join = (halves: [number, number], pair: PlacedPair) => {
    const group = groups.get(halves.join(" ")) ?? { halves, pairs: [] };
    group.pairs.push(pair);
    groups.set(halves.join(" "), group);
  };
  const within: { pair: PlacedPair; half: number }[] = [];
  for (const pair of pairs) {
    const [low = 0, high = 0] = [pair.subjectToken, pair.objectToken]
      .map((token) => Math.floor(token / half))
      .sort((a, b) => a - b);
    if (low === high) within.push({ pair, half: low });
    else join([low, high], pair);
  }
  for (const { pair, half: only } of within) {
    const joint = [...groups.values()]
      .filter(({ halves }) => halves.includes(only))
      .sort((a, b) => a.halves[1] - a.halves[0] - (b.halves[1] - b.halves[0]))[0];
    join(joint?.halves ?? (only < last ? [only, only + 1] : [only - 1, only]), pair);
  }
  return [...groups.values()].map(({ halves, pairs: members }) => ({
    spans: halves.map((index) => ({ from: index * half, to: Math.min(length, (index + 1) * half) })),
    pairs: members,
  }));
}

/** Finds a pair's closest two mentions; the first such two on a tie. */
function placePair(text: TokenizedText, candidate: Candidate): PlacedPair {
  let best: { subject: Mention; object: Mention; gap: number } | undefined;
  for (const subject of candidate.subject.mentions) {
    for (const object of candidate.object.mentions) {
      const gap = mentionGap(subject, object);
      if (best === undefined || gap < best.gap) best = { subject, object, gap };
    }
  }
  if (best === undefined) throw new RangeError("a candidate has an entity without mentions");
  return {
    candidate,
    subject: best.subject,
    object: best.object,
    subjectToken: tokenAt(text, best.subject),
    objectToken: tokenAt(text, best.object),
  };
}

/** The first token of the word that a mention begins in; the last token for a mention behind all words. */
function tokenAt(text: TokenizedText, mention: Mention): number {
  let low = 0;
  let high = text.ends.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((text.ends[middle] ?? 0) <= mention.start) low = middle + 1;
    else high = middle;
  }
  return low;
}

function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

/**
 * Documents and candidates → the document network's inputs: a view for every window of the text that
 * text-windows.ts asks for.
 */
import { type Candidate, candidateEntities } from "../../core/candidate.js";
import { type Document, documentText } from "../../core/document.js";
import { BioWeftError } from "../../core/errors.js";
import type { RelationTask } from "../../core/relation-task.js";
import { required } from "../../core/required.js";
import {
  type PlacedPair,
  placePair,
  readingsWithin,
  type TextWindow,
  type TokenSpan,
  textWindows,
  tokenAt,
} from "../text/text-windows.js";
import type { TokenizedText, WordPieceTokenizer } from "../text/tokenizer.js";
import { labelIndex, type ModelLabels, markerName, markerSet, promptName } from "./labels.js";
import { FEATURES, pairFeatures } from "./pair-features.js";

/** One pass of the network: its arrays (shapes in DocumentNetworkInputs) and the candidates it answers for. */
export interface DocumentView {
  /** What each row of logits answers for: a candidate, and two of its mentions. A candidate may have several rows. */
  readonly readings: readonly PlacedPair[];
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
type ViewMaker = (document: Document, candidates: readonly Candidate[]) => DocumentView[];

type End = "subject" | "object";

/** Positions taken by [CLS], the prompt and [SEP]. */
const OVERHEAD = 3;

/** What bounds a view. */
export interface ViewLimits {
  /** Its length in tokens. */
  readonly maxPositions: number;
  /** Rows of logits asked in one pass; memory: two marker rows each. */
  readonly maxRows: number;
  /** At how many pairs of mentions, the closest first, a candidate is read. */
  readonly mentionPairs: number;
  /** Windows of one document, about; candidates and readings that need more are left out (readingsWithin). Absent: any number. */
  readonly mostWindows?: number;
}

/** Prepares view making. */
export function viewMaker(
  tokenizer: WordPieceTokenizer,
  labels: ModelLabels,
  task: Pick<RelationTask, "prompt" | "ownMarkers">,
  { maxPositions, maxRows, mentionPairs, mostWindows = Number.POSITIVE_INFINITY }: ViewLimits,
): ViewMaker {
  const { cls, sep } = tokenizer;
  const prompt = Int32Array.of(labelIndex(labels.specials, promptName(task.prompt)));
  const marker = (candidate: Candidate, end: End) =>
    labelIndex(labels.specials, markerName(markerSet(task), candidate[end].role, end));

  const view = (text: TokenizedText, { spans, pairs }: TextWindow): DocumentView => {
    const rowOf = rowFinder(spans);
    const body = spans.flatMap((span) => [...text.ids.subarray(span.from, span.to)]);
    const tokens = Int32Array.from([cls, ...body, sep]);
    return {
      readings: pairs,
      tokens,
      prompt,
      // A token's row is also its position, but for the prompt (row 0) and [CLS] (row 1), which change places.
      positions: Int32Array.from({ length: tokens.length + 1 }, (_, row) => (row < 2 ? 1 - row : row)),
      markers: bothEnds(pairs, (pair, end) => marker(pair.candidate, end)),
      markerPositions: markerPositions(spans, pairs),
      ...entityArrays(text, pairs, rowOf),
      features: featureRows(pairs),
    };
  };

  return (document, candidates) => {
    if (candidates.length === 0) return [];
    const text = tokenizer.tokenize(documentText(document));
    // Of what the tokenizer drops altogether nothing can be read.
    if (text.ids.length === 0) return [];
    const placed = candidates.flatMap((candidate) => placePair(text, candidate, mentionPairs));
    const room = maxPositions - OVERHEAD;
    const read = readingsWithin(text.ids.length, room, placed, mostWindows);
    return textWindows(text.ids.length, room, read).flatMap(({ spans, pairs }) =>
      chunks(pairs, maxRows).map((chunk) => view(text, { spans, pairs: chunk })),
    );
  };
}

/** Finds a token's row in a view of these spans: after the prompt and [CLS]; undefined for a token outside. */
function rowFinder(spans: readonly TokenSpan[]): (token: number) => number | undefined {
  return (token) => {
    let before = 2;
    for (const span of spans) {
      if (token >= span.from && token < span.to) return before + token - span.from;
      before += span.to - span.from;
    }
    return undefined;
  };
}

/** The rows of a view's markers: (2P). Throws INTERNAL for one whose mention is not in the view. */
export function markerPositions(spans: readonly TokenSpan[], pairs: readonly PlacedPair[]): Int32Array {
  const rowOf = rowFinder(spans);
  return bothEnds(pairs, (pair, end) => {
    const row = rowOf(pair[`${end}Token`]);
    if (row !== undefined) return row;
    const { curie } = pair.candidate[end];
    throw new BioWeftError("INTERNAL", `a marker of ${curie} stands outside of its window`);
  });
}

/** All subjects' values, then all objects': (2P). */
function bothEnds(pairs: readonly PlacedPair[], value: (pair: PlacedPair, end: End) => number): Int32Array {
  return Int32Array.from([
    ...pairs.map((pair) => value(pair, "subject")),
    ...pairs.map((pair) => value(pair, "object")),
  ]);
}

/** Which entity each end is, and on which rows of the view the entities are named. */
function entityArrays(
  text: TokenizedText,
  pairs: readonly PlacedPair[],
  rowOf: (token: number) => number | undefined,
): Pick<DocumentView, "entities" | "subjects" | "objects" | "mentionRows" | "membership"> {
  const entities = candidateEntities(pairs.map(({ candidate }) => candidate));
  const indexOf = new Map(entities.map((entity, index) => [entity, index]));
  // Mentions outside of the view have no row.
  const rowsOf = entities.map(({ mentions }) =>
    mentions.map((mention) => rowOf(tokenAt(text, mention))).filter((row) => row !== undefined),
  );
  const mentionRows = [...new Set(rowsOf.flat())];
  const columnOf = new Map(mentionRows.map((row, column) => [row, column]));
  const membership = new Float32Array(entities.length * mentionRows.length);
  for (const [entity, rows] of rowsOf.entries()) {
    for (const row of rows) {
      membership[entity * mentionRows.length + required(columnOf.get(row), "a mention's column")] = 1;
    }
  }
  const ends = (end: End) =>
    Int32Array.from(pairs, ({ candidate }) => required(indexOf.get(candidate[end]), "an entity of the pair"));
  return {
    entities: entities.length,
    subjects: ends("subject"),
    objects: ends("object"),
    mentionRows: Int32Array.from(mentionRows),
    membership,
  };
}

function featureRows(pairs: readonly PlacedPair[]): Float32Array {
  const features = new Float32Array(pairs.length * FEATURES);
  for (const [index, { candidate, subject, object }] of pairs.entries()) {
    features.set(pairFeatures(candidate, subject, object), index * FEATURES);
  }
  return features;
}

function chunks<Item>(items: readonly Item[], size: number): (readonly Item[])[] {
  if (items.length <= size) return items.length === 0 ? [] : [items];
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

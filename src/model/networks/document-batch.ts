/**
 * The document network for an engine, several documents a pass: for graphics cards, which one document does not fill.
 * Which documents go together, the inputs that arrange their rows, and the views' arrays under those names.
 */

import { required } from "../../core/required.js";
import type { DocumentView } from "../inputs/document-input.js";
import { FEATURES } from "../inputs/pair-features.js";
import type { Feed, Feeds, GraphInput, Network } from "../ops/network.js";
import { PADDED } from "../ops/ops.js";
import { DOCUMENT_INPUTS, type DocumentInputName } from "./document-graph.js";
import { manyDocuments } from "./document-layout.js";
import { type DocumentNetworkConfig, documentNetwork } from "./document-network.js";

const INPUTS = {
  ...DOCUMENT_INPUTS,
  prompt: { type: "int32", axes: ["documents"] },
  textOrder: { type: "int32", axes: ["text rows"] },
  markerOrder: { type: "int32", axes: ["marker rows"] },
  padding: { type: "float32", axes: ["documents", 1, 1, "columns"] },
  slots: { type: "float32", axes: ["documents", "slots"] },
  partners: { type: "int32", axes: ["marker rows"] },
  places: { type: "int32", axes: ["places"] },
  slotPositions: { type: "int32", axes: ["marker rows"] },
  subjectSlots: { type: "int32", axes: ["pairs"] },
  objectSlots: { type: "int32", axes: ["pairs"] },
} as const satisfies Readonly<Record<string, GraphInput>>;

/** Names of the inputs; the meaning of those that one document lacks stands in ManyDocumentRows. */
export type DocumentBatchInputName = keyof typeof INPUTS;

/** The document network of these sizes, several documents a pass: the logits of the first one's pairs, then the next one's. */
export function documentBatchGraph(config: DocumentNetworkConfig): Network<DocumentBatchInputName> {
  return {
    inputs: INPUTS,
    build: (ops, inputs) => documentNetwork(ops, config, inputs, manyDocuments(ops, config, inputs)),
  };
}

/**
 * Views in groups, each for one pass, as indexes: views of about one size together, as many as a budget of rows
 * allows, padding included; every view once.
 */
export function* documentBatches(views: readonly DocumentView[], rows: number): Generator<number[]> {
  const sizes = views.map(({ positions, subjects }) => ({ text: positions.length, pairs: subjects.length }));
  const sizeOf = (index: number) => required(sizes[index], "a view's size");
  const rowsOf = ({ text, pairs }: { text: number; pairs: number }) => text + 2 * pairs;
  const largestFirst = [...views.keys()].sort((a, b) => rowsOf(sizeOf(b)) - rowsOf(sizeOf(a)));
  let [group, longest, most]: [number[], number, number] = [[], 0, 0];
  for (const index of largestFirst) {
    const { text, pairs } = sizeOf(index);
    const [withText, withPairs] = [Math.max(longest, text), Math.max(most, pairs)];
    if (group.length > 0 && (group.length + 1) * (withText + 2 * withPairs) > rows) {
      yield group;
      [group, longest, most] = [[index], text, pairs];
    } else {
      [longest, most] = [withText, withPairs];
      group.push(index);
    }
  }
  if (group.length > 0) yield group;
}

/** The feeds of several views in one pass; at least one. */
export function documentBatchFeeds(views: readonly DocumentView[]): Feeds<DocumentBatchInputName> {
  const sizes = {
    text: Math.max(...views.map(({ positions }) => positions.length)),
    pairs: Math.max(...views.map(({ subjects }) => subjects.length)),
  };
  return { ...concatenated(views, sizes.text), ...places(views, sizes.text, sizes.pairs) };
}

/** What one document's pass takes, one view after the other; text rows and entities counted through all. */
function concatenated(views: readonly DocumentView[], text: number): Feeds<DocumentInputName> {
  const ints = (part: (view: DocumentView, index: number) => Int32Array) =>
    row(joinedInts(views.map((view, index) => part(view, index))));
  const entitiesBefore = runningSums(views.map(({ entities }) => entities));
  const entity = (ends: Int32Array, index: number) => {
    const before = required(entitiesBefore[index], "the entities before a view");
    return ends.map((end) => end + before);
  };
  return {
    tokens: ints((view) => view.tokens),
    prompt: ints((view) => view.prompt),
    positions: row(
      joinedInts([
        ...views.map(({ positions }) => positions.subarray(0, 1)),
        ...views.map(({ positions }) => positions.subarray(1)),
      ]),
    ),
    markers: ints((view) => view.markers),
    markerPositions: ints((view) => view.markerPositions),
    mentionRows: ints((view, index) => view.mentionRows.map((mention) => index * text + mention)),
    membership: blockDiagonal(views),
    subjects: ints((view, index) => entity(view.subjects, index)),
    objects: ints((view, index) => entity(view.objects, index)),
    features: {
      data: joined(
        views.map(({ features }) => features),
        new Float32Array(total(views, ({ features }) => features.length)),
      ),
      shape: [total(views, ({ subjects }) => subjects.length), FEATURES],
    },
  };
}

/** (ΣE, ΣM): an entity has mentions in its own document only. */
function blockDiagonal(views: readonly DocumentView[]): Feed {
  const entities = total(views, (view) => view.entities);
  const mentions = total(views, (view) => view.mentionRows.length);
  const data = new Float32Array(entities * mentions);
  let [firstEntity, firstMention] = [0, 0];
  for (const { membership, entities: own, mentionRows } of views) {
    for (let entity = 0; entity < own; entity++) {
      const cells = membership.subarray(entity * mentionRows.length, (entity + 1) * mentionRows.length);
      data.set(cells, (firstEntity + entity) * mentions + firstMention);
    }
    firstEntity += own;
    firstMention += mentionRows.length;
  }
  return { data, shape: [entities, mentions] };
}

/**
 * Where each document's rows go. Embedded rows are all prompts, all words, all markers; a document's text rows begin
 * with its prompt, and its slots hold its subjects, then its objects, each padded to `pairs`.
 */
function places(views: readonly DocumentView[], text: number, pairs: number) {
  const count = views.length;
  const slots = 2 * pairs;
  const wordsBefore = runningSums(views.map(({ tokens }) => tokens.length));
  const markersBefore = runningSums(views.map(({ markers }) => markers.length));
  const firstMarker = count + total(views, ({ tokens }) => tokens.length);
  const textOrder = new Int32Array(count * text);
  const markerOrder = new Int32Array(count * slots);
  const slotPositions = new Int32Array(count * slots);
  const padding = new Float32Array(count * (text + 2)).fill(PADDED);
  for (const [index, view] of views.entries()) {
    const own = view.subjects.length;
    const firstWord = count + required(wordsBefore[index], "the words before a view");
    textOrder[index * text] = index;
    for (let word = 0; word < view.tokens.length; word++) {
      textOrder[index * text + 1 + word] = firstWord + word;
    }
    padding.fill(0, index * (text + 2), index * (text + 2) + view.positions.length);
    padding.fill(0, index * (text + 2) + text, (index + 1) * (text + 2));
    const ownMarker = firstMarker + required(markersBefore[index], "the markers before a view");
    for (let marker = 0; marker < 2 * own; marker++) {
      const slot = index * slots + (marker < own ? marker : pairs + marker - own);
      markerOrder[slot] = ownMarker + marker;
      slotPositions[slot] = required(view.markerPositions[marker], "a marker's position");
    }
  }
  const partners = Int32Array.from({ length: count * slots }, (_, slot) =>
    slot % slots < pairs ? slot + pairs : slot - pairs,
  );
  const subjectSlots = Int32Array.from(
    views.flatMap(({ subjects }, index) => [...subjects.keys()].map((pair) => index * slots + pair)),
  );
  return {
    textOrder: row(textOrder),
    markerOrder: row(markerOrder),
    padding: { data: padding, shape: [count, 1, 1, text + 2] },
    slots: { data: new Float32Array(count * slots), shape: [count, slots] },
    partners: row(partners),
    // As a view's own: its prompt and [CLS] change places.
    places: row(Int32Array.from({ length: text }, (_, place) => (place < 2 ? 1 - place : place))),
    slotPositions: row(slotPositions),
    subjectSlots: row(subjectSlots),
    objectSlots: row(subjectSlots.map((slot) => slot + pairs)),
  };
}

/** For each number, the sum of those before it. */
function runningSums(values: readonly number[]): number[] {
  let sum = 0;
  return values.map((value) => {
    const before = sum;
    sum += value;
    return before;
  });
}

function total(views: readonly DocumentView[], size: (view: DocumentView) => number): number {
  return views.reduce((sum, view) => sum + size(view), 0);
}

/** Fills an array that is as long as all parts with one after the other. */
function joined<Values extends Int32Array | Float32Array>(parts: readonly Values[], into: Values): Values {
  const before = runningSums(parts.map(({ length }) => length));
  for (const [index, part] of parts.entries()) into.set(part, before[index]);
  return into;
}

function joinedInts(parts: readonly Int32Array[]): Int32Array {
  return joined(parts, new Int32Array(parts.reduce((sum, { length }) => sum + length, 0)));
}

function row(data: Int32Array): Feed {
  return { data, shape: [data.length] };
}

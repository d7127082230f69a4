/**
 * The document network for an engine in two parts: the text of a view once, then its pairs, as many a pass as one
 * likes. The same arithmetic as document-graph.ts, row by row, so the same logits; but a text whose pairs do not go into one
 * pass is not read again for the rest.
 */
import { required } from "../../core/required.js";
import type { DocumentView } from "../inputs/document-input.js";
import { FEATURES } from "../inputs/pair-features.js";
import { type Feed, type Feeds, type GraphInput, mapInputs, type NetworkPart } from "../ops/network.js";
import type { Ops } from "../ops/ops.js";
import { DOCUMENT_INPUTS, documentFeeds } from "./document-graph.js";
import { oneText, oneTextsMarkers } from "./document-layout.js";
import { type DocumentNetworkConfig, pairLogits, textMemory } from "./document-network.js";

const TEXT_INPUTS = {
  tokens: DOCUMENT_INPUTS.tokens,
  prompt: DOCUMENT_INPUTS.prompt,
  positions: DOCUMENT_INPUTS.positions,
} as const satisfies Readonly<Record<string, GraphInput>>;
const PAIR_INPUTS = {
  positions: DOCUMENT_INPUTS.positions,
  markers: DOCUMENT_INPUTS.markers,
  markerPositions: DOCUMENT_INPUTS.markerPositions,
  mentionRows: DOCUMENT_INPUTS.mentionRows,
  membership: DOCUMENT_INPUTS.membership,
  subjects: DOCUMENT_INPUTS.subjects,
  objects: DOCUMENT_INPUTS.objects,
  features: DOCUMENT_INPUTS.features,
} as const satisfies Readonly<Record<string, GraphInput>>;
const STATES = "states";

/** Names of the inputs of the text's part. */
export type TextInputName = keyof typeof TEXT_INPUTS;
/** Names of the inputs of the pairs' part that are not the text's outputs. */
type PairsInputName = keyof typeof PAIR_INPUTS;
/** The text's outputs by name, as they come: its keys and values of every layer, and its last states. */
type TextMemoryArrays = Readonly<Record<string, Float32Array>>;

/** The text's part: a view's words -> all that its pairs read of them. */
export function textPart(config: DocumentNetworkConfig): NetworkPart<TextInputName, string> {
  return {
    inputs: TEXT_INPUTS,
    outputs: Object.fromEntries(memoryNames(config).map((name) => [name, ["text", "width"]])),
    build: (ops, inputs) => {
      const { keys, values, states } = textMemory(
        ops,
        config,
        inputs,
        oneText(ops, config, inputs.positions),
      );
      return Object.fromEntries([
        ...keys.map((key, layer) => [keyName(layer), key]),
        ...values.map((value, layer) => [valueName(layer), value]),
        [STATES, states],
      ]);
    },
  };
}

/** The pairs' part: what the text's gave, and any of the view's pairs -> their logits (P, R). */
export function pairsPart(config: DocumentNetworkConfig): NetworkPart<string, "logits"> {
  const memory = { type: "float32", axes: ["text", config.hiddenSize] } as const;
  return {
    inputs: {
      ...PAIR_INPUTS,
      ...Object.fromEntries(memoryNames(config).map((name) => [name, memory])),
    },
    outputs: { logits: ["pairs", "classes"] },
    build: <Tensor>(ops: Ops<Tensor>, inputs: Readonly<Record<string, Tensor>>) => {
      const input = (name: string) => required(inputs[name], `the input ${name}`);
      const own = mapInputs<PairsInputName, Tensor>({ inputs: PAIR_INPUTS }, input);
      const layers = Array.from({ length: config.layers }, (_, layer) => layer);
      const memory = {
        keys: layers.map((layer) => input(keyName(layer))),
        values: layers.map((layer) => input(valueName(layer))),
        states: input(STATES),
      };
      return { logits: pairLogits(ops, config, own, memory, oneTextsMarkers(ops, config, own)) };
    },
  };
}

/** A view's text as feeds. */
export function textFeeds(view: DocumentView): Feeds<TextInputName> {
  const { tokens, prompt, positions } = documentFeeds(view);
  return { tokens, prompt, positions };
}

/** The rows [from, to) of a view's pairs as feeds, with what its text gave. Shares their memory. */
export function pairsFeeds(
  view: DocumentView,
  memory: TextMemoryArrays,
  from: number,
  to: number,
): Feeds<string> {
  const pairs = view.subjects.length;
  const text = view.positions.length;
  // Of the markers all subjects come first, then all objects.
  const ofBoth = (all: Int32Array) => {
    const own = new Int32Array(2 * (to - from));
    own.set(all.subarray(from, to));
    own.set(all.subarray(pairs + from, pairs + to), to - from);
    return own;
  };
  const own = documentFeeds({
    ...view,
    markers: ofBoth(view.markers),
    markerPositions: ofBoth(view.markerPositions),
    subjects: view.subjects.subarray(from, to),
    objects: view.objects.subarray(from, to),
    features: view.features.subarray(from * FEATURES, to * FEATURES),
  });
  const states = Object.entries(memory).map(([name, data]): [string, Feed] => [
    name,
    { data, shape: [text, data.length / text] },
  ]);
  return {
    ...mapInputs({ inputs: PAIR_INPUTS }, (name: PairsInputName) => own[name]),
    ...Object.fromEntries(states),
  };
}

function memoryNames({ layers }: DocumentNetworkConfig): string[] {
  const all = Array.from({ length: layers }, (_, layer) => [keyName(layer), valueName(layer)]);
  return [...all.flat(), STATES];
}

function keyName(layer: number): string {
  return `keys.${layer}`;
}

function valueName(layer: number): string {
  return `values.${layer}`;
}

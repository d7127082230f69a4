/**
 * The document network for an engine, one document a pass: the types and axes of its inputs, and a view's arrays under
 * those names. Several a pass: document-batch.ts.
 */
import type { DocumentView } from "../inputs/document-input.js";
import { FEATURES } from "../inputs/pair-features.js";
import type { Feed, Feeds, GraphInput, Network } from "../ops/network.js";
import { oneDocument } from "./document-layout.js";
import { type DocumentNetworkConfig, documentNetwork } from "./document-network.js";

/** The network's inputs. */
export const DOCUMENT_INPUTS = {
  tokens: { type: "int32", axes: ["words"] },
  prompt: { type: "int32", axes: [1] },
  positions: { type: "int32", axes: ["text"] },
  markers: { type: "int32", axes: ["markers"] },
  markerPositions: { type: "int32", axes: ["markers"] },
  mentionRows: { type: "int32", axes: ["mentions"] },
  membership: { type: "float32", axes: ["entities", "mentions"] },
  subjects: { type: "int32", axes: ["pairs"] },
  objects: { type: "int32", axes: ["pairs"] },
  features: { type: "float32", axes: ["pairs", FEATURES] },
} as const satisfies Readonly<Record<string, GraphInput>>;

/** Names of the document network's inputs; their meaning stands in DocumentNetworkInputs. */
export type DocumentInputName = keyof typeof DOCUMENT_INPUTS;

/** The document network of these sizes: logits (P, R). */
export function documentGraph(config: DocumentNetworkConfig): Network<DocumentInputName> {
  return {
    inputs: DOCUMENT_INPUTS,
    build: (ops, inputs) => documentNetwork(ops, config, inputs, oneDocument(ops, config, inputs)),
  };
}

/** A view's arrays as feeds. Shares their memory. */
export function documentFeeds(view: DocumentView): Feeds<DocumentInputName> {
  return {
    tokens: row(view.tokens),
    prompt: row(view.prompt),
    positions: row(view.positions),
    markers: row(view.markers),
    markerPositions: row(view.markerPositions),
    mentionRows: row(view.mentionRows),
    membership: { data: view.membership, shape: [view.entities, view.mentionRows.length] },
    subjects: row(view.subjects),
    objects: row(view.objects),
    features: { data: view.features, shape: [view.subjects.length, FEATURES] },
  };
}

function row(data: Int32Array): Feed {
  return { data, shape: [data.length] };
}

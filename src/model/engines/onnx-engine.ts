/**
 * The document network on ONNX Runtime: recorded from its one definition when a model is loaded, then run on
 * the CPU in fp32.
 */
import { InferenceSession, Tensor } from "onnxruntime-node";
import { BioWeftError, messageOf } from "../../core/errors.js";
import type { DocumentView } from "../document-input.js";
import { type DocumentNetworkConfig, documentNetwork } from "../document-network.js";
import { type GraphInput, recordOnnx } from "../onnx-ops.js";
import { FEATURES } from "../pair-features.js";
import type { Parameters } from "../parameters.js";
import type { DocumentEngine } from "./engine.js";

const INPUTS = {
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

/** The network as an ONNX file's bytes, weights included. */
export function documentNetworkOnnx(config: DocumentNetworkConfig, parameters: Parameters): Uint8Array {
  return recordOnnx(INPUTS, parameters, (ops, inputs) => documentNetwork(ops, config, inputs));
}

/** Loads a network into ONNX Runtime; throws MODEL where the runtime refuses it. */
export async function loadOnnxEngine(
  config: DocumentNetworkConfig,
  parameters: Parameters,
): Promise<DocumentEngine> {
  const session = await InferenceSession.create(documentNetworkOnnx(config, parameters), {
    executionProviders: ["cpu"],
    logSeverityLevel: 3,
  }).catch((cause: unknown) => {
    throw new BioWeftError("MODEL", `ONNX Runtime does not load the network: ${messageOf(cause)}`, { cause });
  });
  return {
    name: "onnx",
    async logits(view) {
      const { logits } = await session.run(feeds(view));
      if (logits === undefined) throw new BioWeftError("MODEL", "the network gave no logits");
      return logits.data as Float32Array;
    },
    dispose: () => session.release(),
  };
}

function feeds(view: DocumentView): Record<keyof typeof INPUTS, Tensor> {
  const ints = (values: Int32Array) => new Tensor("int32", values, [values.length]);
  return {
    tokens: ints(view.tokens),
    prompt: ints(view.prompt),
    positions: ints(view.positions),
    markers: ints(view.markers),
    markerPositions: ints(view.markerPositions),
    mentionRows: ints(view.mentionRows),
    membership: new Tensor("float32", view.membership, [view.entities, view.mentionRows.length]),
    subjects: ints(view.subjects),
    objects: ints(view.objects),
    features: new Tensor("float32", view.features, [view.candidates.length, FEATURES]),
  };
}

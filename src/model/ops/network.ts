/**
 * A network as engines see it: named inputs, and one definition over Ops that any execution can run. Engines know
 * neither documents nor pairs; document-graph.ts says what the document network's inputs are.
 */
import type { Ops } from "./ops.js";

/** An input of a network: its element type and its axes, named where their length is open. */
export interface GraphInput {
  readonly type: "float32" | "int32";
  readonly axes: readonly (string | number)[];
}

/** A definition that can be executed. */
export interface Network<Name extends string> {
  readonly inputs: Readonly<Record<Name, GraphInput>>;
  /** The one output: float32 logits (rows, classes). Its weights come from `ops.weight`. */
  build<Tensor>(ops: Ops<Tensor>, inputs: Readonly<Record<Name, Tensor>>): Tensor;
}

/**
 * A part of a network: like one, but with outputs of its own choice, which the next part takes as inputs. What many
 * passes have in common is computed once so.
 */
export interface NetworkPart<Name extends string, Output extends string> {
  readonly inputs: Readonly<Record<Name, GraphInput>>;
  /** The axes of each output, all float32. */
  readonly outputs: Readonly<Record<Output, readonly string[]>>;
  build<Tensor>(ops: Ops<Tensor>, inputs: Readonly<Record<Name, Tensor>>): Readonly<Record<Output, Tensor>>;
}

/** A network as the part of one output that it is. */
export function wholeNetwork<Name extends string>(network: Network<Name>): NetworkPart<Name, "logits"> {
  return {
    inputs: network.inputs,
    outputs: { logits: ["pairs", "classes"] },
    build: (ops, inputs) => ({ logits: network.build(ops, inputs) }),
  };
}

/** One input's values, row-major: float32 or int32 as the input says, and as many as the shape holds. */
export interface Feed {
  readonly data: Float32Array | Int32Array;
  readonly shape: readonly number[];
}

/** The values of all inputs for one pass. */
export type Feeds<Name extends string> = Readonly<Record<Name, Feed>>;

/** One value for each input, with the inputs' names as keys. */
export function mapInputs<Name extends string, Value>(
  network: { readonly inputs: Readonly<Record<Name, GraphInput>> },
  value: (name: Name, input: GraphInput) => Value,
): Record<Name, Value> {
  const values: Partial<Record<Name, Value>> = {};
  for (const name of Object.keys(network.inputs) as Name[]) values[name] = value(name, network.inputs[name]);
  return values as Record<Name, Value>;
}

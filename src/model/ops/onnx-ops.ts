/**
 * Ops that record instead of computing: running a network over them yields an ONNX graph (opset 20, in int8 21) with
 * the same arithmetic, its weights inside. Sizes that depend on the document stay open. Source: the ONNX operator
 * specification and ONNX Runtime's list of its own operators; shapes are those of Ops.
 *
 * Precisions: `fp32`; `fp16`, half precision throughout but for logarithms and exponentials, which would leave its
 * range; `int8`, dense layers as products of 8-bit integers (a scale an output for the weights, which are known, and
 * a scale a row for the activations, which are rounded as they come), the vocabulary fp16, everything else fp32.
 */
import { toFloat16 } from "./float-formats.js";
import { isWorthInt8, toInt8 } from "./int8.js";
import { type GraphInput, mapInputs, type Network, type NetworkPart, wholeNetwork } from "./network.js";
import { ABSENT, DataType, OnnxGraph, RUNTIME_DOMAIN, type Symbolic } from "./onnx-graph.js";
import { intsOf, shapeOps } from "./onnx-shapes.js";
import type { Ops } from "./ops.js";
import { type Parameters, parameter } from "./parameters.js";

/** How a recorded network computes, the exact one first. */
export const PRECISIONS = ["fp32", "fp16", "int8"] as const;
export type Precision = (typeof PRECISIONS)[number];

/** The first operator set whose QuantizeLinear knows blocks. */
const BLOCKS_OPSET = 21;
/** Tables with fewer rows than a vocabulary stay as they are. */
const VOCABULARY_ROWS = 4096;

/** Records a network to an ONNX file's bytes, weights included; its output is called `logits`. */
export function recordOnnx<Name extends string>(
  network: Network<Name>,
  parameters: Parameters,
  precision: Precision = "fp32",
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  return recordPart(wholeNetwork(network), parameters, precision, metadata);
}

/** Records a part of a network, with those weights that it reads. */
export function recordPart<Name extends string, Output extends string>(
  part: NetworkPart<Name, Output>,
  parameters: Parameters,
  precision: Precision,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  const graph = new OnnxGraph(precision === "int8" ? BLOCKS_OPSET : undefined);
  const recorder = new GraphRecorder(graph, parameters, precision);
  const inputs = mapInputs(part, (name, input) => recorder.input(name, input));
  const values = part.build(recorder.ops(), inputs);
  const outputs = (Object.keys(part.outputs) as Output[]).map((name) => ({
    value: recorder.float32(values[name]),
    ...{ name, axes: part.outputs[name] },
  }));
  return graph.encode(part.inputs, outputs, metadata);
}

/** A matrix as 8-bit integers: row r is about scales[r] · (integers[r] − zero). */
interface RoundedRows {
  readonly integers: Symbolic;
  readonly zero: Symbolic;
  /** (N, 1) */
  readonly scales: Symbolic;
}

class GraphRecorder {
  private readonly weights = new Map<string, Symbolic>();
  /** The matrices (N, H·d) whose heads were split, by the name of the split value. */
  private readonly unsplit = new Map<string, { readonly matrix: Symbolic; readonly heads: number }>();
  private readonly geluOutputs = new Set<string>();
  /** By the name of what was rounded. */
  private readonly roundedRows = new Map<string, RoundedRows>();
  /** fp16 only: names of the values that are float32 all the same. */
  private readonly wide = new Set<string>();

  constructor(
    private readonly graph: OnnxGraph,
    private readonly parameters: Parameters,
    private readonly precision: Precision,
  ) {}

  /** An input in the precision that the network computes in. */
  input(name: string, { type }: GraphInput): Symbolic {
    if (type === "float32") this.widen(name);
    return type === "float32" ? this.half({ name }) : { name };
  }

  /** The value in single precision. */
  float32(x: Symbolic): Symbolic {
    if (this.precision !== "fp16" || this.wide.has(x.name)) return x;
    return this.widen(this.graph.node("Cast", [x], { to: DataType.FLOAT }).name);
  }

  ops(): Ops<Symbolic> {
    const node = this.graph.node.bind(this.graph);
    const ints = (...values: bigint[]) => this.ints(values);
    return {
      ...shapeOps(this.graph),
      weight: (name) => this.weight(name),
      gather: (table, rows) => this.gather(table, rows),
      add: (a, b) => node("Add", [a, b]),
      mul: (a, b) => node("Mul", [a, b]),
      scale: (x, factor) => node("Mul", [x, this.reals([], Float32Array.of(factor))]),
      exp: (x) => this.widen(node("Exp", [this.float32(x)]).name),
      log: (x) => this.half(this.widen(node("Log", [this.float32(x)]).name)),
      sumLast: (x) => node("ReduceSum", [x, ints(-1n)], { keepdims: 1 }),
      softmax: (x) => node("Softmax", [x], { axis: -1 }),
      attention: (query, keys, values, bias) =>
        this.fusedAttention(query, keys, values, bias) ?? this.attention(query, keys, values, bias),
      gelu: (x) => this.gelu(x),
      tanh: (x) => node("Tanh", [x]),
      layerNorm: (x, gain, bias, epsilon) =>
        node("LayerNormalization", [x, gain, bias], { axis: -1, epsilon: { float: epsilon } }),
      linear: (x, weight, bias) => this.linear(x, weight, bias),
      matmul: (a, b, transposeB) => this.product(a, b, transposeB),
      splitHeads: (x, heads) => this.splitHeads(x, heads),
      mergeHeads: (x) =>
        this.unsplit.get(x.name)?.matrix ??
        node("Reshape", [node("Transpose", [x], { perm: [1, 0, 2] }), ints(0n, -1n)]),
    };
  }

  private attention(query: Symbolic, keys: Symbolic, values: Symbolic, bias?: Symbolic): Symbolic {
    const scores = this.product(query, keys, true);
    const biased = bias === undefined ? scores : this.graph.node("Add", [scores, bias]);
    return this.product(this.graph.node("Softmax", [biased], { axis: -1 }), values);
  }

  /**
   * One node for attention over matrices whose heads were just split: it never holds the scores of all rows at
   * once. Undefined where the operands are of another kind.
   */
  private fusedAttention(
    query: Symbolic,
    keys: Symbolic,
    values: Symbolic,
    bias?: Symbolic,
  ): Symbolic | undefined {
    const parts = [query, keys, values].map(({ name }) => this.unsplit.get(name));
    const heads = parts[0]?.heads;
    if (heads === undefined || parts.includes(undefined)) return undefined;
    const first = this.ints([0n]);
    const alone = (x: Symbolic) => this.graph.node("Unsqueeze", [x, first]); // (…) -> (1, …)
    const operands = parts.map((part) => (part === undefined ? ABSENT : alone(part.matrix)));
    const biases = bias === undefined ? [] : [ABSENT, ABSENT, alone(bias)];
    // The queries are scaled already.
    const attributes = { num_heads: heads, scale: { float: 1 } };
    const context = this.graph.node(
      "MultiHeadAttention",
      [...operands, ...biases],
      attributes,
      RUNTIME_DOMAIN,
    );
    return this.splitHeads(this.graph.node("Squeeze", [context, first]), heads);
  }

  private splitHeads(x: Symbolic, heads: number): Symbolic {
    const split = this.graph.node("Reshape", [x, this.ints([0n, BigInt(heads), -1n])]);
    const value = this.graph.node("Transpose", [split], { perm: [1, 0, 2] });
    this.unsplit.set(value.name, { matrix: x, heads });
    return value;
  }

  private gelu(x: Symbolic): Symbolic {
    const value = this.graph.node("Gelu", [x]);
    this.geluOutputs.add(value.name);
    return value;
  }

  private product(a: Symbolic, b: Symbolic, transposeB = false): Symbolic {
    const isWide = this.wide.has(a.name) || this.wide.has(b.name);
    const [left, right] = isWide ? [this.float32(a), this.float32(b)] : [a, b];
    const perm = b.batched ? [0, 1, 3, 2] : [0, 2, 1];
    const factor = transposeB ? this.graph.node("Transpose", [right], { perm }) : right;
    const value = this.graph.node("MatMul", [left, factor]);
    return isWide ? this.widen(value.name) : value;
  }

  private linear(x: Symbolic, weight: Symbolic, bias: Symbolic): Symbolic {
    const dense = parameter(this.parameters, weight.name);
    if (this.precision !== "int8" || !isWorthInt8(dense.shape)) {
      return this.graph.node("Gemm", [x, weight, bias], { transB: 1 });
    }
    const { rows, width, values, scales } = toInt8(dense);
    const factor = this.graph.tensor(DataType.INT8, [width, rows], values);
    const factorScales = this.graph.tensor(DataType.FLOAT, [rows], scales);
    const left = this.rounded(x, width);
    // It takes one scale for all rows at most, so theirs are multiplied in afterwards.
    const operands = [left.integers, factor, this.reals([], Float32Array.of(1)), factorScales, left.zero];
    const product = this.graph.node("MatMulIntegerToFloat", operands, {}, RUNTIME_DOMAIN);
    return this.graph.node("Add", [this.graph.node("Mul", [product, left.scales]), bias]);
  }

  /**
   * Rows of this width as 8-bit integers, each with a scale of its own: with one for all rows, a few tokens with large
   * activations cost the others their precision (seen on BioRED: twice the mean difference, and 97.1% instead of 99.2%
   * of the pairs in the class that fp32 finds), and a pair's answer would depend on what is asked with it.
   */
  private rounded(x: Symbolic, width: number): RoundedRows {
    // Queries, keys and values read the same rows, which are rounded once.
    const known = this.roundedRows.get(x.name);
    if (known !== undefined) return known;
    // subtle: gelu never goes below -0.17; as its rows have a largest magnitude of 1.2 at least here, 32 of 255 steps
    // hold all of that.
    const [steps, least] = this.geluOutputs.has(x.name) ? [32, 1.2] : [128, 1e-9];
    const last = this.ints([-1n]);
    const highest = this.graph.node("ReduceMax", [x, last], { keepdims: 1 });
    const bounds = [highest, this.reals([], Float32Array.of(least))];
    if (!this.geluOutputs.has(x.name)) {
      bounds.push(this.graph.node("Neg", [this.graph.node("ReduceMin", [x, last], { keepdims: 1 })]));
    }
    const magnitudes = this.graph.node("Max", bounds); // (N, 1)
    const scales = this.graph.node("Mul", [magnitudes, this.reals([], Float32Array.of(1 / (255 - steps)))]);
    const zero = this.graph.tensor(DataType.UINT8, [], Uint8Array.of(steps));
    const zeros = this.graph.node("Expand", [zero, this.graph.node("Shape", [scales])]);
    // A block a row: the runtime rounds blocks with all its threads, but the channels of an axis with one only.
    const integers = this.graph.node("QuantizeLinear", [x, scales, zeros], { axis: 1, block_size: width });
    const rows = { integers, zero, scales };
    this.roundedRows.set(x.name, rows);
    return rows;
  }

  private gather(table: Symbolic, rows: Symbolic): Symbolic {
    const known = this.parameters.get(table.name);
    if (this.precision !== "int8" || known === undefined || (known.shape[0] ?? 0) < VOCABULARY_ROWS) {
      return this.graph.node("Gather", [table, rows], { axis: 0 });
    }
    const halves = this.graph.tensor(DataType.FLOAT16, known.shape, toFloat16(known.data));
    return this.graph.node("Cast", [this.graph.node("Gather", [halves, rows], { axis: 0 })], {
      to: DataType.FLOAT,
    });
  }

  private weight(name: string): Symbolic {
    const known = this.weights.get(name);
    if (known !== undefined) return known;
    const { shape, data } = parameter(this.parameters, name);
    const symbol = this.reals(shape, data, name);
    this.weights.set(name, symbol);
    return symbol;
  }

  /** Real numbers in the network's precision. */
  private reals(shape: readonly number[], data: Float32Array, name?: string): Symbolic {
    if (this.precision !== "fp16") return this.graph.tensor(DataType.FLOAT, shape, data, name);
    return this.graph.tensor(DataType.FLOAT16, shape, toFloat16(data), name);
  }

  private ints(values: readonly bigint[]): Symbolic {
    return intsOf(this.graph, values);
  }

  /** The value in half precision, if that is what the network computes in. */
  private half(x: Symbolic): Symbolic {
    if (this.precision !== "fp16") return x;
    return this.graph.node("Cast", [x], { to: DataType.FLOAT16 });
  }

  private widen(name: string): Symbolic {
    this.wide.add(name);
    return { name };
  }
}

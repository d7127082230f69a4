/**
 * Ops that record instead of computing: running a network over them yields an ONNX graph (opset 20) with the
 * same arithmetic, its weights inside. Sizes that depend on the document stay open. Source: the ONNX operator
 * specification; shapes are those of Ops.
 */
import onnxProto from "onnx-proto";
import { type GraphInput, mapInputs, type Network } from "./network.js";
import type { Ops } from "./ops.js";
import { type Parameters, parameter } from "./parameters.js";
import { bucketOfDifference } from "./relative-position.js";

const { onnx } = onnxProto;
const { AttributeType } = onnx.AttributeProto;
const { DataType } = onnx.TensorProto;

/** A value of the graph under construction. */
export interface Symbolic {
  readonly name: string;
  /** Set for (B, H, T, d). */
  readonly batched?: true;
}

type NodeAttributes = Readonly<Record<string, number | readonly number[]>>;
/** "To the end of the axis", as Slice spells it. */
const END = 2n ** 63n - 1n;

/** Records a network to an ONNX file's bytes, weights included; its output is called `logits`. */
export function recordOnnx<Name extends string>(network: Network<Name>, parameters: Parameters): Uint8Array {
  const recorder = new GraphRecorder(parameters);
  const inputs = mapInputs(network, (name): Symbolic => ({ name }));
  recorder.node("Identity", [network.build(recorder.ops(), inputs)], {}, "logits");
  const graph = {
    name: "bioweft",
    node: recorder.nodes,
    initializer: recorder.initializers,
    input: (Object.keys(inputs) as Name[]).map((name) => valueInfo(name, network.inputs[name])),
    output: [valueInfo("logits", { type: "float32", axes: ["pairs", "classes"] })],
  };
  return onnx.ModelProto.encode({
    irVersion: 9,
    producerName: "bioweft",
    opsetImport: [{ domain: "", version: 20 }],
    graph,
  }).finish();
}

class GraphRecorder {
  readonly nodes: InstanceType<typeof onnx.NodeProto>[] = [];
  readonly initializers: InstanceType<typeof onnx.TensorProto>[] = [];
  private readonly weights = new Map<string, Symbolic>();

  constructor(private readonly parameters: Parameters) {}

  node(
    opType: string,
    inputs: readonly Symbolic[],
    attributes: NodeAttributes = {},
    output = this.fresh(),
  ): Symbolic {
    this.record(opType, inputs, attributes, [output]);
    return { name: output };
  }

  ops(): Ops<Symbolic> {
    const node = this.node.bind(this);
    const ints = (...values: bigint[]) =>
      this.constant(DataType.INT64, [values.length], BigInt64Array.from(values));
    const float = (value: number) => this.constant(DataType.FLOAT, [], Float32Array.of(value));
    const slice = (x: Symbolic, begin: Symbolic, end: Symbolic, axis: bigint) =>
      node("Slice", [x, begin, end, ints(axis)]);
    const swapLast = (x: Symbolic) => node("Transpose", [x], { perm: x.batched ? [0, 1, 3, 2] : [0, 2, 1] });
    const product = (a: Symbolic, b: Symbolic, transposeB = false) =>
      node("MatMul", [a, transposeB ? swapLast(b) : b]);
    const softmax = (x: Symbolic) => node("Softmax", [x], { axis: -1 });
    return {
      weight: (name) => this.weight(name),
      gather: (table, rows) => node("Gather", [table, rows], { axis: 0 }),
      add: (a, b) => node("Add", [a, b]),
      mul: (a, b) => node("Mul", [a, b]),
      scale: (x, factor) => node("Mul", [x, float(factor)]),
      exp: (x) => node("Exp", [x]),
      log: (x) => node("Log", [x]),
      sumLast: (x) => node("ReduceSum", [x, ints(-1n)], { keepdims: 1 }),
      softmax,
      attention: (query, keys, values, bias) => {
        const scores = product(query, keys, true);
        return product(softmax(bias === undefined ? scores : node("Add", [scores, bias])), values);
      },
      relativeBias: (table, queries, keys, pairing, sizes) => {
        const rows = node("Unsqueeze", [queries, ints(1n)]);
        const columns = node("Unsqueeze", [keys, ints(pairing === "all" ? 0n : 1n)]);
        const first = this.constant(DataType.INT32, [], Int32Array.of(sizes.maxPositions - 1));
        const shifted = node("Add", [node("Sub", [rows, columns]), first]);
        const known = bucketOfDifference(sizes);
        const buckets = this.constant(DataType.INT32, [known.length], known);
        const found = node("Gather", [buckets, shifted], { axis: 0 });
        return node("Transpose", [node("Gather", [table, found], { axis: 0 })], { perm: [2, 0, 1] });
      },
      gelu: (x) => node("Gelu", [x]),
      tanh: (x) => node("Tanh", [x]),
      layerNorm: (x, gain, bias, epsilon) =>
        node("LayerNormalization", [x, gain, bias], { axis: -1, epsilon }),
      linear: (x, weight, bias) => node("Gemm", [x, weight, bias], { transB: 1 }),
      matmul: product,
      splitHeads: (x, heads) =>
        node("Transpose", [node("Reshape", [x, ints(0n, BigInt(heads), -1n)])], { perm: [1, 0, 2] }),
      mergeHeads: (x) => node("Reshape", [node("Transpose", [x], { perm: [1, 0, 2] }), ints(0n, -1n)]),
      splitSequences: (x, heads, like) => {
        const axis = (start: number, end?: number) =>
          node("Shape", [like], end === undefined ? { start } : { start, end });
        const sizes = node("Concat", [axis(0, 1), axis(-1), ints(BigInt(heads), -1n)], { axis: 0 });
        return { ...node("Transpose", [node("Reshape", [x, sizes])], { perm: [0, 2, 1, 3] }), batched: true };
      },
      mergeSequences: (x, width) =>
        node("Reshape", [node("Transpose", [x], { perm: [0, 2, 1, 3] }), ints(-1n, BigInt(width))]),
      concat: (parts, axis) => node("Concat", parts, { axis }),
      splitLike: (x, like) => {
        const rows = node("Shape", [like], { start: 0, end: 1 });
        return [slice(x, ints(0n), rows, 0n), slice(x, rows, ints(END), 0n)];
      },
      halves: (x) => {
        const [first, second] = [this.fresh(), this.fresh()];
        this.record("Split", [x], { axis: 0, num_outputs: 2 }, [first, second]);
        return [{ name: first }, { name: second }];
      },
      dropLast: (x, count) => slice(x, ints(0n), ints(BigInt(-count)), -1n),
      fromEnd: (x, position) =>
        slice(x, ints(BigInt(-position)), ints(position === 1 ? END : BigInt(1 - position)), -1n),
      dropout: (x) => x,
    };
  }

  private weight(name: string): Symbolic {
    const known = this.weights.get(name);
    if (known !== undefined) return known;
    const { shape, data } = parameter(this.parameters, name);
    this.initializers.push(tensor(name, DataType.FLOAT, shape, data));
    const symbol = { name };
    this.weights.set(name, symbol);
    return symbol;
  }

  private constant(
    type: number,
    shape: readonly number[],
    data: Float32Array | BigInt64Array | Int32Array,
  ): Symbolic {
    const name = `constant_${this.initializers.length}`;
    this.initializers.push(tensor(name, type, shape, data));
    return { name };
  }

  private record(
    opType: string,
    inputs: readonly Symbolic[],
    attributes: NodeAttributes,
    output: string[],
  ): void {
    this.nodes.push(
      onnx.NodeProto.create({
        opType,
        name: `${opType}_${this.nodes.length}`,
        input: inputs.map(({ name }) => name),
        output,
        attribute: Object.entries(attributes).map(([name, value]) => attribute(name, value)),
      }),
    );
  }

  private fresh(): string {
    return `value_${this.nodes.length}_${this.counter++}`;
  }
  private counter = 0;
}

/** Attribute types follow from the values: lists are INTS; only `epsilon` is a float. */
function attribute(name: string, value: number | readonly number[]) {
  if (typeof value !== "number") return { name, type: AttributeType.INTS, ints: [...value] };
  if (name === "epsilon") return { name, type: AttributeType.FLOAT, f: value };
  return { name, type: AttributeType.INT, i: value };
}

function tensor(
  name: string,
  dataType: number,
  shape: readonly number[],
  data: Float32Array | BigInt64Array | Int32Array,
) {
  const rawData = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return onnx.TensorProto.create({ name, dataType, dims: [...shape], rawData });
}

function valueInfo(name: string, { type, axes }: GraphInput) {
  const dim = axes.map((axis) => (typeof axis === "number" ? { dimValue: axis } : { dimParam: axis }));
  const elemType = type === "float32" ? DataType.FLOAT : DataType.INT32;
  return { name, type: { tensorType: { elemType, shape: { dim } } } };
}

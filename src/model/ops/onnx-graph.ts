/**
 * An ONNX file under construction: nodes and tensors are added in the order of the computation; what the output does
 * not need is left out when it is encoded. Knows no networks (onnx-ops.ts). Source: the ONNX specification, opsets 20 and 21,
 * and ONNX Runtime's own operators, which every build of it has.
 */
import onnxProto from "onnx-proto";
import type { GraphInput } from "./network.js";

const { onnx } = onnxProto;
const { AttributeType } = onnx.AttributeProto;

/** Element types by their ONNX numbers. */
export const { DataType } = onnx.TensorProto;
/** The domain of ONNX Runtime's own operators. */
export const RUNTIME_DOMAIN = "com.microsoft";

/** A value of the graph under construction. */
export interface Symbolic {
  readonly name: string;
  /** Set for (B, H, T, d). */
  readonly batched?: true;
}

/** A value that the graph gives, under a name. */
interface GraphOutput {
  readonly value: Symbolic;
  readonly name: string;
  readonly axes: readonly string[];
}

/** An optional input of a node that is not given. */
export const ABSENT: Symbolic = { name: "" };

/** A node's attributes; a bare number is an integer. */
type NodeAttributes = Readonly<Record<string, number | readonly number[] | { readonly float: number }>>;

type Elements = Float32Array | BigInt64Array | Int32Array | Int8Array | Uint8Array;
type NodeProto = InstanceType<typeof onnx.NodeProto>;

/** Collects a graph and encodes it. */
export class OnnxGraph {
  private readonly nodes: NodeProto[] = [];
  private readonly tensors = new Map<string, InstanceType<typeof onnx.TensorProto>>();
  private counter = 0;

  /** `opset` is the version of ONNX's own operators. */
  constructor(private readonly opset = 20) {}

  /** Adds a node with one output, of ONNX's own operators unless a domain is given. */
  node(opType: string, inputs: readonly Symbolic[], attributes: NodeAttributes = {}, domain = ""): Symbolic {
    const output = this.fresh();
    this.record(opType, inputs, attributes, [output], domain);
    return output;
  }

  /** A node with two outputs. */
  pair(opType: string, inputs: readonly Symbolic[], attributes: NodeAttributes): [Symbolic, Symbolic] {
    const outputs: [Symbolic, Symbolic] = [this.fresh(), this.fresh()];
    this.record(opType, inputs, attributes, outputs);
    return outputs;
  }

  /** Adds a tensor of known elements. Keeps the array, makes no copy. */
  tensor(dataType: number, shape: readonly number[], data: Elements, name = this.fresh().name): Symbolic {
    const rawData = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    this.tensors.set(name, onnx.TensorProto.create({ name, dataType, dims: [...shape], rawData }));
    return { name };
  }

  /** The file's bytes. The graph's outputs are these, each a float32 tensor of that name and those axes. */
  encode(
    inputs: Readonly<Record<string, GraphInput>>,
    outputs: readonly GraphOutput[],
    metadata: Readonly<Record<string, string>>,
  ): Uint8Array {
    for (const output of outputs) this.record("Identity", [output.value], {}, [output]);
    const { nodes, names } = this.needed(outputs.map(({ name }) => name));
    return onnx.ModelProto.encode({
      irVersion: 9,
      producerName: "bioweft",
      opsetImport: [
        { domain: "", version: this.opset },
        { domain: RUNTIME_DOMAIN, version: 1 },
      ],
      metadataProps: Object.entries(metadata).map(([key, value]) => ({ key, value })),
      graph: {
        name: "bioweft",
        node: nodes,
        initializer: [...this.tensors.values()].filter(({ name }) => names.has(name)),
        input: Object.entries(inputs).map(([name, input]) => valueInfo(name, input)),
        output: outputs.map(({ name, axes }) => valueInfo(name, { type: "float32", axes })),
      },
    }).finish();
  }

  /** The nodes that lead to the outputs, in order, and every name that they read. */
  private needed(outputs: readonly string[]): { nodes: NodeProto[]; names: ReadonlySet<string> } {
    const names = new Set(outputs);
    const backwards = this.nodes.toReversed().filter((node) => {
      if (!node.output.some((name) => names.has(name))) return false;
      for (const name of node.input) names.add(name);
      return true;
    });
    return { nodes: backwards.reverse(), names };
  }

  private record(
    opType: string,
    inputs: readonly Symbolic[],
    attributes: NodeAttributes,
    outputs: readonly Symbolic[],
    domain = "",
  ): void {
    this.nodes.push(
      onnx.NodeProto.create({
        opType,
        domain,
        name: `${opType}_${this.nodes.length}`,
        input: inputs.map(({ name }) => name),
        output: outputs.map(({ name }) => name),
        attribute: Object.entries(attributes).map(([name, value]) => attribute(name, value)),
      }),
    );
  }

  private fresh(): Symbolic {
    return { name: `value_${this.counter++}` };
  }
}

function attribute(name: string, value: NodeAttributes[string]) {
  if (typeof value === "number") return { name, type: AttributeType.INT, i: value };
  if ("float" in value) return { name, type: AttributeType.FLOAT, f: value.float };
  return { name, type: AttributeType.INTS, ints: [...value] };
}

function valueInfo(name: string, { type, axes }: GraphInput) {
  const dim = axes.map((axis) => (typeof axis === "number" ? { dimValue: axis } : { dimParam: axis }));
  const elemType = type === "float32" ? DataType.FLOAT : DataType.INT32;
  return { name, type: { tensorType: { elemType, shape: { dim } } } };
}

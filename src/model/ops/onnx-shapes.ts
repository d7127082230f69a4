/**
 * The operations of onnx-ops.ts that only move rows about: how sequences, heads, slots and differences of positions
 * lie in a tensor. They are the same in every precision.
 */
import { DataType, type OnnxGraph, type Symbolic } from "./onnx-graph.js";
import type { Ops } from "./ops.js";
import { bucketOfDifference } from "./relative-position.js";

/** "To the end of the axis", as Slice spells it. */
const END = 2n ** 63n - 1n;

type ShapeOp =
  | "relativeBias"
  | "splitSequences"
  | "splitSingles"
  | "mergeSequences"
  | "splitScores"
  | "concat"
  | "splitLike"
  | "halves"
  | "dropLast"
  | "fromEnd"
  | "dropout";

/** Records these operations into a graph. */
export function shapeOps(graph: OnnxGraph): Pick<Ops<Symbolic>, ShapeOp> {
  const node = graph.node.bind(graph);
  const ints = (...values: bigint[]) => intsOf(graph, values);
  const slice = (x: Symbolic, begin: Symbolic, end: Symbolic, axis: bigint) =>
    node("Slice", [x, begin, end, ints(axis)]);
  return {
    relativeBias: (table, queries, keys, pairing, sizes) => {
      const rows = node("Unsqueeze", [queries, ints(1n)]);
      const columns = node("Unsqueeze", [keys, ints(pairing === "all" ? 0n : 1n)]);
      const first = graph.tensor(DataType.INT32, [], Int32Array.of(sizes.maxPositions - 1));
      const shifted = node("Add", [node("Sub", [rows, columns]), first]);
      const known = bucketOfDifference(sizes);
      const buckets = graph.tensor(DataType.INT32, [known.length], known);
      const found = node("Gather", [buckets, shifted], { axis: 0 });
      return node("Transpose", [node("Gather", [table, found], { axis: 0 })], { perm: [2, 0, 1] });
    },
    splitSequences: (x, heads, like) => {
      const axis = (start: number, end?: number) =>
        node("Shape", [like], end === undefined ? { start } : { start, end });
      const sizes = node("Concat", [axis(0, 1), axis(-1), ints(BigInt(heads), -1n)], { axis: 0 });
      return { ...node("Transpose", [node("Reshape", [x, sizes])], { perm: [0, 2, 1, 3] }), batched: true };
    },
    splitSingles: (x, heads) => ({
      ...node("Reshape", [x, ints(0n, BigInt(heads), 1n, -1n)]),
      batched: true,
    }),
    mergeSequences: (x, width) =>
      node("Reshape", [node("Transpose", [x], { perm: [0, 2, 1, 3] }), ints(-1n, BigInt(width))]),
    splitScores: (x, like) => {
      const [sequences, rows] = [
        node("Shape", [like], { start: 0, end: 1 }),
        node("Shape", [like], { start: -1 }),
      ];
      const sizes = node("Concat", [ints(0n), sequences, rows, ints(-1n)], { axis: 0 });
      return node("Transpose", [node("Reshape", [x, sizes])], { perm: [1, 0, 2, 3] });
    },
    concat: (parts, axis) => node("Concat", parts, { axis }),
    splitLike: (x, like) => {
      const rows = node("Shape", [like], { start: 0, end: 1 });
      return [slice(x, ints(0n), rows, 0n), slice(x, rows, ints(END), 0n)];
    },
    halves: (x) => graph.pair("Split", [x], { axis: 0, num_outputs: 2 }),
    dropLast: (x, count) => slice(x, ints(0n), ints(BigInt(-count)), -1n),
    fromEnd: (x, position) =>
      slice(x, ints(BigInt(-position)), ints(position === 1 ? END : BigInt(1 - position)), -1n),
    dropout: (x) => x,
  };
}

/** A list of whole numbers, as shapes and axes are given. */
export function intsOf(graph: OnnxGraph, values: readonly bigint[]): Symbolic {
  return graph.tensor(DataType.INT64, [values.length], BigInt64Array.from(values));
}

/**
 * The fastest that ONNX Runtime multiplies matrices on this machine: one large product whose right factor is known
 * beforehand, as a dense layer's is. What a network reaches is measured against it.
 */
import { InferenceSession, Tensor } from "onnxruntime-node";
import { DataType, OnnxGraph } from "../../../model/ops/onnx-graph.js";
import { type Measured, timed } from "./clock.js";

const ROWS = 1024;
const INNER = 4096;
const COLUMNS = 1024;

/** One product: its operations, and the time of that run of some that took the least of the processor's. */
export async function matrixPeak(
  precision: "fp32" | "int8",
  runs = 12,
): Promise<Measured & { pairs: number }> {
  const graph = new OnnxGraph();
  const count = INNER * COLUMNS;
  const input = { name: "x" };
  const product =
    precision === "fp32"
      ? graph.node("MatMul", [
          input,
          graph.tensor(DataType.FLOAT, [INNER, COLUMNS], new Float32Array(count).fill(0.5)),
        ])
      : integerProduct(graph, input, count);
  const value = graph.node("ReduceMax", [product], { keepdims: 0 });
  const bytes = graph.encode(
    { x: { type: "float32", axes: [ROWS, INNER] } },
    [{ value, name: "y", axes: [] }],
    {},
  );
  const session = await InferenceSession.create(bytes, {
    logSeverityLevel: 3,
    // As the engines' sessions: processor time is not to count threads that wait.
    extra: { session: { intra_op: { allow_spinning: "0" } } },
  });
  const x = new Tensor("float32", new Float32Array(ROWS * INNER).fill(0.5), [ROWS, INNER]);
  let best = await timed(() => session.run({ x }));
  for (let run = 1; run < runs; run++) {
    const next = await timed(() => session.run({ x }));
    if (next.cpuSeconds < best.cpuSeconds) best = next;
  }
  await session.release();
  return { pairs: 2 * ROWS * INNER * COLUMNS, ...best };
}

/** The product of 8-bit integers that the int8 networks consist of, rounding of the left factor included. */
function integerProduct(graph: OnnxGraph, input: { readonly name: string }, count: number) {
  const scale = graph.tensor(DataType.FLOAT, [], Float32Array.of(1 / 127));
  const zero = graph.tensor(DataType.UINT8, [], Uint8Array.of(128));
  const left = graph.node("QuantizeLinear", [input, scale, zero]);
  const right = graph.tensor(DataType.INT8, [INNER, COLUMNS], new Int8Array(count).fill(3));
  const scales = graph.tensor(DataType.FLOAT, [COLUMNS], new Float32Array(COLUMNS).fill(0.01));
  return graph.node("MatMulIntegerToFloat", [left, right, scale, scales, zero], {}, "com.microsoft");
}

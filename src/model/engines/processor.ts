/**
 * What this machine's processor does with 8-bit integers, as far as ONNX Runtime has to be told: it is asked, so that
 * the answer holds on every system and for processors that are yet to come.
 */
import { DataType, OnnxGraph } from "../ops/onnx-graph.js";

/** A product whose sums of two factors leave 16 bits: 2 · 255 · 127 > 2^15. */
const [ROWS, WIDTH, COLUMNS] = [4, 64, 32];
const EXACT_SUM = WIDTH * 255 * 127;

let answer: Promise<boolean> | undefined;

/**
 * Whether ONNX Runtime's fastest products of 8-bit integers are exact here: x64 processors without VNNI or AMX cut sums
 * off at 16 bits and must be told to choose exact products (`session.x64quantprecision`). Others must not be told so:
 * seen, the tiles of AMX stay unused (8 times slower), and a network takes 1.7 times as long with AVX512-VNNI.
 */
export function fastInt8IsExact(): Promise<boolean> {
  answer ??= multiply().then((sums) => sums.every((sum) => sum === EXACT_SUM));
  return answer;
}

async function multiply(): Promise<Float32Array> {
  const { InferenceSession, Tensor } = await import("onnxruntime-node");
  const graph = new OnnxGraph();
  const left = graph.node("Cast", [{ name: "left" }], { to: DataType.UINT8 });
  const right = graph.tensor(DataType.INT8, [WIDTH, COLUMNS], new Int8Array(WIDTH * COLUMNS).fill(127));
  const sums = graph.node("Cast", [graph.node("MatMulInteger", [left, right])], { to: DataType.FLOAT });
  const bytes = graph.encode(
    { left: { type: "float32", axes: [ROWS, WIDTH] } },
    [{ value: sums, name: "sums", axes: ["rows", "columns"] }],
    {},
  );
  const session = await InferenceSession.create(bytes, { executionProviders: ["cpu"], intraOpNumThreads: 1 });
  const feeds = { left: new Tensor("float32", new Float32Array(ROWS * WIDTH).fill(255), [ROWS, WIDTH]) };
  const outputs = await session.run(feeds);
  await session.release();
  return outputs["sums"]?.data as Float32Array;
}

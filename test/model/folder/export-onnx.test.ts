import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import onnxProto from "onnx-proto";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { afterAll, expect, it } from "vitest";
import { exportOnnx } from "../../../src/model/folder/export-onnx.js";
import { readModel } from "../../../src/model/folder/model-folder.js";
import { FEATURES } from "../../../src/model/inputs/pair-features.js";
import { writeTinyModel } from "../../support/tiny/tiny-model.js";
import { writeTinyOfficial } from "../../support/tiny/tiny-official.js";

const folder = mkdtempSync(join(tmpdir(), "bioweft-export-"));
const made: string[] = [folder];
afterAll(() => {
  for (const each of made) rmSync(each, { recursive: true, force: true });
});

function metadataOf(file: string): Record<string, string> {
  const { metadataProps } = onnxProto.onnx.ModelProto.decode(readFileSync(file));
  return Object.fromEntries(metadataProps.map(({ key, value }) => [key ?? "", value ?? ""]));
}

it("writes a document model as a file that plain ONNX Runtime runs, and says what its classes are", async () => {
  const model = await writeTinyModel("export@3", 0.25);
  made.push(model);
  const { description } = await readModel(model);
  const file = join(folder, "document.onnx");
  await exportOnnx(model, file, "int8");
  expect(metadataOf(file)).toEqual({
    model: "export@3",
    network: "document",
    precision: "int8",
    classes: JSON.stringify(description.classes),
    temperature: "1",
    threshold: "0.25",
  });
  const session = await InferenceSession.create(file);
  const ints = (...values: number[]) => new Tensor("int32", Int32Array.from(values), [values.length]);
  const { logits } = await session.run({
    tokens: ints(2, 10, 11, 3),
    prompt: ints(0),
    positions: ints(1, 0, 2, 3, 4),
    markers: ints(3, 4),
    markerPositions: ints(2, 3),
    mentionRows: ints(2, 3),
    membership: new Tensor("float32", Float32Array.of(1, 0, 0, 1), [2, 2]),
    subjects: ints(0),
    objects: ints(1),
    features: new Tensor("float32", new Float32Array(FEATURES), [1, FEATURES]),
  });
  await session.release();
  expect(logits?.dims).toEqual([1, description.classes.length]);
  expect(new Set(logits?.data as Float32Array).size).toBeGreaterThan(1);
});

it("writes a pair model in half precision", async () => {
  const model = await writeTinyOfficial();
  made.push(model);
  const file = join(folder, "pair.onnx");
  await exportOnnx(model, file, "fp16");
  const pairInputs = ["tokens", "positions", "places", "start", "segments", "padding", "firsts"];
  expect(metadataOf(file)).toMatchObject({ network: "pair", precision: "fp16" });
  const session = await InferenceSession.create(file);
  expect(session.inputNames).toEqual(pairInputs);
  await session.release();
});

it("says which file cannot be written", async () => {
  const model = await writeTinyModel();
  made.push(model);
  const file = join(folder, "absent", "model.onnx");
  await expect(exportOnnx(model, file, "fp32")).rejects.toThrow(/model\.onnx.*cannot be written/);
});

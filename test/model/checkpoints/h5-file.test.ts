import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import hdf5, { File } from "h5wasm/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openH5, torchName } from "../../../src/model/checkpoints/h5-file.js";
import { PARITY } from "../../support/parity-fixtures.js";

let dir: string;
beforeAll(async () => {
  await hdf5.ready;
  dir = mkdtempSync(join(tmpdir(), "bioweft-h5-"));
});
afterAll(() => rmSync(dir, { recursive: true }));

describe("names in tf_model.h5", () => {
  it.each([
    [
      "/bert/tf_bert_for_sequence_classification/bert/encoder/layer_._11/attention/self/query/kernel:0",
      "bert.encoder.layer.11.attention.self.query.weight",
    ],
    [
      "/bert/tf_bert_model/bert/embeddings/position_embeddings/embeddings:0",
      "bert.embeddings.position_embeddings.weight",
    ],
    ["/bert/tf_bert_model_1/bert/embeddings/LayerNorm/gamma:0", "bert.embeddings.LayerNorm.weight"],
    // Once a table was resized, as for added tokens, Keras writes it here as well.
    [
      "/top_level_model_weights/tf_bert_for_sequence_classification/bert/embeddings/word_embeddings/weight:0",
      "bert.embeddings.word_embeddings.weight",
    ],
    ["bert/bert/embeddings/LayerNorm/beta:0", "bert.embeddings.LayerNorm.bias"],
    [
      "/classifier/tfmp_net_for_sequence_classification/classifier/out_proj/bias:0",
      "classifier.out_proj.bias",
    ],
    ["/electra/tf_electra_model/electra/embeddings_project/kernel:0", "electra.embeddings_project.weight"],
  ])("%s is %s", (path, name) => expect(torchName(path)).toBe(name));
});

/** Writes a file with one dataset. */
function writeH5(
  name: string,
  path: string,
  data: Float32Array | Float64Array | Int32Array,
  shape: number[],
): string {
  const path5 = join(dir, name);
  const file = new File(path5, "w");
  const parts = path.split("/");
  let group = file.create_group(parts[0] ?? "");
  for (const part of parts.slice(1, -1)) group = group.create_group(part);
  group.create_dataset({ name: parts.at(-1) ?? "", data, shape });
  file.close();
  return path5;
}

describe("tf_model.h5", () => {
  it("gives kernels as PyTorch lays them out, in float32, and no whole numbers", async () => {
    const values = Float64Array.from({ length: 6 }, (_, i) => i);
    const kernel = await openH5(writeH5("kernel.h5", "a/tf_a_model/a/dense/kernel:0", values, [2, 3]));
    const [[name, tensor] = ["", undefined]] = kernel.tensors;
    expect([name, tensor?.shape, await tensor?.read()]).toEqual([
      "a.dense.weight",
      [3, 2],
      Float32Array.of(0, 3, 1, 4, 2, 5),
    ]);
    await kernel.close();
    const ids = await openH5(writeH5("ids.h5", "a/tf_a_model/a/ids:0", Int32Array.of(1), [1]));
    expect(ids.tensors.size).toBe(0);
    await ids.close();
  });

  it("is refused where it is no HDF5 file or not there, by name", async () => {
    const text = join(dir, "text.h5");
    writeFileSync(text, "not a checkpoint");
    const cut = join(dir, "cut.h5");
    writeFileSync(cut, readFileSync(join(PARITY, "bert", "tf_model.h5")).subarray(0, 50_000));
    for (const file of [text, cut, join(dir, "absent.h5")]) {
      await expect(openH5(file)).rejects.toMatchObject({ code: "MODEL", place: { file } });
      await expect(openH5(file)).rejects.toThrow(/is not a readable HDF5 file \(.{5,90}\); copy it again$/);
    }
  });
});

import { readFileSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readCheckpoint } from "../../../src/model/checkpoints/read-checkpoint.js";
import { readSafetensors } from "../../../src/model/checkpoints/safetensors-file.js";
import { writeSafetensors } from "../../../src/model/checkpoints/write-safetensors.js";
import { publishedParameters } from "../../../src/model/networks/canonical-parameters.js";
import type { Parameter } from "../../../src/model/ops/parameters.js";
import { checkpointWithout, FAMILIES, PARITY, parityAnswers } from "../../support/parity-fixtures.js";

const SAFETENSORS = "model.safetensors";
const TORCH = "pytorch_model.bin";
const KERAS = "tf_model.h5";

/** Reads a copy of a family's checkpoint that lacks some files, after a change. */
async function read(
  family: string,
  without: readonly string[],
  change: (dir: string) => void | Promise<void> = () => undefined,
) {
  const dir = await checkpointWithout(family, ...without);
  try {
    await change(dir);
    return await readCheckpoint(dir);
  } finally {
    await rm(dir, { recursive: true });
  }
}

function changeJson(file: string, change: (value: Record<string, unknown>) => void): void {
  const value = JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
  change(value);
  writeFileSync(file, JSON.stringify(value));
}

/** Rewrites the weights. */
async function changeWeights(dir: string, change: (weights: Map<string, Parameter>) => void): Promise<void> {
  const weights = await readSafetensors(join(dir, SAFETENSORS));
  change(weights);
  await writeSafetensors(join(dir, SAFETENSORS), weights, "fp32");
}

describe.each(FAMILIES)("a %s checkpoint", (family) => {
  it("gives the same parameters in all three formats, to the bit", async () => {
    const plain = await readCheckpoint(join(PARITY, family));
    const torch = await read(family, [SAFETENSORS]);
    const keras = await read(family, [SAFETENSORS, TORCH]);
    expect([plain.format, torch.format, keras.format]).toEqual(["safetensors", "pytorch", "keras"]);
    const sorted = ({ parameters }: typeof plain) => [...parameters].sort(([a], [b]) => (a < b ? -1 : 1));
    expect(sorted(torch)).toEqual(sorted(plain));
    expect(sorted(keras)).toEqual(sorted(plain));
    expect([torch.encoder, keras.encoder]).toEqual([plain.encoder, plain.encoder]);
    expect(plain.labels).toEqual(parityAnswers(family).labels);
    expect(plain.unused).toEqual([]);
  });
});

describe.each(FAMILIES)("the published form of a %s checkpoint", (family) => {
  it("is the file that transformers wrote, and both it and the canonical form are read alike", async () => {
    const whole = await readCheckpoint(join(PARITY, family));
    const theirs = await readSafetensors(join(PARITY, family, SAFETENSORS));
    const ours = publishedParameters(whole.parameters, whole.encoder);
    if (family === "mpnet") {
      // Of the rows that stand for no position, transformers fills one with numbers that nothing reads.
      const name = "mpnet.embeddings.position_embeddings.weight";
      for (const table of [ours, theirs]) table.get(name)?.data.fill(0, 0, 2 * whole.encoder.embeddingSize);
    }
    expect(new Map([...ours].sort())).toEqual(new Map([...theirs].sort()));
    const canonical = await read(family, [TORCH, KERAS], (dir) =>
      writeSafetensors(join(dir, SAFETENSORS), whole.parameters, "fp32"),
    );
    expect(new Map([...canonical.parameters].sort())).toEqual(new Map([...whole.parameters].sort()));
  });
});

describe("a checkpoint", () => {
  it("may lie in several files with an index", async () => {
    const whole = await readCheckpoint(join(PARITY, "bert"));
    const parts = await read("bert", [TORCH, KERAS], async (dir) => {
      const weights = [...(await readSafetensors(join(dir, SAFETENSORS)))];
      const weight_map: Record<string, string> = {};
      for (const [index, slice] of [weights.slice(0, 7), weights.slice(7)].entries()) {
        const file = `model-0000${index + 1}-of-00002.safetensors`;
        await writeSafetensors(join(dir, file), new Map(slice), "fp32");
        for (const [name] of slice) weight_map[name] = file;
      }
      await rm(join(dir, SAFETENSORS));
      writeFileSync(join(dir, `${SAFETENSORS}.index.json`), JSON.stringify({ weight_map }));
    });
    expect(new Map([...parts.parameters].sort())).toEqual(new Map([...whole.parameters].sort()));
  });

  it("of which a part is missing says which, and who names it", async () => {
    const refused = read("bert", [SAFETENSORS, TORCH, KERAS], (dir) =>
      writeFileSync(
        join(dir, `${SAFETENSORS}.index.json`),
        '{"weight_map":{"a":"model-00001-of-00002.safetensors"}}',
      ),
    );
    await expect(refused).rejects.toMatchObject({ code: "MODEL" });
    await expect(refused).rejects.toThrow(
      /model-00001-of-00002\.safetensors: is missing: model\.safetensors\.index\.json names it .* copy the folder whole/,
    );
  });

  it.each([
    ["that names nothing", '{"weight_map":{}}', /it names no parts/],
    ["that is cut", '{"weight_map":', /Unexpected end of JSON/],
  ])("refuses an index %s", async (_, text, reason) => {
    const refused = read("bert", [SAFETENSORS, TORCH, KERAS], (dir) =>
      writeFileSync(join(dir, `${SAFETENSORS}.index.json`), text),
    );
    await expect(refused).rejects.toThrow(reason);
  });

  it("refuses an index that leads out of its folder", async () => {
    const refused = read("bert", [SAFETENSORS, TORCH, KERAS], (dir) =>
      writeFileSync(join(dir, `${SAFETENSORS}.index.json`), '{"weight_map":{"a":"../a.safetensors"}}'),
    );
    await expect(refused).rejects.toThrow(/index of a checkpoint's parts, which lie beside it/);
  });

  it("lists all that is missing and all that has another shape, in one error", async () => {
    const refused = read("bert", [], (dir) =>
      changeWeights(dir, (weights) => {
        weights.delete("bert.encoder.layer.1.output.dense.bias");
        weights.delete("bert.embeddings.LayerNorm.weight");
        weights.set("bert.pooler.dense.weight", { shape: [2, 3], data: new Float32Array(6) });
      }),
    );
    await expect(refused).rejects.toMatchObject({ code: "MODEL" });
    await expect(refused).rejects.toThrow(
      /missing embeddings\.LayerNorm\.weight, encoder\.layer\.1\.output\.dense\.bias; pooler\.dense\.weight is 2x3, not 24x24/,
    );
  });

  it.each(FAMILIES)("of %s says how many labels and outputs there are when they differ", async (family) => {
    const refused = read(family, [], (dir) =>
      changeJson(join(dir, "config.json"), (config) => {
        config["id2label"] = { 0: "None", 1: "Association" };
      }),
    );
    await expect(refused).rejects.toThrow(/has 5 outputs for the 2 labels of id2label/);
  });

  it("refuses labels with a gap", async () => {
    const refused = read("bert", [], (dir) =>
      changeJson(join(dir, "config.json"), (config) => {
        config["id2label"] = { 0: "None", 2: "Association" };
      }),
    );
    await expect(refused).rejects.toThrow(/2 entries but none for 1/);
  });

  it("without a classifier is an encoder, its pooler and a language model's head aside", async () => {
    const encoder = await read("bert", [], async (dir) => {
      changeJson(join(dir, "config.json"), (config) => {
        config["architectures"] = ["BertForMaskedLM"];
      });
      await changeWeights(dir, (weights) => {
        weights.delete("classifier.weight");
        weights.delete("classifier.bias");
        weights.set("cls.predictions.bias", { shape: [2], data: new Float32Array(2) });
      });
    });
    expect(encoder.labels).toBeUndefined();
    expect(encoder.unused).toEqual(["cls.predictions.bias"]);
    expect(encoder.parameters.has("pooler.dense.weight")).toBe(true);
  });

  it("that calls itself a classifier must have one", async () => {
    const refused = read("electra", [], (dir) =>
      changeWeights(dir, (weights) => {
        for (const name of weights.keys()) if (name.startsWith("classifier.")) weights.delete(name);
      }),
    );
    await expect(refused).rejects.toThrow(/missing classifier\.dense\.weight, .*classifier\.out_proj\.bias/);
  });

  it("may call layer norms as TensorFlow did, and its family only by its architecture", async () => {
    const whole = await readCheckpoint(join(PARITY, "bert"));
    const old = await read("bert", [], async (dir) => {
      changeJson(join(dir, "config.json"), (config) => {
        delete config["model_type"];
      });
      await changeWeights(dir, (weights) => {
        for (const [name, value] of [...weights]) {
          if (!name.includes("LayerNorm")) continue;
          weights.delete(name);
          weights.set(name.replace(/weight$/, "gamma").replace(/bias$/, "beta"), value);
        }
      });
    });
    expect(new Map([...old.parameters].sort())).toEqual(new Map([...whole.parameters].sort()));
  });

  it("is looked for by its files' names", async () => {
    await expect(read("bert", [SAFETENSORS, TORCH, KERAS])).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(read("bert", [SAFETENSORS, TORCH, KERAS])).rejects.toThrow(
      /model\.safetensors, pytorch_model\.bin, tf_model\.h5/,
    );
  });

  it.each([
    ["model_type", "gpt2", /model_type.*bert, electra, mpnet/],
    ["hidden_act", "relu", /hidden_act.*gelu/],
    ["position_embedding_type", "relative_key", /position_embedding_type.*absolute/],
    ["num_hidden_layers", 0, /num_hidden_layers/],
  ])("with %s %s is refused, naming it and what is known", async (name, value, reason) => {
    const refused = read("bert", [], (dir) =>
      changeJson(join(dir, "config.json"), (config) => {
        config[name] = value;
      }),
    );
    await expect(refused).rejects.toMatchObject({ code: "MODEL" });
    await expect(refused).rejects.toThrow(reason);
  });
});

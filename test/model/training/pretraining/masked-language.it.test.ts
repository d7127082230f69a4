import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seededRandom } from "../../../../src/core/random.js";
import { readCheckpoint } from "../../../../src/model/checkpoints/read-checkpoint.js";
import { loadPortableTensorflow } from "../../../../src/model/ops/tensorflow.js";
import { loadTokenizer } from "../../../../src/model/text/tokenizer.js";
import { batchGradients } from "../../../../src/model/training/batch-gradients.js";
import { TRAINING_DEFAULTS } from "../../../../src/model/training/plan.js";
import { maskedItems, withWordHead } from "../../../../src/model/training/pretraining/masked-language.js";
import { maskWords } from "../../../../src/model/training/pretraining/masked-words.js";
import { type Pretraining, pretrainEncoder } from "../../../../src/model/training/pretraining/pretrainer.js";
import { WeightStore } from "../../../../src/model/training/weight-store.js";
import { writeTinyCheckpoint } from "../../../support/tiny/tiny-checkpoint.js";
import { TINY_MPNET, tinyParameters } from "../../../support/tiny/tiny-network.js";

let dir: string;
let encoder: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "bioweft-masked-"));
  encoder = await writeTinyCheckpoint(join(dir, "encoder"));
});
afterAll(() => rm(dir, { recursive: true }));

const SPECIAL = { cls: 100, sep: 101, mask: 102 };
const VOCABULARY = Int32Array.from({ length: 90 }, (_, index) => index);
/** Words of one, two and three pieces in turn; piece i has id i % 90. */
const TEXT = (() => {
  const starts = Array.from({ length: 30 }, (_, word) => Array(1 + (word % 3)).fill(10 * word)).flat();
  return {
    ids: Int32Array.from(starts, (_, index) => index % 90),
    starts: Int32Array.from(starts),
    ends: Int32Array.from(starts, (start) => start + 9),
  };
})();

describe("hiding words", () => {
  it("takes about 15% of the words, whole, and remembers what they were", () => {
    let [hidden, kept, pieces] = [0, 0, 0];
    for (let seed = 0; seed < 200; seed++) {
      const { tokens, places, originals } = maskWords(TEXT, 512, SPECIAL, VOCABULARY, seededRandom(seed));
      expect([tokens[0], tokens.at(-1), tokens.length]).toEqual([100, 101, TEXT.ids.length + 2]);
      const chosen = new Set(places);
      for (const [index, place] of places.entries()) {
        expect(originals[index]).toBe(TEXT.ids[place - 1]);
        const mates = [...TEXT.starts.keys()].filter((i) => TEXT.starts[i] === TEXT.starts[place - 1]);
        expect(mates.every((mate) => chosen.has(mate + 1))).toBe(true);
        pieces += 1;
        if (tokens[place] === SPECIAL.mask) hidden += 1;
        if (tokens[place] === originals[index]) kept += 1;
      }
      for (const [index, id] of TEXT.ids.entries())
        if (!chosen.has(index + 1)) expect(tokens[index + 1]).toBe(id);
    }
    expect(hidden / pieces).toBeCloseTo(0.8, 1);
    expect(kept / pieces).toBeCloseTo(0.1, 1);
    expect(pieces / 200 / TEXT.ids.length).toBeCloseTo(0.15, 1);
  });

  it("reads a window of a text that is too long", () => {
    const lengths = [1, 2, 3].map(
      (seed) => maskWords(TEXT, 20, SPECIAL, VOCABULARY, seededRandom(seed)).tokens,
    );
    expect(lengths.map((tokens) => tokens.length)).toEqual([20, 20, 20]);
    expect(lengths[0]).not.toEqual(lengths[1]);
  });
});

describe("masked language", { timeout: 60_000 }, () => {
  it("has the gradient that finite differences give, position biases and tied words included", async () => {
    const { tf } = await loadPortableTensorflow();
    const vocabulary = Int32Array.from({ length: 12 }, (_, index) => index + 3);
    const tokens = Int32Array.of(4, 9, 5, 14, 3);
    const text = { tokens, places: Int32Array.of(1, 3), originals: Int32Array.of(8, 14) };
    const lossAt = (name: string, index: number, shift: number) => {
      const parameters = withWordHead(tinyParameters(2, TINY_MPNET), TINY_MPNET, 12, seededRandom(4));
      const data = parameters.get(name)?.data ?? new Float32Array();
      data[index] = (data[index] ?? 0) + shift;
      return batchGradients(tf, new WeightStore(parameters), maskedItems(tf, TINY_MPNET, vocabulary, [text]));
    };
    const table = "embeddings.word_embeddings.weight";
    // Word 8 is only an answer, word 9 also read: row 8 of the table is row 5 of the vocabulary's gradient.
    for (const [name, index, row] of [
      [table, 8 * 16, 5 * 16],
      [table, 9 * 16 + 3, 6 * 16 + 3],
      ["encoder.relative_attention_bias.weight", 0, 0],
      ["head.words.dense.weight", 5, 5],
      ["head.words.bias", 2, 2],
    ] as const) {
      const slope = ((await lossAt(name, index, 0.01)).loss - (await lossAt(name, index, -0.01)).loss) / 0.02;
      expect((await lossAt(name, index, 0)).values.get(name)?.[row], name).toBeCloseTo(slope, 2);
    }
  });

  it("learns to guess hidden words; a run that was stopped and resumed ends where an uninterrupted one does", async () => {
    const { tf } = await loadPortableTensorflow();
    const checkpoint = await readCheckpoint(encoder);
    const tokenizer = await loadTokenizer(encoder);
    const warmUp = (name: string, stopAfter = Number.POSITIVE_INFINITY) => {
      const stop = new AbortController();
      const run: Pretraining = {
        ...{ tf, tokenizer, encoder: checkpoint.encoder, initial: checkpoint.parameters, epochs: 3 },
        texts: Array.from({ length: 25 }, () => "a b c d"),
        maxTokens: 32,
        settings: { ...TRAINING_DEFAULTS, learningRate: 1e-2, averageDecay: 0.5 },
        runDir: join(dir, name),
        description: { config: {} },
        checkpointSeconds: 1e9,
        signal: stop.signal,
        onProgress: ({ step }) => {
          if (step === stopAfter) stop.abort();
        },
      };
      return pretrainEncoder(run);
    };
    const whole = await warmUp("whole");
    expect(whole.after).toBeLessThan(0.5 * whole.before);
    expect([...whole.parameters.keys()].sort()).toEqual([...checkpoint.parameters.keys()].sort());
    await expect(warmUp("halves", 3)).rejects.toMatchObject({ code: "CANCELLED" });
    expect(await warmUp("halves")).toEqual(whole);
  });
});

import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/core/random.js";
import { ADAMW_DEFAULTS } from "../../../src/model/training/adamw.js";
import { frozenBy, learningRates } from "../../../src/model/training/learning-rates.js";
import { TRAINING_DEFAULTS } from "../../../src/model/training/plan.js";
import { WeightStore, WORDS } from "../../../src/model/training/weight-store.js";
import { tinyParameters } from "../../support/tiny/tiny-network.js";

const SETTINGS = { frozen: (name: string) => name === "embeddings.LayerNorm.bias", averageDecay: 0.5 };
const RATE = () => 0.01;

/** Gradients that differ from step to step, of every weight that learns; the word table's of two rows. */
function gradientsAt(store: WeightStore, step: number) {
  const random = seededRandom(step);
  const weights = store.current();
  const values = new Map(
    store.trainable.map((name) => {
      const { shape, data } = weights.get(name) ?? { shape: [], data: new Float32Array() };
      const size = name === WORDS ? 2 * (shape[1] ?? 0) : data.length;
      return [name, Float32Array.from({ length: size }, () => random.normal())];
    }),
  );
  return { values, rows: Int32Array.of(step % 5, 9) };
}

function take(store: WeightStore, from: number, to: number): void {
  for (let step = from; step <= to; step++)
    store.update(gradientsAt(store, step), step, RATE, ADAMW_DEFAULTS);
}

describe("a store of weights", () => {
  it("restored from its state goes on as if nothing had been", () => {
    const whole = new WeightStore(tinyParameters(), SETTINGS);
    take(whole, 1, 6);
    const half = new WeightStore(tinyParameters(), SETTINGS);
    take(half, 1, 3);
    const state = half.state();
    const resumed = new WeightStore(WeightStore.weightsOf(state), SETTINGS, state);
    take(resumed, 4, 6);
    for (const [name, { data }] of whole.state()) expect(resumed.state().get(name)?.data, name).toEqual(data);
  });

  it("leaves frozen weights alone and keeps nothing for them", () => {
    const store = new WeightStore(tinyParameters(), SETTINGS);
    take(store, 1, 2);
    const frozen = "embeddings.LayerNorm.bias";
    expect(store.trainable).not.toContain(frozen);
    expect(store.best().get(frozen)?.data).toEqual(tinyParameters().get(frozen)?.data);
    expect([...store.state().keys()].filter((name) => name.endsWith(frozen))).toEqual([frozen]);
  });

  it("averages over time: between where a weight was and where it is, rows that were not read included", () => {
    const store = new WeightStore(tinyParameters(), { ...SETTINGS, averageDecay: 0.1 });
    take(store, 1, 1);
    const at = (name: string) =>
      [tinyParameters(), store.best(), store.current()].map((all) => all.get(name));
    for (const name of ["head.hidden.weight", WORDS]) {
      const [start, average, now] = at(name).map((weight) => weight?.data ?? new Float32Array());
      const row = (name === WORDS ? 9 : 0) * 16;
      const share = 0.9 * ((now?.[row] ?? 0) - (start?.[row] ?? 0));
      expect(Math.abs(share)).toBeGreaterThan(0.001);
      expect((average?.[row] ?? 0) - (start?.[row] ?? 0)).toBeCloseTo(share, 6);
    }
    take(store, 2, 30);
    const rows = at(WORDS).map((weight) => weight?.data.slice(7 * 16, 8 * 16));
    expect(rows[1]).toEqual(rows[0]);
  });

  it("without averages its best weights are its last", () => {
    const store = new WeightStore(tinyParameters());
    take(store, 1, 2);
    expect(store.best()).toEqual(store.current());
  });
});

describe("learning rates", () => {
  const settings = { ...TRAINING_DEFAULTS, learningRate: 1, headFactor: 5, layerDecay: 0.5 };

  it("fall from the top layer down; prompts, markers and the head have their own", () => {
    const rates = learningRates(settings, 3);
    const names = ["head.hidden.bias", "special.weight", "encoder.layer.2.output.dense.bias"];
    expect([...names, "encoder.layer.0.output.dense.bias", WORDS].map(rates)).toEqual([5, 5, 1, 0.25, 0.125]);
    expect(learningRates({ ...settings, layerDecay: 1 }, 3)(WORDS)).toBe(1);
  });

  it("are nothing where weights are frozen", () => {
    const frozen = frozenBy({ ...settings, freezeEmbeddings: true, freezeLayers: 2 });
    const names = [WORDS, "embeddings.LayerNorm.bias", "encoder.layer.1.output.dense.bias"];
    expect(names.map(frozen)).toEqual([true, true, true]);
    expect(["special.weight", "encoder.layer.2.output.dense.bias", "head.output.bias"].map(frozen)).toEqual([
      false,
      false,
      false,
    ]);
    expect(frozenBy(settings)(WORDS)).toBe(false);
    const marked = frozenBy({ ...settings, freezeMarkers: true });
    expect(["special.weight", "special.segment", WORDS].map(marked)).toEqual([true, false, false]);
  });
});

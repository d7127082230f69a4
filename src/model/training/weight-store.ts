/**
 * The weights of a run in plain memory, with AdamW's moments for those that learn and, if wanted, the moving
 * average of each. Frozen weights have neither. Knows no network and no tensor library: batch-gradients.ts lends
 * the values to one and brings gradients back.
 */
import type { Parameter, Parameters } from "../ops/parameters.js";
import { type AdamSlot, type AdamWSettings, updateDense, updateRows } from "./adamw.js";

/** The one weight that is read in rows: a batch needs a few hundred of them. */
export const WORDS = "embeddings.word_embeddings.weight";

/** Gradients by weight name; the word table's holds the rows of `rows` only, in their order. */
export interface Gradients {
  readonly values: ReadonlyMap<string, Float32Array>;
  readonly rows: Int32Array;
}

/** What stays the same over a run. */
interface StoreSettings {
  /** Whether a weight stays as it is. */
  frozen(name: string): boolean;
  /** Decay of the moving average of weights a step, below 1; 0 keeps none. */
  readonly averageDecay: number;
}

/** Every weight learns, and none is averaged. */
export const NOTHING_FROZEN: StoreSettings = { frozen: () => false, averageDecay: 0 };

interface StoredWeight extends AdamSlot {
  readonly average?: Float32Array;
}

/** Weights that learn, and weights that do not. */
export class WeightStore {
  /** Names of the weights that learn, in a fixed order. */
  readonly trainable: readonly string[];
  private readonly learning: ReadonlyMap<string, StoredWeight>;
  private readonly frozen: Parameters;

  /** `state` restores an interrupted run: names prefixed `first:`, `second:` and `average:`. */
  constructor(
    initial: Parameters,
    private readonly settings: StoreSettings = NOTHING_FROZEN,
    state: Parameters = new Map(),
  ) {
    const restored = (kind: string, name: string) => state.get(`${kind}:${name}`)?.data.slice();
    const learning = new Map<string, StoredWeight>();
    for (const [name, { shape, data }] of initial) {
      if (settings.frozen(name)) continue;
      learning.set(name, {
        shape,
        value: data.slice(),
        first: restored("first", name) ?? new Float32Array(data.length),
        second: restored("second", name) ?? new Float32Array(data.length),
        ...(settings.averageDecay > 0 ? { average: restored("average", name) ?? data.slice() } : {}),
      });
    }
    this.learning = learning;
    this.trainable = [...learning.keys()];
    this.frozen = new Map([...initial].filter(([name]) => settings.frozen(name)));
  }

  /** The weights as they are now. Shares memory. */
  current(): Map<string, Parameter> {
    const own = [...this.learning].map(([name, { shape, value }]) => [name, { shape, data: value }] as const);
    return new Map([...own, ...this.frozen]);
  }

  /** One AdamW update; `rateOf` gives each weight's learning rate, `step` counts from 1. */
  update(
    { values, rows }: Gradients,
    step: number,
    rateOf: (name: string) => number,
    settings: AdamWSettings,
  ): void {
    const gradientScale = Math.min(1, settings.clipNorm / (globalNorm(values.values()) + 1e-12));
    for (const [name, gradient] of values) {
      const slot = this.learning.get(name);
      if (slot === undefined) continue;
      const at = { rate: rateOf(name), gradientScale, step };
      const partial = name === WORDS && gradient.length < slot.value.length;
      if (partial) updateRows(slot, rows, gradient, at, settings);
      else updateDense(slot, gradient, at, settings);
    }
    // Young averages forget faster, or they would hold on to where the run began.
    const decay = Math.min(this.settings.averageDecay, (1 + step) / (10 + step));
    for (const { value, average } of this.learning.values()) {
      if (average !== undefined) moveTowards(average, value, 1 - decay);
    }
  }

  /** The weights to use: their moving averages where those are kept. Shares memory. */
  best(): Map<string, Parameter> {
    const averages = [...this.learning].map(
      ([name, { shape, value, average }]) => [name, { shape, data: average ?? value }] as const,
    );
    return new Map([...averages, ...this.frozen]);
  }

  /** The weights as they are, with the optimiser's state beside them: what resuming needs. Shares memory. */
  state(): Map<string, Parameter> {
    const all = new Map<string, Parameter>(this.frozen);
    for (const [name, { shape, value, first, second, average }] of this.learning) {
      all.set(name, { shape, data: value });
      all.set(`first:${name}`, { shape, data: first });
      all.set(`second:${name}`, { shape, data: second });
      if (average !== undefined) all.set(`average:${name}`, { shape, data: average });
    }
    return all;
  }

  /** The state's weights alone. */
  static weightsOf(state: Parameters): Parameters {
    return new Map([...state].filter(([name]) => !/^(first|second|average):/.test(name)));
  }
}

function moveTowards(average: Float32Array, value: Float32Array, share: number): void {
  for (let i = 0; i < average.length; i++) {
    const old = average[i] as number;
    average[i] = old + share * ((value[i] as number) - old);
  }
}

function globalNorm(gradients: Iterable<Float32Array>): number {
  let squares = 0;
  for (const gradient of gradients) {
    for (let i = 0; i < gradient.length; i++) squares += (gradient[i] as number) ** 2;
  }
  return Math.sqrt(squares);
}

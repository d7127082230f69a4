/**
 * The document network on tfjs: gives logits, or loss and gradients over a batch, and takes AdamW updates.
 * Weights live in plain memory and are uploaded for each batch; of the word table only the rows that it needs.
 */
import type * as tfjs from "@tensorflow/tfjs";
import type { DocumentView } from "../document-input.js";
import { type DocumentNetworkConfig, documentNetwork } from "../document-network.js";
import { FEATURES } from "../pair-features.js";
import type { Parameter, Parameters } from "../parameters.js";
import { type Tf, tfjsOps } from "../tfjs-ops.js";
import { type AdamSlot, type AdamWSettings, updateDense, updateRows } from "./adamw.js";

type Tensor = tfjs.Tensor;
const WORDS = "embeddings.word_embeddings.weight";

/** A view with the class of each of its pairs. */
export interface LabelledView {
  readonly view: DocumentView;
  readonly targets: readonly number[];
}

/** Network, weights and optimiser state on one backend. */
export class GradientEngine {
  private readonly slots: ReadonlyMap<string, AdamSlot>;

  /** `moments` restores an interrupted run: names prefixed `first:` and `second:`. */
  constructor(
    private readonly tf: Tf,
    private readonly config: DocumentNetworkConfig,
    parameters: Parameters,
    moments: Parameters = new Map(),
  ) {
    const moment = (kind: string, name: string, length: number) =>
      moments.get(`${kind}:${name}`)?.data.slice() ?? new Float32Array(length);
    this.slots = new Map(
      [...parameters].map(([name, { shape, data }]) => [
        name,
        {
          shape,
          value: data.slice(),
          first: moment("first", name, data.length),
          second: moment("second", name, data.length),
        },
      ]),
    );
  }

  /** Logits (P, R) of each view, row-major, without dropout. */
  logits(views: readonly DocumentView[]): Float32Array[] {
    return this.tf.tidy(() => {
      const rows = uniqueRows(views);
      const weights = this.upload(rows);
      return views.map((view) => {
        const logits = this.tf.tidy(() => this.forward(view, rows, (name) => named(weights, name)));
        return logits.dataSync().slice() as Float32Array;
      });
    });
  }

  /**
   * One update over a batch: mean cross-entropy over all its pairs. `rateOf` gives each weight's learning rate.
   * Returns that loss.
   */
  step(
    batch: readonly LabelledView[],
    step: number,
    rateOf: (name: string) => number,
    settings: AdamWSettings,
    random: () => number,
  ): number {
    const rows = uniqueRows(batch.map(({ view }) => view));
    const { loss, gradients } = this.gradients(batch, rows, random);
    const gradientScale = Math.min(1, settings.clipNorm / (globalNorm(gradients.values()) + 1e-12));
    for (const [name, gradient] of gradients) {
      const slot = named(this.slots, name);
      const at = { rate: rateOf(name), gradientScale, step };
      if (name === WORDS) updateRows(slot, rows, gradient, at, settings);
      else updateDense(slot, gradient, at, settings);
    }
    return loss;
  }

  /** The weights as they are now, and with `moments` the optimiser's state beside them. Shares memory. */
  parameters(moments = false): Map<string, Parameter> {
    const all = new Map<string, Parameter>();
    for (const [name, { shape, value, first, second }] of this.slots) {
      all.set(name, { shape, data: value });
      if (moments) {
        all.set(`first:${name}`, { shape, data: first });
        all.set(`second:${name}`, { shape, data: second });
      }
    }
    return all;
  }

  /** Loss and its gradients over a batch; the word table's gradient holds the given rows only. */
  gradients(
    batch: readonly LabelledView[],
    rows: Int32Array,
    random?: () => number,
  ): { loss: number; gradients: Map<string, Float32Array> } {
    const { tf } = this;
    const pairs = batch.reduce((sum, { targets }) => sum + targets.length, 0);
    const gradients = new Map<string, Float32Array>();
    let loss = 0;
    tf.tidy(() => {
      const weights = this.upload(rows);
      const names = [...weights.keys()];
      let sums: Tensor[] | undefined;
      for (const { view, targets } of batch) {
        const lossOf = (...given: Tensor[]) => {
          const weight = (name: string) => given[names.indexOf(name)] ?? named(weights, name);
          const logits = this.forward(view, rows, weight, random);
          const wanted = tf.oneHot(tf.tensor1d([...targets], "int32"), this.config.classes);
          return tf.mul(tf.sum(tf.mul(tf.logSoftmax(logits), wanted)), -1 / pairs) as tfjs.Scalar;
        };
        const { value, grads } = tf.tidy(() => tf.valueAndGrads(lossOf)([...weights.values()]));
        loss += value.dataSync()[0] ?? Number.NaN;
        sums = sums === undefined ? grads : addAndDispose(tf, sums, grads);
      }
      for (const [index, sum] of (sums ?? []).entries()) {
        gradients.set(names[index] ?? "", sum.dataSync() as Float32Array);
      }
    });
    return { loss, gradients };
  }

  private forward(
    view: DocumentView,
    rows: Int32Array,
    weight: (name: string) => Tensor,
    random?: () => number,
  ): Tensor {
    const { tf } = this;
    const ints = (values: Int32Array) => tf.tensor1d(values, "int32");
    const compact = new Map([...rows].map((row, position) => [row, position]));
    const mentions = view.mentionRows.length;
    return documentNetwork(tfjsOps(tf, random === undefined ? { weight } : { weight, random }), this.config, {
      tokens: ints(view.tokens.map((token) => compact.get(token) ?? 0)),
      prompt: ints(view.prompt),
      positions: ints(view.positions),
      markers: ints(view.markers),
      markerPositions: ints(view.markerPositions),
      mentionRows: ints(view.mentionRows),
      membership: tf.tensor2d(view.membership, [view.entities, mentions]),
      subjects: ints(view.subjects),
      objects: ints(view.objects),
      features: tf.tensor2d(view.features, [view.candidates.length, FEATURES]),
    });
  }

  /** All weights as tensors; of the word table only the given rows. */
  private upload(rows: Int32Array): Map<string, Tensor> {
    const weights = new Map<string, Tensor>();
    for (const [name, { shape, value }] of this.slots) {
      weights.set(name, name === WORDS ? this.wordRows(rows) : this.tf.tensor(value, [...shape]));
    }
    return weights;
  }

  private wordRows(rows: Int32Array): Tensor {
    const { value, shape } = named(this.slots, WORDS);
    const width = shape[1] ?? 0;
    const data = new Float32Array(rows.length * width);
    for (const [index, row] of rows.entries())
      data.set(value.subarray(row * width, (row + 1) * width), index * width);
    return this.tf.tensor2d(data, [rows.length, width]);
  }
}

function named<Value>(values: ReadonlyMap<string, Value>, name: string): Value {
  const value = values.get(name);
  if (value === undefined) throw new RangeError(`the network has no weight ${name}`);
  return value;
}

/** The word ids that a batch needs, each once. */
export function uniqueRows(views: readonly DocumentView[]): Int32Array {
  return Int32Array.from(new Set(views.flatMap((view) => [...view.tokens])));
}

function addAndDispose(tf: Tf, sums: Tensor[], terms: Tensor[]): Tensor[] {
  const added = sums.map((sum, index) => {
    const term = terms[index];
    return term === undefined ? sum : tf.add(sum, term);
  });
  tf.dispose([...sums, ...terms]);
  return added;
}

function globalNorm(gradients: Iterable<Float32Array>): number {
  let squares = 0;
  for (const gradient of gradients) {
    for (let i = 0; i < gradient.length; i++) squares += (gradient[i] as number) ** 2;
  }
  return Math.sqrt(squares);
}

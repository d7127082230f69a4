/**
 * Loss and gradients of a batch, an item after the other, so that memory is bounded by one item however many
 * make a batch. An item is any function of the weights: networks and losses bring their own.
 */

import type * as tfjs from "@tensorflow/tfjs";
import { required } from "../../core/required.js";
import type { Parameters } from "../ops/parameters.js";
import type { Tf } from "../ops/tfjs-ops.js";
import { type Gradients, type WeightStore, WORDS } from "./weight-store.js";

type Tensor = tfjs.Tensor;

/** What a forward pass may ask for. */
export interface WeightAccess {
  /** A weight as a tensor; of the word table only the rows that the batch needs. */
  weight(name: string): Tensor;
  /** Where a word's row stands in that table. */
  wordRow(word: number): number;
}

/** One item of a batch. */
export interface LossItem {
  /** Word ids that it reads. */
  readonly words: Int32Array;
  /** Its share of the batch's loss: a scalar. `random` draws dropout; undefined: none. */
  loss(access: WeightAccess, random?: () => number): Tensor;
}

/** Gradients, and the loss that they are of. */
export type LossGradients = Gradients & { readonly loss: number };

/** The sum of the items' losses, and its gradients for every weight that learns and that an item uses. */
export async function batchGradients(
  tf: Tf,
  store: WeightStore,
  items: readonly LossItem[],
  random?: () => number,
): Promise<LossGradients> {
  const rows = uniqueWords(items.map(({ words }) => words));
  const sums = new Map<number, Tensor>();
  const losses: Tensor[] = [];
  tf.tidy(() => {
    const tensors = upload(tf, store.current(), rows);
    const access = { weight: (name: string) => tensorOf(tensors, name), wordRow: rowFinder(rows) };
    const learning = store.trainable.map((name) => tensorOf(tensors, name));
    for (const item of items) {
      // Not tf.valueAndGrads: it refuses weights that an item does not use, such as another corpus's head.
      const { value, grads } = tf.tidy(() =>
        tf.engine().gradients(() => item.loss(access, random) as tfjs.Scalar, learning, undefined, true),
      );
      losses.push(value);
      addTo(tf, sums, grads);
    }
    return [...losses, ...sums.values()];
  });
  let loss = 0;
  for (const value of losses) loss += (await takeData(value))[0] ?? Number.NaN;
  const values = new Map<string, Float32Array>();
  for (const [index, sum] of sums)
    values.set(required(store.trainable[index], "the name of a weight"), await takeData(sum));
  return { loss, values, rows };
}

/** Computes something of each item with the given weights and reads it back, one after the other. */
export async function computeWith<Item>(
  tf: Tf,
  parameters: Parameters,
  items: readonly Item[],
  wordsOf: (item: Item) => Int32Array,
  forward: (item: Item, access: WeightAccess) => Tensor,
): Promise<Float32Array[]> {
  const outputs = tf.tidy(() => {
    const rows = uniqueWords(items.map(wordsOf));
    const tensors = upload(tf, parameters, rows);
    const access = { weight: (name: string) => tensorOf(tensors, name), wordRow: rowFinder(rows) };
    return items.map((item) => tf.tidy(() => forward(item, access)));
  });
  const values: Float32Array[] = [];
  for (const output of outputs) values.push(await takeData(output));
  return values;
}

/** A tensor's values, which the caller owns; the tensor is disposed. A graphics card can't be read but so. */
async function takeData(tensor: Tensor): Promise<Float32Array> {
  // A copy: the portable backend gives its own memory away.
  const data = (await tensor.data()).slice() as Float32Array;
  tensor.dispose();
  return data;
}

/** The word ids that a batch needs, each once. */
export function uniqueWords(parts: readonly Int32Array[]): Int32Array {
  return Int32Array.from(new Set(parts.flatMap((words) => [...words])));
}

/** All weights as tensors; of the word table only the given rows. */
function upload(tf: Tf, parameters: Parameters, rows: Int32Array): Map<string, Tensor> {
  const tensors = new Map<string, Tensor>();
  for (const [name, { shape, data }] of parameters) {
    tensors.set(
      name,
      name === WORDS
        ? wordRows(tf, data, required(shape[1], "the width of the word table"), rows)
        : tf.tensor(data, [...shape]),
    );
  }
  return tensors;
}

function wordRows(tf: Tf, table: Float32Array, width: number, rows: Int32Array): Tensor {
  const data = new Float32Array(rows.length * width);
  for (const [index, row] of rows.entries()) {
    data.set(table.subarray(row * width, (row + 1) * width), index * width);
  }
  return tf.tensor2d(data, [rows.length, width]);
}

function rowFinder(rows: Int32Array): (word: number) => number {
  const positions = new Map([...rows].map((row, position) => [row, position]));
  return (word) => required(positions.get(word), "a word's row");
}

function tensorOf(tensors: ReadonlyMap<string, Tensor>, name: string): Tensor {
  return required(tensors.get(name), `the network's weight ${name}`);
}

/** Adds terms to the sums of the same index; a weight that was not used has no term. */
function addTo(tf: Tf, sums: Map<number, Tensor>, terms: readonly (Tensor | null | undefined)[]): void {
  for (const [index, term] of terms.entries()) {
    if (term === null || term === undefined) continue;
    const before = sums.get(index);
    sums.set(index, before === undefined ? term : tf.add(before, term));
    if (before !== undefined) tf.dispose([before, term]);
  }
}

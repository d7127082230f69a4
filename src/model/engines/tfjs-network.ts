/**
 * A network on TensorFlow.js: its one definition computed at once, with the weights kept where the backend keeps
 * tensors. Shared by the engines that differ in backend only.
 */
import type { Tensor } from "@tensorflow/tfjs";
import { mapInputs, type Network } from "../ops/network.js";
import { type Parameters, parameter } from "../ops/parameters.js";
import type { TensorflowBackend } from "../ops/tensorflow.js";
import { tfjsOps } from "../ops/tfjs-ops.js";
import type { LoadedNetwork } from "./engine.js";

/** tfjs has one current backend, whichever network runs: one pass after the other. */
let turn: Promise<unknown> = Promise.resolve();

function inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
  const done = turn.then(work);
  turn = done.catch(() => undefined);
  return done;
}

/** Copies the weights to the backend. */
export async function loadTfjsNetwork<Name extends string>(
  engine: string,
  { tf, name }: TensorflowBackend,
  network: Network<Name>,
  parameters: Parameters,
): Promise<LoadedNetwork<Name>> {
  const weights = new Map<string, Tensor>();
  const weight = (wanted: string): Tensor => {
    const known = weights.get(wanted);
    if (known !== undefined) return known;
    const { shape, data } = parameter(parameters, wanted);
    const tensor = tf.keep(tf.tensor(data, [...shape]));
    weights.set(wanted, tensor);
    return tensor;
  };
  const ops = tfjsOps(tf, { weight });
  return {
    engine,
    logits: (feeds) =>
      inTurn(async () => {
        await tf.setBackend(name);
        const output = tf.tidy(() => {
          const inputs = mapInputs(network, (input, { type }) => {
            const { data, shape } = feeds[input];
            return tf.tensor(data, [...shape], type);
          });
          return network.build<Tensor>(ops, inputs);
        });
        const logits = (await output.data()) as Float32Array;
        output.dispose();
        return logits;
      }),
    dispose: () =>
      inTurn(async () => {
        tf.dispose([...weights.values()]);
        weights.clear();
      }),
  };
}

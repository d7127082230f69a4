/**
 * Ops executed by TensorFlow.js: eager and differentiable; training runs here. The library is handed in, so that
 * the native binding and the portable backend use the same code with a single copy of tfjs-core.
 * Layer norm and gelu carry their own gradients: tfjs's derived ones take three times as many passes over memory.
 */
import type * as tfjs from "@tensorflow/tfjs";
import { required } from "../../core/required.js";
import type { Ops } from "./ops.js";
import { bucketOfDifference } from "./relative-position.js";

/** The tfjs-core module, whichever copy was loaded. */
export type Tf = typeof tfjs;
type Tensor = tfjs.Tensor;

/** Where parameters come from, and how dropout draws (undefined: no dropout). */
interface TfjsContext {
  weight(name: string): Tensor;
  /** A number in 0–1 for every entry that dropout decides on. */
  readonly random?: () => number;
}

/** Ops over tfjs tensors. Call inside `tf.tidy` or a gradient function; nothing is disposed here. */
export function tfjsOps(tf: Tf, context: TfjsContext): Ops<Tensor> {
  const gelu = geluWithGradient(tf);
  return {
    ...shapeOps(tf),
    weight: (name) => context.weight(name),
    gather: (table, rows) => tf.gather(table, rows as tfjs.Tensor1D),
    add: (a, b) => tf.add(a, b),
    mul: (a, b) => tf.mul(a, b),
    scale: (x, factor) => tf.mul(x, factor),
    exp: (x) => tf.exp(x),
    log: (x) => tf.log(x),
    sumLast: (x) => tf.sum(x, -1, true),
    softmax: (x) => tf.softmax(x),
    attention: attentionWithGradient(tf),
    relativeBias: (table, queries, keys, pairing, sizes) => {
      const columns = tf.expandDims(keys, pairing === "all" ? 0 : 1);
      const differences = tf.sub(tf.expandDims(queries, 1), columns); // (N, T)
      const shifted = tf.add(differences, tf.scalar(sizes.maxPositions - 1, "int32"));
      const buckets = tf.gather(tf.tensor1d(bucketOfDifference(sizes), "int32"), tf.cast(shifted, "int32"));
      return tf.transpose(tf.gather(table, buckets), [2, 0, 1]);
    },
    gelu,
    tanh: (x) => tf.tanh(x),
    layerNorm: (x, gain, bias, epsilon) => layerNormWithGradient(tf, epsilon)(x, gain, bias),
    linear: (x, weight, bias) => tf.add(tf.matMul(x, weight, false, true), bias),
    matmul: (a, b, transposeB = false) => tf.matMul(a, b, false, transposeB),
    dropout: (x, rate) =>
      context.random === undefined ? x : tf.mul(x, dropoutMask(tf, x, rate, context.random)),
  };
}

type ShapeOp =
  | "splitHeads"
  | "mergeHeads"
  | "splitSequences"
  | "splitSingles"
  | "mergeSequences"
  | "splitScores"
  | "concat"
  | "splitLike"
  | "halves"
  | "dropLast"
  | "fromEnd";

/** Those of the operations that only move rows about. */
function shapeOps(tf: Tf): Pick<Ops<Tensor>, ShapeOp> {
  // Not slices: their gradients pad each piece to the whole and add up, a split's joins the pieces once.
  const split = (x: Tensor, at: number) => tf.split(x, [at, rowsOf(x) - at], 0) as [Tensor, Tensor];
  const lastAxis = (x: Tensor, begin: number, size: number): Tensor => {
    const head = x.shape.slice(0, -1);
    return tf.slice(x, [...head.map(() => 0), begin], [...head, size]);
  };
  const rowsOf = (x: Tensor) => required(x.shape[0], "a tensor's first axis");
  const width = (x: Tensor) => required(x.shape.at(-1), "a tensor's last axis");
  return {
    splitHeads: (x, heads) => tf.transpose(tf.reshape(x, [rowsOf(x), heads, width(x) / heads]), [1, 0, 2]),
    mergeHeads: (x) => {
      const [heads = 0, rows = 0, size = 0] = x.shape;
      return tf.reshape(tf.transpose(x, [1, 0, 2]), [rows, heads * size]);
    },
    splitSequences: (x, heads, like) => {
      const sizes = [rowsOf(like), width(like), heads, width(x) / heads];
      return tf.transpose(tf.reshape(x, sizes), [0, 2, 1, 3]);
    },
    splitSingles: (x, heads) => tf.reshape(x, [rowsOf(x), heads, 1, width(x) / heads]),
    mergeSequences: (x, size) => tf.reshape(tf.transpose(x, [0, 2, 1, 3]), [-1, size]),
    splitScores: (x, like) => {
      const sizes = [rowsOf(x), rowsOf(like), width(like), width(x)];
      return tf.transpose(tf.reshape(x, sizes), [1, 0, 2, 3]);
    },
    concat: (parts, axis) => tf.concat([...parts], axis),
    splitLike: (x, like) => split(x, rowsOf(like)),
    halves: (x) => split(x, rowsOf(x) / 2),
    dropLast: (x, count) => lastAxis(x, 0, width(x) - count),
    fromEnd: (x, position) => lastAxis(x, width(x) - position, 1),
  };
}

function dropoutMask(tf: Tf, x: Tensor, rate: number, random: () => number): Tensor {
  const keep = 1 / (1 - rate);
  return tf.tensor(
    Float32Array.from({ length: x.size }, () => (random() < rate ? 0 : keep)),
    x.shape,
  );
}

/** x·Φ(x) with gradient Φ(x) + x·φ(x). */
function geluWithGradient(tf: Tf): (x: Tensor) => Tensor {
  const cdf = (x: Tensor) => tf.mul(tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1), 0.5);
  return tf.customGrad((...args) => {
    const [x, save] = args as unknown as [Tensor, tfjs.GradSaveFunc];
    const phi = cdf(x);
    save([x, phi]);
    return {
      value: tf.mul(x, phi),
      gradFunc: (dy: Tensor, saved: Tensor[]) => {
        const [input, cumulative] = saved as [Tensor, Tensor];
        const density = tf.mul(tf.exp(tf.mul(tf.square(input), -0.5)), 1 / Math.sqrt(2 * Math.PI));
        return tf.mul(dy, tf.add(cumulative, tf.mul(input, density)));
      },
    };
  });
}

/**
 * softmax(q·kᵀ + bias)·v. subtle: the softmax's gradient needs rowsum(dP∘P), which equals rowsum(dO∘O) (Dao et al. 2022,
 * FlashAttention): over d columns instead of T, so the big (H, N, T) arrays are passed over half as often.
 */
function attentionWithGradient(tf: Tf): Ops<Tensor>["attention"] {
  const op = tf.customGrad((...args) => {
    const save = args.pop() as unknown as tfjs.GradSaveFunc;
    const [query, keys, values, bias] = args as [Tensor, Tensor, Tensor, Tensor | undefined];
    const scores = tf.matMul(query, keys, false, true);
    const weights = tf.softmax(bias === undefined ? scores : tf.add(scores, bias)); // (H, N, T)
    const output = tf.matMul(weights, values); // (H, N, d)
    save([query, keys, values, weights, output]);
    return {
      value: output,
      gradFunc: (dy: Tensor, saved: Tensor[]) => {
        const [q, k, v, p, out] = saved as [Tensor, Tensor, Tensor, Tensor, Tensor];
        const rowSum = tf.sum(tf.mul(dy, out), -1, true); // (H, N, 1)
        const dScores = tf.mul(p, tf.sub(tf.matMul(dy, v, false, true), rowSum)); // (H, N, T)
        const inputs = [
          tf.matMul(dScores, k),
          tf.matMul(dScores, q, true, false),
          tf.matMul(p, dy, true, false),
        ];
        return bias === undefined ? inputs : [...inputs, dScores];
      },
    };
  });
  return (query, keys, values, bias) =>
    bias === undefined ? op(query, keys, values) : op(query, keys, values, bias);
}

/** (x − mean)/√(var + ε)·gain + bias over the last axis of (N, D). */
function layerNormWithGradient(tf: Tf, epsilon: number): (x: Tensor, gain: Tensor, bias: Tensor) => Tensor {
  const op = tf.customGrad((...args) => {
    const [x, gain, bias, save] = args as unknown as [Tensor, Tensor, Tensor, tfjs.GradSaveFunc];
    const centred = tf.sub(x, tf.mean(x, -1, true));
    const inverse = tf.rsqrt(tf.add(tf.mean(tf.square(centred), -1, true), epsilon)); // (N, 1)
    const normal = tf.mul(centred, inverse); // (N, D)
    save([normal, inverse, gain]);
    return {
      value: tf.add(tf.mul(normal, gain), bias),
      gradFunc: (dy: Tensor, saved: Tensor[]) => {
        const [unit, scale, weight] = saved as [Tensor, Tensor, Tensor];
        const dUnit = tf.mul(dy, weight);
        const along = tf.mul(unit, tf.mean(tf.mul(dUnit, unit), -1, true));
        const dx = tf.mul(scale, tf.sub(tf.sub(dUnit, tf.mean(dUnit, -1, true)), along));
        return [dx, tf.sum(tf.mul(dy, unit), 0), tf.sum(dy, 0)];
      },
    };
  });
  return (x, gain, bias) => op(x, gain, bias);
}

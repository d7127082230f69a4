/**
 * What a network's answers about pairs cost: cross-entropy, weighted by class or focused on hard pairs (focal
 * loss, Lin et al. 2017), as items for batch-gradients.ts.
 */
import type * as tfjs from "@tensorflow/tfjs";
import { type Feeds, mapInputs, type Network } from "../ops/network.js";
import { PADDED } from "../ops/ops.js";
import { type Tf, tfjsOps } from "../ops/tfjs-ops.js";
import type { LossItem, WeightAccess } from "./batch-gradients.js";
import type { DistillationSettings } from "./teacher.js";

type Tensor = tfjs.Tensor;

/** How a pair's loss is weighed. */
export interface LossSettings {
  /** Exponent of (1 − probability of the right class); 0 is plain cross-entropy. */
  readonly focalGamma: number;
  /** A factor for each class; empty: 1 for all. */
  readonly classWeights: readonly number[];
  /** What a qualifier's loss counts for beside that of the class; 1 where absent. */
  readonly qualifierWeight?: number;
  /** How a teacher's answers count, where passes have them. */
  readonly distillation?: DistillationSettings;
}

/** Cross-entropy, every class alike and no teacher. */
export const PLAIN_LOSS: LossSettings = { focalGamma: 0, classWeights: [] };

/** A relation network's inputs, whichever it is: word ids among them, by this name. */
export type WordFeeds<Name extends string> = Feeds<Name | "tokens">;

/** Which rows of logits answer for each pair, where some have several. */
interface PassReadings {
  /** At least one row for each pair. */
  readonly rows: readonly (readonly number[])[];
  /** Indexes of the classes that say that a pair is not related. */
  readonly negatives: readonly number[];
}

/** A pass of a network over labelled pairs: `targets[i]` is the class of its i-th pair. */
export interface LabelledPass<Name extends string = string> {
  readonly feeds: WordFeeds<Name>;
  readonly targets: readonly number[];
  /** Where there are none, each pair has one row of logits, in the same order. */
  readonly readings?: PassReadings;
  /** The head that answers, where corpora have their own. */
  readonly head?: string;
  /** A teacher's probabilities for some of the pairs. */
  readonly soft?: readonly (Float32Array | undefined)[];
  /** The columns behind the classes: what else the network says, and what it should. */
  readonly qualifiers?: readonly QualifierColumns[];
}

/** A qualifier's columns. */
interface QualifierColumns {
  readonly outputs: number;
  /** The output that each pair should get; below 0: nothing is learned from that pair. */
  readonly targets: readonly number[];
}

/** The weight of a labelled pass in a batch's mean: the sum of its pairs' class weights. */
function passWeight({ targets }: Pick<LabelledPass, "targets">, { classWeights }: LossSettings): number {
  return targets.reduce((sum, target) => sum + (classWeights[target] ?? 1), 0);
}

/** The items of a batch; their sum is the weighted mean over all its pairs. */
export function relationItems<Name extends string>(
  tf: Tf,
  network: Network<Name | "tokens">,
  passes: readonly LabelledPass<Name>[],
  settings: LossSettings = PLAIN_LOSS,
): LossItem[] {
  const total = passes.reduce((sum, pass) => sum + passWeight(pass, settings), 0);
  return passes.map((pass) => ({
    words: wordsOf(pass.feeds),
    loss: (access, random) => {
      const rows = forwardPass(tf, network, pass.feeds, withHead(access, pass.head), random);
      const columns = pass.qualifiers ?? [];
      const further = columns.reduce((sum, { outputs }) => sum + outputs, 0);
      const logits = pass.readings === undefined ? rows : strongestRows(tf, rows, pass.readings, further);
      return tf.mul(wholeLoss(tf, logits, pass, settings, further), 1 / total);
    },
  }));
}

/** Logits of one pass: (P, R). Dropout only with `random`. */
export function forwardPass<Name extends string>(
  tf: Tf,
  network: Network<Name | "tokens">,
  feeds: WordFeeds<Name>,
  { weight, wordRow }: WeightAccess,
  random?: () => number,
): Tensor {
  const inputs = mapInputs(network, (name, { type }) => {
    const { data, shape } = feeds[name];
    const values = name === "tokens" ? Int32Array.from(data, wordRow) : data;
    return tf.tensor(values, [...shape], type);
  });
  return network.build(tfjsOps(tf, random === undefined ? { weight } : { weight, random }), inputs);
}

/** The word ids that a pass reads. */
export function wordsOf(feeds: WordFeeds<never>): Int32Array {
  return Int32Array.from(feeds.tokens.data);
}

/** A corpus's own head stands under its name: `head.output.bias` is then `head.DrugProt.output.bias`. */
function withHead({ weight, wordRow }: WeightAccess, head: string | undefined): WeightAccess {
  if (head === undefined) return { weight, wordRow };
  return { weight: (name) => weight(name.replace(/^head\.(?=(hidden|output)\.)/, `head.${head}.`)), wordRow };
}

/**
 * Of each pair's rows the one of greatest odds that the pair is related, from which alone it learns: (N, R) -> (P, R).
 * The last `further` columns are no classes and decide nothing.
 */
function strongestRows(tf: Tf, logits: Tensor, { rows, negatives }: PassReadings, further: number): Tensor {
  const [, classes = 0] = logits.shape;
  const most = Math.max(...rows.map(({ length }) => length));
  const places = rows.flatMap((own) => Array.from({ length: most }, (_, place) => own[place] ?? own[0] ?? 0));
  const readings = tf.reshape(tf.gather(logits, tf.tensor1d(places, "int32")), [rows.length, most, classes]);
  const only = (negative: boolean) =>
    tf.tensor1d(
      Array.from({ length: classes }, (_, index) =>
        index < classes - further && negatives.includes(index) === negative ? 0 : PADDED,
      ),
    );
  // subtle: tfjs has no gradient of argMax, nor a way to stop one, so the choice is made inside an op with its own.
  const choose = tf.customGrad((...args) => {
    const [x, save] = args as unknown as [Tensor, tfjs.GradSaveFunc];
    const sum = (negative: boolean) => tf.logSumExp(tf.add(x, only(negative)), -1);
    const chosen = tf.expandDims(
      tf.oneHot(tf.argMax(tf.sub(sum(false), sum(true)), -1), most, 1, 0, "float32"),
      -1,
    );
    save([chosen]);
    return {
      value: tf.sum(tf.mul(x, chosen), 1),
      gradFunc: (dy: Tensor, saved: Tensor[]) => tf.mul(tf.expandDims(dy, 1), saved[0] as Tensor),
    };
  });
  return choose(readings);
}

/** The loss of the classes, and that of each qualifier for the pairs of which it is known. */
function wholeLoss(
  tf: Tf,
  logits: Tensor,
  pass: Pick<LabelledPass, "targets" | "soft" | "qualifiers">,
  settings: LossSettings,
  further: number,
): Tensor {
  if (pass.qualifiers === undefined || further === 0) return passLoss(tf, logits, pass, settings);
  const [pairs = 0, columns = 0] = logits.shape;
  const part = (begin: number, size: number) => tf.slice(logits, [0, begin], [pairs, size]);
  let loss = passLoss(tf, part(0, columns - further), pass, settings);
  let begin = columns - further;
  for (const { outputs, targets } of pass.qualifiers) {
    const known = targets.map((target) => Number(target >= 0));
    if (known.includes(1)) {
      const own = pairLoss(
        tf,
        part(begin, outputs),
        targets.map((target) => Math.max(target, 0)),
        PLAIN_LOSS,
        known,
      );
      loss = tf.add(loss, tf.mul(own, settings.qualifierWeight ?? 1));
    }
    begin += outputs;
  }
  return loss;
}

/** Gold and, where there is one, the teacher's view of the pairs, mixed by the teacher's share. */
function passLoss(
  tf: Tf,
  logits: Tensor,
  { targets, soft }: Pick<LabelledPass, "targets" | "soft">,
  settings: LossSettings,
): Tensor {
  const { distillation } = settings;
  if (soft === undefined || distillation === undefined) return pairLoss(tf, logits, targets, settings);
  // A pair that the teacher did not answer is learned from its gold class alone.
  const goldShare = soft.map((answer) => (answer === undefined ? 1 : 1 - distillation.share));
  const gold = pairLoss(tf, logits, targets, settings, goldShare);
  return tf.add(gold, tf.mul(softLoss(tf, logits, soft, distillation.temperature), distillation.share));
}

/** Cross-entropy against softened probabilities, times T²: gradients then keep their size whatever T is. */
function softLoss(
  tf: Tf,
  logits: Tensor,
  soft: readonly (Float32Array | undefined)[],
  temperature: number,
): Tensor {
  const [, classes = 0] = logits.shape;
  const wanted = tf.tensor2d(soft.map((row) => [...(row ?? new Float32Array(classes))]));
  const found = tf.logSoftmax(tf.div(logits, temperature));
  return tf.mul(tf.sum(tf.mul(wanted, found)), -(temperature ** 2));
}

/** Sum over the rows of (P, R) of weight · (1 − p)^γ · −log p, where p is the right class's probability. */
function pairLoss(
  tf: Tf,
  logits: Tensor,
  targets: readonly number[],
  { focalGamma, classWeights }: LossSettings,
  shares: readonly number[] = [],
): Tensor {
  const [, classes = 0] = logits.shape;
  const wanted = tf.oneHot(tf.tensor1d([...targets], "int32"), classes);
  const logProbability = tf.sum(tf.mul(tf.logSoftmax(logits), wanted), -1); // (P)
  const weights = tf.tensor1d(targets.map((target, row) => (classWeights[target] ?? 1) * (shares[row] ?? 1)));
  const weighted = tf.mul(weights, logProbability);
  if (focalGamma === 0) return tf.neg(tf.sum(weighted));
  const missing = tf.sub(1, tf.exp(logProbability));
  return tf.neg(tf.sum(tf.mul(tf.pow(tf.maximum(missing, 1e-6), focalGamma), weighted)));
}

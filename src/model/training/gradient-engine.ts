/**
 * A relation network that learns on tfjs: gives logits, or takes AdamW updates over batches of labelled passes.
 */
import type { Network } from "../ops/network.js";
import type { Tf } from "../ops/tfjs-ops.js";
import type { AdamWSettings } from "./adamw.js";
import { batchGradients, computeWith, type LossGradients } from "./batch-gradients.js";
import {
  forwardPass,
  type LabelledPass,
  type LossSettings,
  PLAIN_LOSS,
  relationItems,
  type WordFeeds,
  wordsOf,
} from "./relation-loss.js";
import type { WeightStore } from "./weight-store.js";

/** Network, weights and optimiser state on one backend. */
export class GradientEngine<Name extends string> {
  constructor(
    private readonly tf: Tf,
    private readonly network: Network<Name | "tokens">,
    readonly store: WeightStore,
    private readonly lossSettings: LossSettings = PLAIN_LOSS,
  ) {}

  /** Logits (P, R) of each pass, row-major, without dropout, with the best weights: the averages where kept. */
  logits(passes: readonly WordFeeds<Name>[]): Promise<Float32Array[]> {
    return computeWith(this.tf, this.store.best(), passes, wordsOf, (feeds, access) =>
      forwardPass(this.tf, this.network, feeds, access),
    );
  }

  /**
   * One update over a batch: mean loss over all its pairs. `rateOf` gives each weight's learning rate, `step`
   * counts from 1. Returns that loss.
   */
  async step(
    batch: readonly LabelledPass<Name>[],
    step: number,
    rateOf: (name: string) => number,
    settings: AdamWSettings,
    random: () => number,
  ): Promise<number> {
    const gradients = await this.gradients(batch, random);
    this.store.update(gradients, step, rateOf, settings);
    return gradients.loss;
  }

  /** Loss and its gradients over a batch; without `random` there is no dropout. */
  gradients(batch: readonly LabelledPass<Name>[], random?: () => number): Promise<LossGradients> {
    const items = relationItems(this.tf, this.network, batch, this.lossSettings);
    return batchGradients(this.tf, this.store, items, random);
  }
}

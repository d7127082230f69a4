/**
 * A training run that another machine takes: laid down in a folder for scripts/train-gpu/train.py, which wants PyTorch
 * and a card, and taken back by the same command once it was trained.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { BioWeftError } from "../core/errors.js";
import type { DocumentInputName } from "../model/document-graph.js";
import { type CarriedRun, readCarriedWeights, writeCarriedRun } from "../model/training/carried-run.js";
import { planName } from "../model/training/plan.js";
import { calibrated, type TrainedNetwork, type TrainingRun } from "../model/training/trainer.js";

/**
 * The network that came back, calibrated on the held-out documents; undefined where it has not, after the run was laid
 * down. Throws CONFIG where the folder holds something else.
 */
export async function trainedElsewhere(
  dir: string,
  run: TrainingRun<DocumentInputName>,
  rest: Pick<CarriedRun, "config" | "labels" | "unlabelled">,
): Promise<TrainedNetwork | undefined> {
  const plan = `${planName(run)} unlabelled:${rest.unlabelled.length}`;
  const found = await readCarriedWeights(dir, { plan, initial: run.initial });
  if (found !== undefined && found !== "untrained") return calibrated(run, found);
  if (found === undefined) {
    if (existsSync(join(dir, "bioweft.json"))) {
      throw new BioWeftError("CONFIG", `${dir} is a model's folder; give another with --carry`);
    }
    await writeCarriedRun(dir, { ...run, ...rest, plan });
  }
  return undefined;
}

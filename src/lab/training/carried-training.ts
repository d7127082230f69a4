/**
 * A training run that another machine takes: laid down in a folder for scripts/train-gpu/train.py, which wants PyTorch
 * and a card, and taken back by the same command once it was trained.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { BioWeftError } from "../../core/errors.js";
import type { DocumentInputName } from "../../model/networks/document-graph.js";
import { carriedAnswersFile, writeCarriedAnswers } from "../../model/training/carried/carried-answers.js";
import {
  type CarriedRun,
  readCarriedWeights,
  taughtExamples,
  viewSettings,
  writeCarriedRun,
} from "../../model/training/carried/carried-run.js";
import { planName } from "../../model/training/plan.js";
import type { Teacher } from "../../model/training/teacher.js";
import { calibrated, type TrainedNetwork, type TrainingRun } from "../../model/training/trainer.js";
import { startProgress } from "../../terminal/progress.js";

/**
 * The network that came back, calibrated on the held-out documents; undefined where it has not, after the run was laid
 * down, with what its teacher answers if it has one. Throws CANCELLED when the signal fires while it is asked, CONFIG where the folder holds something else.
 */
export async function trainedElsewhere(
  dir: string,
  run: TrainingRun<DocumentInputName>,
  rest: Pick<CarriedRun, "config" | "labels" | "unlabelled" | "distillation">,
): Promise<TrainedNetwork | undefined> {
  const plan = `${planName(run)} unlabelled:${rest.unlabelled.length}`;
  const found = await readCarriedWeights(dir, { plan, initial: run.initial });
  if (found !== undefined && found !== "untrained") return calibrated(run, found);
  const carried = { ...run, ...rest, plan };
  if (found === undefined) {
    if (existsSync(join(dir, "bioweft.json"))) {
      throw new BioWeftError("CONFIG", `${dir} is a model's folder; give another with --carry`);
    }
    await writeCarriedRun(dir, carried);
  }
  if (run.teacher !== undefined && !existsSync(carriedAnswersFile(dir)))
    await ask(dir, carried, run.teacher, run.signal);
  return undefined;
}

async function ask(dir: string, run: CarriedRun, teacher: Teacher, signal?: AbortSignal): Promise<void> {
  const taught = taughtExamples(run);
  const bar = startProgress("asking the teacher", "documents", taught.length);
  const onAnswered = (documents: number) => bar.update(documents);
  await writeCarriedAnswers(dir, taught, {
    ...viewSettings(run),
    teacher,
    onAnswered,
    ...(signal === undefined ? {} : { signal }),
  }).finally(() => bar.stop());
}

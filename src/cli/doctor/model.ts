/**
 * What doctor finds of the model and of the engines that can run it or train it.
 */
import type { Config } from "../../core/config.js";
import { messageOf } from "../../core/errors.js";
import { engineMemory } from "../../lab/evaluation/chosen-model.js";
import { bySpeed, type EngineTrial, lookUpChoice } from "../../model/engine-choice.js";
import type { Engine } from "../../model/engines/engine.js";
import { ENGINES } from "../../model/engines/registry.js";
import { NATIVE_CURES, nativePackageDir } from "../../model/ops/tensorflow.js";
import { loadReleasedModel } from "../../model/released-model.js";
import type { Finding } from "./machine.js";

/** The released model, loaded once to see that it loads, and the engines. */
export async function modelFindings(config: Config): Promise<Finding[]> {
  return [
    await releasedModel(config.modelDir),
    ...(await Promise.all(ENGINES.map(engineFinding))),
    await automaticEngine(config),
    training(),
  ];
}

async function engineFinding({ name, description, presence }: Engine): Promise<Finding> {
  const state = await presence();
  const about = `engine ${name}`;
  if (state.present) return { name: about, ok: true, found: `${description}: ${state.found}` };
  const found = `${description}: no, ${state.reason}`;
  return {
    name: about,
    ok: false,
    optional: true,
    found,
    ...(state.cure === undefined ? {} : { cure: state.cure }),
  };
}

/** Which engine `--engine auto` takes for the released model, and why. */
async function automaticEngine({ modelDir, home }: Config): Promise<Finding> {
  const { candidates, measurement } = await lookUpChoice(modelDir, engineMemory(home));
  const names = candidates.map((engine) => engine.name).join(", ");
  const finding = (found: string): Finding => ({ name: "engine auto", ok: true, found });
  if (candidates.length === 1) return finding(`${names}: no other engine here could be faster`);
  if (measurement === undefined) return finding(`not measured yet: the first prediction compares ${names}`);
  const { measured, trials } = measurement;
  const [fastest] = bySpeed(candidates, trials);
  return finding(`${fastest?.name}: ${trials.map(trialLine).join(", ")} (measured ${measured})`);
}

function trialLine({ engine, seconds, fault }: EngineTrial): string {
  return seconds === undefined
    ? `${engine} failed (${fault})`
    : `${engine} ${(1000 * seconds).toFixed(1)} ms a document`;
}

function training(): Finding {
  const dir = nativePackageDir("tfjs-node-gpu") ?? nativePackageDir("tfjs-node");
  const name = "TensorFlow for training";
  if (dir !== undefined) return { name, ok: true, found: dir };
  return { name, ok: false, optional: true, found: "missing", cure: NATIVE_CURES["tfjs-node"] };
}

async function releasedModel(folder: string): Promise<Finding> {
  try {
    const model = await loadReleasedModel(folder);
    const { id, engine } = model.info;
    await model.dispose();
    return { name: "model", ok: true, found: `${id} on ${engine}` };
  } catch (fault) {
    return {
      name: "model",
      ok: false,
      found: messageOf(fault),
      cure: "restore models/released from the repository, or name a checkpoint folder by BIOWEFT_MODEL",
    };
  }
}

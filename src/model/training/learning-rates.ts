/** Which weights learn, and how fast each does beside the others, from a run's settings. */
import type { TrainingSettings } from "./plan.js";

const EMBEDDINGS = /^(embeddings|embeddings_project|encoder\.relative_attention_bias)\.|^special\.segment$/;
const LAYER = /^encoder\.layer\.(\d+)\./;

/** Whether a weight stays as it is. Prompts and markers, which begin at little, always learn. */
export function frozenBy({ freezeEmbeddings, freezeLayers }: TrainingSettings): (name: string) => boolean {
  return (name) => {
    const layer = LAYER.exec(name)?.[1];
    return layer === undefined ? freezeEmbeddings && EMBEDDINGS.test(name) : Number(layer) < freezeLayers;
  };
}

/** The peak rate of each weight: the encoder's falls from its top layer down, the rest has the head's. */
export function learningRates(
  { learningRate, headFactor, layerDecay }: TrainingSettings,
  layers: number,
): (name: string) => number {
  return (name) => {
    if (/^(head|special|pooler|classifier)\./.test(name)) return learningRate * headFactor;
    const layer = LAYER.exec(name)?.[1];
    const below = layer !== undefined ? layers - 1 - Number(layer) : EMBEDDINGS.test(name) ? layers : 0;
    return learningRate * layerDecay ** below;
  };
}

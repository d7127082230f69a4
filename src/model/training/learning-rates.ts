/** Which weights learn, and how fast each does beside the others, from a run's settings. */
import type { TrainingSettings } from "./plan.js";

const EMBEDDINGS = /^(embeddings|embeddings_project|encoder\.relative_attention_bias)\.|^special\.segment$/;
const MARKERS = /^special\.weight$/;
const LAYER = /^encoder\.layer\.(\d+)\./;

/** Whether a weight stays as it is. The gradient goes down to the lowest weight that learns, so what is frozen saves time. */
export function frozenBy(settings: TrainingSettings): (name: string) => boolean {
  const { freezeEmbeddings, freezeMarkers, freezeLayers } = settings;
  return (name) => {
    const layer = LAYER.exec(name)?.[1];
    if (layer !== undefined) return Number(layer) < freezeLayers;
    return (freezeEmbeddings && EMBEDDINGS.test(name)) || (freezeMarkers && MARKERS.test(name));
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

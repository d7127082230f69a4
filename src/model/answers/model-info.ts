/** What the other rooms are told of a loaded model, whichever network it is. */
import type { ModelInfo } from "../../core/prediction.js";
import type { Parameters } from "../ops/parameters.js";

/** The facts of a description, with the engine that runs the model and the size of its weights. */
export function modelInfo(
  { id, network, encoder, corpora, dev }: Omit<ModelInfo, "engine" | "parameters">,
  parameters: Parameters,
  engine: string,
): ModelInfo {
  const count = [...parameters.values()].reduce((sum, { data }) => sum + data.length, 0);
  return { id, network, encoder, engine, corpora, parameters: count, ...(dev === undefined ? {} : { dev }) };
}

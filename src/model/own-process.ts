/**
 * A model in a process of its own: for whoever answers others meanwhile, as the runtimes compute on the thread that asks
 * them. Loads as released-model.ts and fastest-model.ts do, and throws what they throw.
 */
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type ProcessClassifier, startProcessClassifier } from "./process/process-classifier.js";
import type { LoadOptions } from "./released-model.js";

/** What to load, as plain data: a filter of pairs, being a function, has to stay where it is. */
export interface ModelToLoad extends Omit<LoadOptions, "wants"> {
  readonly dir: string;
  /** The file that remembers how fast the engines are; unless an `engine` is named, the fastest is taken. */
  readonly memoryFile: string;
}

/** Loads a model in a process of its own. Dispose the classifier when done: that ends the process. */
export function loadInOwnProcess(model: ModelToLoad): Promise<ProcessClassifier> {
  const own = fileURLToPath(import.meta.url);
  return startProcessClassifier(join(dirname(own), `classifier-program${extname(own)}`), model);
}

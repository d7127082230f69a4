/** Run as a process of its own by own-process.ts: loads the model that it is told, and answers what it is asked. */
import { loadFastestModel } from "./fastest-model.js";
import type { ModelToLoad } from "./own-process.js";
import { answerAskings } from "./process/answering.js";
import { loadReleasedModel } from "./released-model.js";

answerAskings((model) => {
  const { dir, engine, memoryFile, ...options } = model as ModelToLoad;
  return engine === undefined
    ? loadFastestModel(dir, memoryFile, options)
    : loadReleasedModel(dir, { ...options, engine });
});

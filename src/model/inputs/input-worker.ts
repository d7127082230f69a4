/**
 * A thread that makes inputs of documents; started by input-threads.ts with the recipe as its data.
 */
import { workerData } from "node:worker_threads";
import type { Document } from "../../core/document.js";
import { type InputRecipe, inputMaker } from "./input-maker.js";

const making = inputMaker(workerData as InputRecipe);

/** One document's inputs; they are copied to the asking thread, which costs less than handing over a dozen small arrays. */
export default async function inputs(document: Document) {
  return (await making)(document);
}

/**
 * Making inputs off the main thread. A graphics card reads documents faster than one thread can cut them into tokens
 * (about 1 ms for an abstract); the processor's own engines don't, and leave the main thread free meanwhile.
 */
import { availableParallelism } from "node:os";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { Piscina } from "piscina";
import type { Document } from "../../core/document.js";
import { BioWeftError, messageOf } from "../../core/errors.js";
import { type InputRecipe, type Inputs, inputMaker } from "./input-maker.js";
import { ALL_PAIRS, type PairFilter } from "./pair-sequence.js";

/** More threads than this are never waited for: together they make 8,000 abstracts' inputs a second. */
const MOST_THREADS = 8;

/** Makes inputs somewhere. Dispose it when done: it may hold threads. */
interface InputSource<Recipe extends InputRecipe> {
  make(document: Document): Promise<Inputs<Recipe>>;
  dispose(): Promise<void>;
}

/**
 * Makes inputs where it is fastest: in threads for an engine that takes many documents `together`, unless a filter,
 * being a function, must stay here.
 */
export async function inputSource<Recipe extends InputRecipe>(
  recipe: Recipe,
  together: number,
  wants?: PairFilter,
): Promise<InputSource<Recipe>> {
  return together > 1 && wants === undefined ? threadedInputs(recipe) : localInputs(recipe, wants);
}

/** Makes inputs on the calling thread. */
async function localInputs<Recipe extends InputRecipe>(
  recipe: Recipe,
  wants: PairFilter = ALL_PAIRS,
): Promise<InputSource<Recipe>> {
  const make = await inputMaker(recipe, wants);
  return { make: async (document) => make(document), dispose: async () => undefined };
}

/** Makes the inputs of all pairs in threads of their own, as many documents at once as there are processors to spare. */
export function threadedInputs<Recipe extends InputRecipe>(
  recipe: Recipe,
  threads = Math.max(1, Math.min(MOST_THREADS, availableParallelism() - 1)),
): InputSource<Recipe> {
  const own = fileURLToPath(import.meta.url);
  const pool = new Piscina<Document, Inputs<Recipe>>({
    filename: new URL(`input-worker${extname(own)}`, import.meta.url).href,
    workerData: recipe,
    minThreads: threads,
    maxThreads: threads,
    // A source file is read by the loader that reads this one.
    execArgv: extname(own) === ".ts" ? ["--import", "tsx"] : [],
  });
  return {
    async make(document) {
      return pool.run(document).catch((cause: unknown) => {
        // What is thrown in a thread arrives as a plain error; only the tokenizer's files can be at fault.
        throw new BioWeftError("MODEL", messageOf(cause), { cause });
      });
    },
    dispose: () => pool.destroy(),
  };
}

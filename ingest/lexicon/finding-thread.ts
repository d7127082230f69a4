/**
 * Finds names in a thread of its own, those that come with the project besides those it is given: loading the ones and
 * indexing the others takes longer than whoever answers others may be held up. The thread starts with the first text, or
 * when it is told to warm up.
 */
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { Piscina } from "piscina";
import type { FindMentions } from "../../src/core/annotation.js";
import { BioWeftError, messageOf } from "../../src/core/errors.js";

/** A thread that finds names; close it. */
interface FindingThread {
  readonly findMentions: FindMentions;
  /** Loads what comes with the project before anybody asks; throws INTERNAL where the installation is not whole. */
  warmUp(): Promise<void>;
  close(): Promise<void>;
}

/** What the thread is given: a text and whom to look for in it. */
export type FindingTask = Parameters<FindMentions>;

/** A thread to find names in. */
export function findingThread(): FindingThread {
  const own = fileURLToPath(import.meta.url);
  const pool = new Piscina<FindingTask, Awaited<ReturnType<FindMentions>>>({
    filename: new URL(`finding-worker${extname(own)}`, import.meta.url).href,
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: Number.POSITIVE_INFINITY,
    // A source file is read by the loader that reads this one.
    execArgv: extname(own) === ".ts" ? ["--import", "tsx"] : [],
  });
  const findMentions: FindMentions = (text, entities) =>
    pool.run([text, entities]).catch((cause: unknown) => {
      throw new BioWeftError("INTERNAL", `no names could be looked for: ${messageOf(cause)}`, { cause });
    });
  return {
    findMentions,
    warmUp: async () => {
      await findMentions("", []);
    },
    close: () => pool.destroy(),
  };
}

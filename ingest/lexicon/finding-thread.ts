/**
 * Finds names in a thread of its own: building a recogniser for the few thousand entities near a text takes longer than
 * whoever answers others may be held up. The thread starts with the first text.
 */
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { Piscina } from "piscina";
import type { FindMentions } from "../../src/core/annotation.js";
import { BioWeftError, messageOf } from "../../src/core/errors.js";

/** A thread that finds names; close it. */
interface FindingThread {
  readonly findMentions: FindMentions;
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
  return {
    findMentions: (text, entities) =>
      pool.run([text, entities]).catch((cause: unknown) => {
        throw new BioWeftError("INTERNAL", `no names could be looked for: ${messageOf(cause)}`, { cause });
      }),
    close: () => pool.destroy(),
  };
}

/**
 * P-values of metapaths against permuted graphs, which are made once a version of the graph, in a thread of their own that nobody
 * waits for, and kept in a file. Until they are there, there are no p-values.
 */
import { mkdir } from "node:fs/promises";
import { dirname, extname } from "node:path";
import { fileURLToPath } from "node:url";
import { Piscina } from "piscina";
import { messageOf } from "../core/errors.js";
import { log } from "../core/log.js";
import type { SignificanceState } from "../core/ranker.js";
import type { Adjacency } from "./adjacency/adjacency.js";
import { sharedAdjacency } from "./adjacency/shared-adjacency.js";
import { countPermutations } from "./significance/permutations-file.js";
import type { SignificanceFound, SignificanceTask } from "./significance-protocol.js";
import { faultOf } from "./thread-fault.js";

/** Permuted graphs that are made: with the ends that stand for one another in each, enough to tell 1 in 1,000 apart. */
const PERMUTATIONS = 20;
/** A thread that has had nothing to do for so long is ended. */
const IDLE_MILLIS = 60_000;

/** A graph as of a version. */
interface Versioned {
  readonly graph: string;
  readonly adjacency: Adjacency;
}

/** What is asked, and how long it may take. */
interface PairAsked {
  readonly from: string;
  readonly to: string;
  readonly millis: number;
}

/** The p-values of a pair, or why there are none. */
export type PairSignificance =
  | { readonly state: "Ready"; readonly permutations: number; readonly values: ReadonlyMap<string, number> }
  | { readonly state: Exclude<SignificanceState, "Ready"> };

/** Makes permuted graphs and compares pairs with them. Dispose it when done. */
export class SignificanceThread {
  readonly #file: string;
  #pool: Piscina<SignificanceTask, SignificanceFound> | undefined;
  #making: string | undefined;
  #isEnded = false;

  /** `file` is where the permuted graphs are kept. */
  constructor(file: string) {
    this.#file = file;
  }

  /** The pair's p-values; where the graph has no permutations yet, they are begun. */
  async pair({ graph, adjacency }: Versioned, { from, to, millis }: PairAsked): Promise<PairSignificance> {
    const permutations = this.#making === undefined ? await countPermutations(this.#file, graph) : 0;
    const shared = sharedAdjacency(adjacency);
    if (permutations === 0) {
      this.#make({ kind: "make", graph, shared, file: this.#file, permutations: PERMUTATIONS });
      return { state: "BeingMade" };
    }
    const deadline = Date.now() + millis;
    const found = await this.#run({ kind: "values", graph, shared, file: this.#file, from, to, deadline });
    if (found.fault !== undefined) throw faultOf(found.fault);
    return found.values === undefined
      ? { state: "OutOfTime" }
      : { state: "Ready", permutations, values: found.values };
  }

  /** Ends the thread; what is being made is begun anew by whoever asks next. */
  async dispose(): Promise<void> {
    this.#isEnded = true;
    await this.#pool?.destroy();
  }

  /** Makes them behind whoever asked; one version at a time, a newer one when it is asked for again. */
  #make(task: SignificanceTask): void {
    if (this.#making !== undefined) return;
    this.#making = task.graph;
    const made = async () => {
      await mkdir(dirname(this.#file), { recursive: true });
      const { fault } = await this.#run(task);
      if (fault !== undefined) throw faultOf(fault);
    };
    made()
      .catch((fault: unknown) => {
        if (!this.#isEnded)
          log("warn", "the graph's permutations could not be made", { reason: messageOf(fault) });
      })
      .finally(() => {
        this.#making = undefined;
      });
  }

  #run(task: SignificanceTask): Promise<SignificanceFound> {
    this.#pool ??= startPool();
    return this.#pool.run(task);
  }
}

function startPool(): Piscina<SignificanceTask, SignificanceFound> {
  const own = fileURLToPath(import.meta.url);
  return new Piscina({
    filename: new URL(`significance-worker${extname(own)}`, import.meta.url).href,
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: IDLE_MILLIS,
    execArgv: extname(own) === ".ts" ? ["--import", "tsx"] : [],
  });
}

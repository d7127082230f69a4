/**
 * Builds, loads and updates adjacencies in a thread of its own, so that the caller's stays free; what is made lies in shared
 * memory and is not copied. Small graphs are done here: they take less than a thread takes to start.
 */
import { stat } from "node:fs/promises";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { Piscina } from "piscina";
import { BioWeftError, messageOf } from "../core/errors.js";
import { required } from "../core/required.js";
import type { Adjacency, AdjacencyRow, AdjacencySource } from "./adjacency/adjacency.js";
import { loadAdjacency } from "./adjacency/adjacency-file.js";
import { collectRows } from "./adjacency/build-adjacency.js";
import { compress } from "./adjacency/compress.js";
import { withDelta } from "./adjacency/delta.js";
import { adjacencyFrom, sharedAdjacency } from "./adjacency/shared-adjacency.js";
import type { AdjacencyMade, AdjacencyTask } from "./adjacency-protocol.js";
import { faultOf } from "./thread-fault.js";

/** Relations that are laid out in well under 10 ms. */
const FEW_RELATIONS = 5_000;
/** A file of about so many takes so many bytes. */
const SMALL_FILE_BYTES = 100 * FEW_RELATIONS;
/** A thread that has had nothing to do for so long is ended. */
const IDLE_MILLIS = 60_000;

/** Makes adjacencies. Dispose it when done. */
export class AdjacencyThread {
  readonly #fewRelations: number;
  #pool: Piscina<AdjacencyTask, AdjacencyMade> | undefined;
  #isEnded = false;

  /** Graphs of up to `fewRelations` are done in the caller's thread. */
  constructor(fewRelations = FEW_RELATIONS) {
    this.#fewRelations = fewRelations;
  }

  /** Builds one from a stream, which is read here. */
  async build(source: AdjacencySource): Promise<Adjacency> {
    const rows = await collectRows(source);
    if (rows.types.length <= this.#fewRelations) return compress(rows);
    const { columns, buffers } = rows.handedOver();
    return (await this.#run({ kind: "compress", columns }, buffers)).adjacency;
  }

  /** Loads one from its file. Throws as `loadAdjacency` does. */
  async load(file: string): Promise<{ readonly graph: string; readonly adjacency: Adjacency }> {
    // A file that is not there is told by loading it.
    const bytes = await stat(file).then(
      ({ size }) => size,
      () => 0,
    );
    if (bytes <= SMALL_FILE_BYTES && this.#fewRelations > 0) return loadAdjacency(file);
    const { adjacency, graph } = await this.#run({ kind: "load", file });
    return { adjacency, graph: required(graph, "a loaded graph's version") };
  }

  /** Brings one up to date; see `withDelta`. */
  async delta(old: Adjacency, rows: readonly AdjacencyRow[]): Promise<Adjacency> {
    if (old.relations <= this.#fewRelations) return withDelta(old, rows);
    return (await this.#run({ kind: "delta", graph: sharedAdjacency(old), rows }, [], old)).adjacency;
  }

  /** Ends the thread; what it was asked for fails with CANCELLED. */
  async dispose(): Promise<void> {
    this.#isEnded = true;
    await this.#pool?.destroy();
  }

  async #run(task: AdjacencyTask, transferList: ArrayBuffer[] = [], old?: Adjacency) {
    const { made, graph, fault } = await this.#ask(task, transferList);
    if (fault !== undefined) throw faultOf(fault);
    return { adjacency: adjacencyFrom(required(made, "an adjacency"), old), graph };
  }

  async #ask(task: AdjacencyTask, transferList: ArrayBuffer[]): Promise<AdjacencyMade> {
    try {
      this.#pool ??= startPool();
      return await this.#pool.run(task, { transferList });
    } catch (cause) {
      if (this.#isEnded)
        throw new BioWeftError("CANCELLED", "the graph was not made ready: the server ended", { cause });
      throw new BioWeftError("INTERNAL", `the graph was not made ready: ${messageOf(cause)}`, { cause });
    }
  }
}

function startPool(): Piscina<AdjacencyTask, AdjacencyMade> {
  const own = fileURLToPath(import.meta.url);
  return new Piscina({
    filename: new URL(`adjacency-worker${extname(own)}`, import.meta.url).href,
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: IDLE_MILLIS,
    execArgv: extname(own) === ".ts" ? ["--import", "tsx"] : [],
  });
}

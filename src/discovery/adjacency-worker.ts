/**
 * The thread that makes adjacencies ready: lays out what was streamed in, loads files, writes deltas. Seconds of work for a large
 * graph, which the thread that answers must not spend; see `adjacency-thread.ts`.
 */
import type { Adjacency } from "./adjacency/adjacency.js";
import { loadAdjacency } from "./adjacency/adjacency-file.js";
import { compress } from "./adjacency/compress.js";
import { withDelta } from "./adjacency/delta.js";
import { adjacencyFrom, sharedAdjacency } from "./adjacency/shared-adjacency.js";
import type { AdjacencyMade, AdjacencyTask } from "./adjacency-protocol.js";
import { threadFault } from "./thread-fault.js";

/** The one that was made last: the next one's names follow from it as a rule. */
let latest: Adjacency | undefined;

/** Does a task. */
export default async function handle(task: AdjacencyTask): Promise<AdjacencyMade> {
  try {
    const { adjacency, graph } = await make(task);
    latest = adjacency;
    return { made: sharedAdjacency(adjacency), ...(graph === undefined ? {} : { graph }) };
  } catch (fault) {
    return { fault: threadFault(fault) };
  }
}

async function make(task: AdjacencyTask): Promise<{ adjacency: Adjacency; graph?: string }> {
  switch (task.kind) {
    case "compress":
      return { adjacency: compress(task.columns) };
    case "load":
      return loadAdjacency(task.file);
    case "delta":
      return { adjacency: withDelta(adjacencyFrom(task.graph, latest), task.rows) };
  }
}

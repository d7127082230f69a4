/** The thread that permutes graphs, in minutes for a large one, and compares pairs with them; see `significance-thread.ts`. */
import type { Adjacency } from "./adjacency/adjacency.js";
import { searchEnds } from "./adjacency/search-ends.js";
import { adjacencyFrom } from "./adjacency/shared-adjacency.js";
import { metapathPValues } from "./significance/metapath-p-values.js";
import { readPermutations, writePermutations } from "./significance/permutations-file.js";
import type { SignificanceFound, SignificanceTask } from "./significance-protocol.js";
import { threadFault } from "./thread-fault.js";
import { SearchBudget } from "./walks/search-budget.js";

const SEED = 42;

let latest: Adjacency | undefined;

/** Does a task. */
export default async function handle(task: SignificanceTask): Promise<SignificanceFound> {
  try {
    const adjacency = adjacencyFrom(task.shared, latest);
    latest = adjacency;
    const { graph, file } = task;
    if (task.kind === "make") {
      await writePermutations(file, { graph, adjacency, permutations: task.permutations, seed: SEED });
      return {};
    }
    const ends = searchEnds(adjacency, task.from, task.to);
    if (ends === undefined) return { values: new Map() };
    const [from, to] = ends;
    const permuted = readPermutations(file, { graph, adjacency });
    const budget = new SearchBudget({ deadline: task.deadline });
    return { values: await metapathPValues({ adjacency, from, to, permuted, budget }) };
  } catch (fault) {
    return { fault: threadFault(fault) };
  }
}

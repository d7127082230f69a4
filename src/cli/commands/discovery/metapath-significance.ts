/** P-values of metapaths on the command line: the graph's links are permuted there and then. */
import { BioWeftError } from "../../../core/errors.js";
import { seededRandom } from "../../../core/random.js";
import { required } from "../../../core/required.js";
import { metapathPValues } from "../../../discovery/significance/metapath-p-values.js";
import { PermutedLinks } from "../../../discovery/significance/permuted-links.js";
import { SearchBudget } from "../../../discovery/walks/search-budget.js";
import { startProgress } from "../../../terminal/progress.js";
import type { SourcedGraph } from "../../options/graph-source.js";
import { type LinkingOptions, toLinkingFilter } from "./question-options.js";

const PERMUTATION_SEED = 42;

/** P-values where they are asked for. Throws CONFIG where a year or a filter is asked for too. */
export async function askedPValues(
  { adjacency }: SourcedGraph,
  ends: { readonly from: string; readonly to: string },
  { permutations, ...options }: LinkingOptions & { readonly permutations?: number },
): Promise<ReadonlyMap<string, number> | undefined> {
  if (permutations === undefined) return undefined;
  if (Object.values(toLinkingFilter(options)).some((value) => value !== undefined)) {
    const reason =
      "--permutations compares with permuted graphs of the whole graph; leave the year and the filters out";
    throw new BioWeftError("CONFIG", reason);
  }
  const [from, to] = [ends.from, ends.to].map((curie) => required(adjacency.indexOf(curie), curie));
  const progress = startProgress("permute", "graphs", permutations);
  const chain = new PermutedLinks(adjacency, seededRandom(PERMUTATION_SEED));
  const permuted = function* () {
    for (let made = 0; made < permutations; made++) {
      yield chain.next();
      progress.update(made + 1);
    }
  };
  const asked = { adjacency, from: required(from, "a start"), to: required(to, "an end") };
  const values = await metapathPValues({ ...asked, permuted: permuted(), budget: new SearchBudget() });
  progress.stop();
  return values;
}

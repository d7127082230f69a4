/** Rankers as options name them. */
import { InvalidArgumentError } from "commander";
import { RANKERS, type Ranker } from "../../core/ranker.js";

/** Rankers by name, with commas, in any case. */
export function rankerNames(text: string): Ranker[] {
  return text.split(",").map((name) => {
    const found = RANKERS.find((ranker) => ranker.toLowerCase() === name.trim().toLowerCase());
    if (found !== undefined) return found;
    throw new InvalidArgumentError(`give some of ${RANKERS.join(", ")}`);
  });
}

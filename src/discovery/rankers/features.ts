/**
 * What the learned ranker knows of a candidate: path counts by metapath, degrees by the role of the neighbour, PageRank, and
 * sums of believed paths. All of them span magnitudes, so each is taken twice, over its usual size: as the inverse hyperbolic
 * sine, which tells the many from the most, and as the logarithm, which tells nothing from little.
 */
import { required } from "../../core/required.js";
import { ROLES } from "../adjacency/adjacency.js";
import { METAPATHS, metapathName } from "../walks/metapath-counts.js";
import type { FeatureForm } from "./learned-weights.js";
import type { RankingQuery } from "./ranking-query.js";

/** Names of the features for candidates of one role and starts of one, in their order. */
export function featureNames(from: number, to: number): string[] {
  return [
    ...METAPATHS.map((between) => metapathName(from, between, to)),
    ...ROLES.map((role) => `degree:${role}`),
    "beliefPaths:2",
    "beliefPaths:3",
    "pageRank",
    "adamicAdar",
  ];
}

/** How many features there are. */
export const FEATURE_COUNT = featureNames(0, 0).length;

/** Writes the plain values of one candidate's features. */
export function featureReader(query: RankingQuery): (entity: number, values: Float64Array) => void {
  const { view, metapaths, beliefs, pageRank, linking } = query;
  const degrees = ROLES.map((_, role) => view.degreesByRole(role));
  return (entity, values) => {
    let at = 0;
    for (let metapath = 0; metapath < METAPATHS.length; metapath++)
      values[at++] = metapaths.at(metapath, entity);
    for (const byRole of degrees) values[at++] = required(byRole[entity], "a degree");
    values[at++] = required(beliefs.twoHops[entity], "a sum of two hops");
    values[at++] = required(beliefs.threeHops[entity], "a sum of three hops");
    values[at++] = required(pageRank[entity], "a probability");
    values[at++] = required(linking.adamicAdar[entity], "a sum of rarities");
  };
}

/** Share of a feature's usual size that stands for nothing: the logarithm of 0 has no value. */
const NOTHING = 0.01;

/** A plain value as the ranker takes it, given the feature's usual size. */
export function scaledFeature(form: FeatureForm, value: number, usual: number): number {
  return form === "asinh" ? Math.asinh(value / usual) : Math.log(value / usual + NOTHING);
}

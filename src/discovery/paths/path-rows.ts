/** The best paths between the two ends of a pair as rows of a table, for lists of pairs. */
import type { RankedPaths } from "./ranked-paths.js";

/**
 * The columns. `status` is found, none (no path so short) or unknown (an end is not in the graph); `exact` says false where
 * the search was cut short, so that a better path may exist.
 */
export const PATH_COLUMNS = [
  "from",
  "to",
  "status",
  "rank",
  "score",
  "hops",
  "path",
  "types",
  "exact",
] as const;

/** The two ends, and whether the graph has both. */
interface PairEnds {
  readonly from: string;
  readonly to: string;
  readonly isKnown: boolean;
}

/** A row a path, one row for a pair without any. */
export function toPathRows(
  { from, to, isKnown }: PairEnds,
  found: RankedPaths | undefined,
): (string | number)[][] {
  const exact = String(found?.truncated === undefined);
  if (found === undefined || found.paths.length === 0) {
    return [[from, to, isKnown ? "none" : "unknown", "", 0, "", "", "", exact]];
  }
  return found.paths.map(({ hops, score }, index) => [
    ...[from, to, "found", index + 1, score, hops.length],
    [from, ...hops.map((hop) => hop.to)].join(" > "),
    hops.map(({ types }) => types.join("/")).join(" > "),
    exact,
  ]);
}

/**
 * Strata of candidates by how many neighbours they had at the cutoff: a ranker that only finds the popular shows it here.
 */

/** The strata, by rising degree. */
export const STRATA = ["1", "2-5", "6-20", "21-100", "over 100"] as const;
export type Stratum = (typeof STRATA)[number];

/** The stratum of a degree. */
export function stratumOf(degree: number): Stratum {
  if (degree <= 1) return "1";
  if (degree <= 5) return "2-5";
  if (degree <= 20) return "6-20";
  return degree <= 100 ? "21-100" : "over 100";
}

/**
 * Strata of gold: by how many neighbours it had at the cutoff, as a ranker that only finds the popular shows it here, and by
 * how many papers its relation came to, as what many took up was worth finding.
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

/** The strata by papers of the new relation until the end of the slice. */
export const IMPORTANCE = ["1 paper", "2-3 papers", "4 papers or more"] as const;
export type Importance = (typeof IMPORTANCE)[number];

/** The stratum of a number of papers. */
export function importanceOf(papers: number): Importance {
  if (papers <= 1) return "1 paper";
  return papers <= 3 ? "2-3 papers" : "4 papers or more";
}

/**
 * How effects run along a chain A–B–C, from who acts in each of its two relations: what a linking term predicts of A's effect
 * on C depends on it. Where both ends act on the middle, the two have nothing to do with each other. Source: Pearl 2009, 1.2.
 */

/** The ways in which two directions join. */
export const CHAIN_DIRECTIONS = ["Forward", "Backward", "CommonCause", "CommonEffect"] as const;
export type ChainDirection = (typeof CHAIN_DIRECTIONS)[number];

/**
 * Joins who acts in A–B and in B–C, by CURIE: null where neither end does, undefined where nobody says. Undefined where a side
 * leaves it open.
 */
export function chainDirection(
  middle: string,
  firstActs: string | null | undefined,
  secondActs: string | null | undefined,
): ChainDirection | undefined {
  if (firstActs == null || secondActs == null) return undefined;
  if (firstActs === middle) return secondActs === middle ? "CommonCause" : "Backward";
  return secondActs === middle ? "Forward" : "CommonEffect";
}

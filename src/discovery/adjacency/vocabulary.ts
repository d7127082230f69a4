/**
 * Relation types as the adjacency's byte codes, and the sign a relation type carries. The codes are
 * positions in core's lists and never leave memory.
 */
import { RELATION_TYPES, type RelationType } from "../../core/relation-types.js";

/** +1: the two rise together; −1: one lowers the other; 0: the type says nothing of direction. */
export type Sign = -1 | 0 | 1;

/** The relation type with this code. */
export function relationTypeAt(code: number): RelationType {
  return RELATION_TYPES[code] ?? "Association";
}

/** What a relation type says about the direction of an effect. */
export function relationSign(type: RelationType): Sign {
  if (type === "Positive_Correlation") return 1;
  return type === "Negative_Correlation" ? -1 : 0;
}

/** Sign of a chain of relations: their product, 0 as soon as one says nothing. */
export function composeSigns(a: Sign, b: Sign): Sign {
  const product = a * b;
  if (product === 0) return 0;
  return product > 0 ? 1 : -1;
}

/** Sign of parallel relations: the one they agree on, 0 where they are silent or contradict each other. */
export function agreedSign(signs: Iterable<Sign>): Sign {
  const said = new Set([...signs].filter((sign) => sign !== 0));
  const [only] = said;
  return said.size === 1 && only !== undefined ? only : 0;
}

/**
 * Values that clients give, checked alike wherever they are given: null asks nothing, and what can mean nothing is refused
 * with a word of what would.
 */
import { canonicalCurie, isNullId } from "../../core/curie.js";
import { BioWeftError } from "../../core/errors.js";

/** A number within bounds, null where absent. Throws BAD_INPUT outside. */
export function askedNumber(
  name: string,
  value: number | null | undefined,
  [least, most]: readonly [number, number],
): number | null {
  if (value == null) return null;
  if (value >= least && value <= most) return value;
  throw new BioWeftError("BAD_INPUT", `${name} is ${value}; give ${least} to ${most}`);
}

/** A year of our era, null where absent. Throws BAD_INPUT for what is none. */
export function askedYear(name: string, value: number | null | undefined): number | null {
  return askedNumber(name, value, [1, 9999]);
}

/** A list to choose from, null where absent. Throws BAD_INPUT for an empty one, which nothing could pass. */
export function oneOfSome<Value>(
  name: string,
  values: readonly Value[] | null | undefined,
): readonly Value[] | null {
  if (values == null) return null;
  if (values.length > 0) return values;
  throw new BioWeftError("BAD_INPUT", `${name} is empty, so nothing passes; leave it out to ask for all`);
}

/** A PubMed identifier, or a corpus's own in its place. Throws BAD_INPUT for a blank, and for what says that there is none. */
export function askedPmid(pmid: string): string {
  if (!isNullId(pmid)) return pmid.trim();
  throw new BioWeftError("BAD_INPUT", `"${pmid}" names no publication; give its PubMed identifier`);
}

/**
 * The canonical form of a CURIE in any known spelling; identifiers of a corpus's own stay as they are. Throws BAD_INPUT
 * for a blank, and for what says that there is no identifier.
 */
export function canonicalId(curie: string): string {
  if (isNullId(curie)) {
    throw new BioWeftError("BAD_INPUT", `"${curie}" is no identifier; give a CURIE such as "MESH:D011928"`);
  }
  return canonicalCurie(curie) ?? curie.trim();
}

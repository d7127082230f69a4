/**
 * A value that must exist where the types cannot say so: an array's element at an index that was counted, a map's
 * entry under a key that was put in. Its absence is a fault of ours, and no default may hide it.
 */
import { BioWeftError } from "./errors.js";

/** The value; throws INTERNAL where it is absent. `what` names it, in words that a report of the fault can use. */
export function required<Value>(value: Value | null | undefined, what: string): Value {
  if (value !== undefined && value !== null) return value;
  throw new BioWeftError("INTERNAL", `${what} is missing`);
}

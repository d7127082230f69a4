/** Numbers as options give them: text → number, or the range that was expected. */
import { InvalidArgumentError } from "commander";

/** A whole number from 0 up. */
export function count(text: string): number {
  const value = Number(text);
  if (text !== "" && Number.isInteger(value) && value >= 0) return value;
  throw new InvalidArgumentError("give a whole number from 0 up");
}

/** A number from 0 to 1. */
export function share(text: string): number {
  const value = Number(text);
  if (text !== "" && value >= 0 && value <= 1) return value;
  throw new InvalidArgumentError("give a number from 0 to 1");
}

/** A whole number from 1 up. */
export function atLeastOne(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1) return value;
  throw new InvalidArgumentError("give a whole number from 1 up");
}

/** A whole number from 2 up. */
export function atLeastTwo(text: string): number {
  if (atLeastOne(text) > 1) return atLeastOne(text);
  throw new InvalidArgumentError("give a whole number from 2 up");
}

/** A number above 0, 1 at most. */
export function aboveZero(text: string): number {
  if (share(text) > 0) return share(text);
  throw new InvalidArgumentError("give a number above 0, 1 at most");
}

/** A number from 0 up, below 1. */
export function belowOne(text: string): number {
  if (share(text) < 1) return share(text);
  throw new InvalidArgumentError("give a number from 0 up, below 1");
}

/** A number from 0 up. */
export function positive(text: string): number {
  const value = Number(text);
  if (text !== "" && value >= 0 && value < Number.POSITIVE_INFINITY) return value;
  throw new InvalidArgumentError("give a number from 0 up");
}

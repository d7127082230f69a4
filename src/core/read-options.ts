/**
 * What every document reader accepts: whether a broken document stops the reading or is reported and left out.
 * Nothing is left out silently: without `skipBad` the first fault is thrown.
 */
import { BioWeftError } from "./errors.js";

/** How a reader deals with broken documents. */
export interface ReadOptions {
  /** Keep the good documents of a file and report the others, instead of throwing at the first. */
  readonly skipBad?: boolean;
  /** Called for each document that was left out, with the fault that would have been thrown. */
  readonly onRejected?: (fault: BioWeftError) => void;
}

/** Passes on a fault as the options ask: reports a BAD_INPUT when bad documents are skipped, else throws. */
export function reject(fault: unknown, options: ReadOptions): void {
  if (options.skipBad !== true || !(fault instanceof BioWeftError) || fault.code !== "BAD_INPUT") throw fault;
  options.onRejected?.(fault);
}

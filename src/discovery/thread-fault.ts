/** A fault on its way from a thread to the one that asked: thrown, it would arrive as a plain error, without its code. */
import { BioWeftError, type ErrorCode, type ErrorPlace, messageOf } from "../core/errors.js";

/** What is posted. */
export interface ThreadFault {
  readonly code: ErrorCode;
  readonly reason: string;
  readonly place: ErrorPlace;
}

/** A fault as it is posted. */
export function threadFault(fault: unknown): ThreadFault {
  if (!(fault instanceof BioWeftError)) return { code: "INTERNAL", reason: messageOf(fault), place: {} };
  const { code, reason, place } = fault;
  return { code, reason, place };
}

/** The fault as it was before. */
export function faultOf({ code, reason, place }: ThreadFault): BioWeftError {
  return new BioWeftError(code, reason, { place });
}

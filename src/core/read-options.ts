/**
 * What every document reader accepts: whether a broken document stops the reading or is reported and left out, and
 * whom to tell of what it left out of a document that it kept. Nothing is left out silently: without `skipBad` the
 * first fault is thrown.
 */
import { BioWeftError, type ErrorPlace } from "./errors.js";

/** What a reader left out of a document, or put right in it, with the words that say so behind a number. */
export const READ_WARNINGS = {
  "unknown-type": "mentions of types that are none of ours were left out",
  "bad-identifier": "identifiers that can be none were left out",
  "no-identifier": "mentions have no identifier, so they name no entity",
  "other-spelling": "mentions are spelled otherwise than their text; the text's spelling was kept",
  "no-pmid": "documents have no PMID and are known by another identifier",
  "relation-null": "relations with a null identifier were left out",
  "relation-unresolved": "relation ends that the document does not mention were left out",
  "relation-unmentioned":
    "relations have an end that the document does not mention, so they give no evidence",
  "relation-self": "relations are between an entity and itself, so they give no evidence",
  "relation-type": "relations without a type were left out",
  "relation-direction": "directions belong to no relation of their document and were left out",
} as const;

/** A kind of warning. */
export type ReadWarningKind = keyof typeof READ_WARNINGS;

/** One thing that a reader left out of a document that it kept; `what` is it, as written. */
export interface ReadWarning {
  readonly kind: ReadWarningKind;
  readonly what: string;
  readonly place: ErrorPlace;
}

/** Takes a warning of one document. */
export type Warn = (kind: ReadWarningKind, what: string, place?: ErrorPlace) => void;

/** How a reader deals with broken documents. */
export interface ReadOptions {
  /** Keep the good documents of a file and report the others, instead of throwing at the first. */
  readonly skipBad?: boolean;
  /** Called for each document that was left out, with the fault that would have been thrown. */
  readonly onRejected?: (fault: BioWeftError) => void;
  /** Called for each thing that was left out of, or put right in, a document that was kept. */
  readonly onWarning?: (warning: ReadWarning) => void;
}

/** Passes on a fault as the options ask: reports a BAD_INPUT when bad documents are skipped, else throws. */
export function reject(fault: unknown, options: ReadOptions): void {
  if (options.skipBad !== true || !(fault instanceof BioWeftError) || fault.code !== "BAD_INPUT") throw fault;
  options.onRejected?.(fault);
}

/**
 * The value that `parse` makes of one document's source, its warnings passed on once it is whole: what a document
 * that is refused would have lost is no news.
 */
export function parseWarned<Value>(
  options: ReadOptions,
  place: ErrorPlace,
  parse: (warn: Warn) => Value,
): Value {
  const warnings: ReadWarning[] = [];
  const value = parse((kind, what, more) => warnings.push({ kind, what, place: { ...place, ...more } }));
  for (const warning of warnings) options.onWarning?.(warning);
  return value;
}

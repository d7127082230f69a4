/**
 * What a classifier's process and the process that asks it say to each other, over Node's channel in its advanced form
 * (structured clone). Plain data only; what an asking is about stands under its number.
 */
import type { Document } from "../../core/document.js";
import { BioWeftError, type ErrorCode, type ErrorPlace, messageOf } from "../../core/errors.js";
import type { ModelInfo, Prediction } from "../../core/prediction.js";

/** From the asking process. `load` comes first and once; its `model` is the program's to understand. */
export type ToClassifier =
  | { readonly kind: "load"; readonly model: unknown }
  /** Classify one document, for somebody or behind all that somebody waits for. */
  | {
      readonly kind: "predict";
      readonly asking: number;
      readonly document: Document;
      readonly priority: number;
    }
  /** Classify a stream, of which documents are asked for by `want` and answers by `next`. */
  | { readonly kind: "predict-all"; readonly asking: number }
  | { readonly kind: "next"; readonly asking: number }
  | { readonly kind: "document"; readonly asking: number; readonly document: Document }
  /** No more documents: their stream has ended, or failed. */
  | { readonly kind: "no-more"; readonly asking: number; readonly failed: boolean }
  | { readonly kind: "cancel"; readonly asking: number };

/** From the classifier's process. */
export type FromClassifier =
  | { readonly kind: "loaded"; readonly info: ModelInfo }
  | { readonly kind: "not-loaded"; readonly fault: SentFault }
  | { readonly kind: "want"; readonly asking: number }
  | { readonly kind: "progress"; readonly asking: number; readonly scored: number; readonly pairs: number }
  /** Some of a document's predictions; the last ones come with `answer`. */
  | { readonly kind: "predictions"; readonly asking: number; readonly predictions: readonly Prediction[] }
  | { readonly kind: "answer"; readonly asking: number; readonly answer: SentAnswer }
  | { readonly kind: "fault"; readonly asking: number; readonly fault: SentFault }
  /** Nothing more comes of this asking. */
  | { readonly kind: "end"; readonly asking: number };

/** An answer without its document, which the asking process has, and with the predictions that were not yet sent. */
interface SentAnswer {
  readonly predictions: readonly Prediction[];
  readonly model: string;
  readonly truncated?: number;
  readonly unasked?: number;
}

/** A fault as data. */
interface SentFault {
  readonly code: ErrorCode;
  readonly reason: string;
  readonly place: ErrorPlace;
  readonly retryable: boolean;
}

/** A fault to send. */
export function toSentFault(fault: unknown): SentFault {
  const { code, reason, place, retryable } =
    fault instanceof BioWeftError ? fault : new BioWeftError("INTERNAL", messageOf(fault));
  return { code, reason, place, retryable };
}

/** The error that it was. */
export function fromSentFault({ code, reason, ...options }: SentFault): BioWeftError {
  return new BioWeftError(code, reason, options);
}

/** CANCELLED, of a document where the asking was of one: what both sides say of an asking that was called off. */
export function calledOff({ pmid }: Partial<Pick<Document, "pmid">> = {}): BioWeftError {
  const place = pmid === undefined ? {} : { place: { pmid } };
  return new BioWeftError("CANCELLED", "the classification was called off", place);
}

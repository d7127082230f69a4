/**
 * What a curator's verdicts are called, and their keys.
 */
import type { CurationVerdict } from "../../generated/documents.js";

/** The verdicts, in the order of their buttons. */
export const VERDICT_WORDS: Readonly<
  Record<
    CurationVerdict,
    { readonly label: string; readonly done: string; readonly key: string; readonly meaning: string }
  >
> = {
  ACCEPT: { label: "Accept", done: "accepted", key: "a", meaning: "The paper says so." },
  REJECT: { label: "Reject", done: "rejected", key: "r", meaning: "The paper does not say so." },
  CORRECT: { label: "Fix", done: "fixed", key: "f", meaning: "The paper says something else: say what." },
};

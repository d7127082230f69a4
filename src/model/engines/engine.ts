/**
 * What runs a network's forward pass for prediction. One interface, an implementation an engine; the classifier
 * does not know which it has.
 */
import type { DocumentView } from "../document-input.js";

/** A loaded network. Holds native memory until disposed. */
export interface DocumentEngine {
  /** Name as given to `--engine`. */
  readonly name: string;
  /** Logits of a view's pairs, row-major (P, R). */
  logits(view: DocumentView): Promise<Float32Array>;
  dispose(): Promise<void>;
}

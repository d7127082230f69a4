/**
 * Where live extraction gets a publication from. `ingest` implements it over PubTator3; jobs only know this.
 */
import type { Document } from "./document.js";

/** A place that can be asked for one annotated publication. */
export interface DocumentSource {
  /** Its name, for messages. */
  readonly name: string;
  /**
   * The publication with its annotations, or undefined when the source does not know the PMID. Throws
   * UPSTREAM_UNAVAILABLE (5xx, garbage, no connection), RATE_LIMITED (429 to the end), TIMEOUT or CANCELLED; BAD_INPUT
   * for annotations that contradict their own text, which asking again would not mend.
   */
  fetchDocument(pmid: string, signal?: AbortSignal): Promise<Document | undefined>;
}

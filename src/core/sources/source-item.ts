/**
 * What a source of literature gives: documents in their last version and papers that are to go, each with how late it is,
 * so that an old file read after a new one changes nothing. `ingest` makes them, jobs write them.
 */
import type { Document } from "../document.js";

/** How late a version is: by the file that told it, then by the paper's own count. */
export interface VersionRank {
  /** Sorts as the files are to be applied. */
  readonly file: string;
  readonly version: number;
}

/** One thing that a source says of a paper. */
export type SourceItem =
  | {
      readonly kind: "document";
      readonly document: Document;
      /** Without it the document is as late as its reading. */
      readonly rank?: VersionRank;
      /** Set for a baseline's: every update is later, so that its rank need not be remembered. */
      readonly isBase?: true;
      /** Set for what is not to be read for relations, such as the notice that retracts a paper and repeats its claim. */
      readonly unread?: true;
    }
  | { readonly kind: "deletion"; readonly pmid: string; readonly rank?: VersionRank };

/** Whether one version is later than another. */
export function isLater(one: VersionRank, other: VersionRank): boolean {
  return one.file === other.file ? one.version > other.version : one.file > other.file;
}

/**
 * Where a corpus is published: the page that people read, and the files to download from it. Part of a corpus's
 * declaration; fetching-corpora.ts does the downloading.
 */

/** One published file. Size and checksums are checked where the publisher states them. */
export interface Download {
  readonly url: string;
  readonly bytes?: number;
  /** Lower-case hexadecimal. */
  readonly sha256?: string;
  readonly md5?: string;
  /** What to do with it; kept as it is where nothing is said. */
  readonly unpack?: "zip" | "tar.gz" | "gz";
}

/** A corpus's publisher. No downloads: it must be asked for on the page. */
export interface Publisher {
  /** What the corpus is, in one line. */
  readonly about: string;
  /** The address that people read. */
  readonly page: string;
  readonly downloads: readonly Download[];
}

/**
 * What every source of literature is: something that can be looked at beforehand, and then gives documents in their last
 * versions and what is to be deleted. Files, PubMed's files, E-utilities and PubTator3 are sources.
 */
import type { Document } from "../../src/core/document.js";
import type { ReadOptions } from "../../src/core/read-options.js";
import type { SourceItem } from "../../src/core/sources/source-item.js";
import type { ShowProgress } from "./papers/fetched-papers.js";

/** What goes along with the reading of a source. */
export interface SourceState {
  /** How to treat broken documents; hears of each once. */
  readonly reading: ReadOptions;
  readonly signal: AbortSignal;
  readonly showProgress: ShowProgress;
}

/** A source. `check` comes first, and before anything that takes long is started. */
export interface LiteratureSource {
  /** Throws for input that is not there, cannot be read or cannot be asked for. */
  check(state: SourceState): Promise<unknown>;
  /** Streams what the source says, each paper once. */
  items(state: SourceState): AsyncIterable<SourceItem>;
  /** What is to be said of what was read, as counts by name; asked for at the end. */
  counts?(): Readonly<Record<string, number>>;
  /** The same in words, a line each. */
  notes?(): readonly string[];
}

/** The documents of a plain reading as a source gives them. */
export async function* documentItems(documents: AsyncIterable<Document>): AsyncGenerator<SourceItem> {
  for await (const document of documents) yield { kind: "document", document };
}

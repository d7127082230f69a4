/**
 * How the original BioREx tool wrote one corpus in its data files: names, tags, labels and how it cut the text.
 * Each corpus declaration carries its own; compat-rows.ts applies it. Source: rows made by the tool itself.
 */
import type { Document } from "../../src/core/document.js";
import type { PairEntityType } from "../../src/core/relation-types.js";
import type { ReadOptions } from "../formats/read-options.js";

/** The tool's spelling of one corpus. */
export interface CompatForm {
  /** What stands in brackets in the question, e.g. `Litcoin`. */
  readonly tag: string;
  /** Another tag for the documents of a file, by its name. */
  readonly fileTags?: Readonly<Record<string, string>>;
  /** The files that the tool read, where they are not the corpus's published ones but its authors' copies. */
  readonly files?: readonly string[];
  /** Reads what the tool read, where that is neither a file at hand nor what the corpus's reader gives. */
  readonly read?: (paths: readonly string[], options: ReadOptions) => AsyncIterable<Document>;
  /** The tool's name for each type of entity that this corpus pairs, e.g. `ChemicalEntity`. */
  readonly typeNames: Readonly<Partial<Record<PairEntityType, string>>>;
  /** The tool's label for each of the corpus's own; those not listed stay as they are. */
  readonly labels: Readonly<Record<string, string>>;
  /** Label of pairs that the corpus does not relate. */
  readonly noneLabel: string;
  /** Whether sequence variants are paired too, as genes. */
  readonly variants: boolean;
  /**
   * What became of the text: `raw` keeps it and closes tags with `@XSrc/$`; `masked` puts the bare open tag in
   * the mention's place and asks without names; `tokenised` widens mentions to whole tokens and closes with
   * `@/XSrc$` (the tool's tokens were spaCy's: compare its rows without white space).
   */
  readonly text: "raw" | "masked" | "tokenised";
  /** What the body of a row is: the document, or the one sentence that names both. */
  readonly body: "document" | "sentence";
  /** What the columns "in same sentence" and "window" count: nothing (always True, 0), passages or sentences. */
  readonly window: "none" | "passages" | "sentences";
}

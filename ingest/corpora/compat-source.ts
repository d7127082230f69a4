/**
 * What the original BioREx tool's data files say of a corpus beside the text that its network reads
 * (src/core/biorex/compat-form.ts): the files it read, its labels, and what two columns count. Each corpus declaration
 * carries its own; compat-rows.ts applies it. Source: rows made by the tool itself.
 */
import type { CompatForm } from "../../src/core/biorex/compat-form.js";
import type { Document } from "../../src/core/document.js";
import type { ReadOptions } from "../../src/core/read-options.js";

/** The tool's reading of one corpus. The pair types are the corpus's own. */
export interface CompatSource extends Omit<CompatForm, "pairTypes"> {
  /** What the tool renamed when it joined the corpora into one training set; its rows still have the other names. */
  readonly joined?: Partial<Pick<CompatForm, "tag" | "typeNames">>;
  /** Another tag for the documents of a file, by its name. */
  readonly fileTags?: Readonly<Record<string, string>>;
  /** The files that the tool read, where they are not the corpus's published ones but its authors' copies. */
  readonly files?: readonly string[];
  /** Reads what the tool read, where that is neither a file at hand nor what the corpus's reader gives. */
  readonly read?: (paths: readonly string[], options: ReadOptions) => AsyncIterable<Document>;
  /** The tool's label for each of the corpus's own; those not listed stay as they are. */
  readonly labels: Readonly<Record<string, string>>;
  /** Label of pairs that the corpus does not relate. */
  readonly noneLabel: string;
  /** What the columns "in same sentence" and "window" count: nothing (always True, 0), passages or sentences. */
  readonly window: "none" | "passages" | "sentences";
}

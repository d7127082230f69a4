/**
 * How the original BioREx tool writes the text that its network reads, one form a corpus: which pairs it asks, how
 * it names their types, and what it does to the text. Files, labels and columns are ingest's business. Source: rows
 * made by the tool itself.
 */
import type { PairScope } from "../relation-task.js";
import { PAIR_TYPES, type PairEntityType, type PairType } from "../relation-types.js";

/** The tool's spelling of one corpus's texts. */
export interface CompatForm {
  /** What stands in brackets in the question, e.g. `Litcoin`. */
  readonly tag: string;
  readonly pairTypes: readonly PairType[];
  /** The tool's name for each type of entity that this corpus pairs, e.g. `ChemicalEntity`. */
  readonly typeNames: Readonly<Partial<Record<PairEntityType, string>>>;
  /** Whether sequence variants are paired too, as genes. */
  readonly variants: boolean;
  /**
   * What became of the text: `raw` keeps it and closes tags with `@XSrc/$`; `masked` puts the bare open tag in
   * the mention's place and asks without names; `tokenised` widens mentions to whole tokens and closes with
   * `@/XSrc$` (the tool's tokens were spaCy's: compare its rows without white space).
   */
  readonly text: "raw" | "masked" | "tokenised";
  /** What the body of a row is: the document, or the one sentence that names both. */
  readonly body: PairScope;
}

/** BioRED's form, in which the tool also asks about any new text. */
export const BIORED_FORM: CompatForm = {
  tag: "Litcoin",
  pairTypes: PAIR_TYPES,
  typeNames: {
    Chemical: "ChemicalEntity",
    Disease: "DiseaseOrPhenotypicFeature",
    Gene: "GeneOrGeneProduct",
  },
  variants: true,
  text: "raw",
  body: "document",
};

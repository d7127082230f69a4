/**
 * The graph's words in plain English: what a relation type, a kind of entity or of source means to a reader who has
 * not read any documentation.
 */
import type { EntityType, RelationType, SourceKind } from "../../generated/documents.js";

/** A word with its meaning. */
interface Word {
  readonly label: string;
  readonly meaning: string;
}

/** The relation types, the most telling first; what each means is a clause, which stands alone and in a question. */
export const RELATION_WORDS: Readonly<Record<RelationType, Word>> = {
  POSITIVE_CORRELATION: { label: "Positive correlation", meaning: "more of one goes with more of the other" },
  NEGATIVE_CORRELATION: { label: "Negative correlation", meaning: "more of one goes with less of the other" },
  ASSOCIATION: { label: "Association", meaning: "the two are related, without a clear direction of effect" },
  BIND: { label: "Binding", meaning: "the two bind physically" },
  DRUG_INTERACTION: { label: "Drug interaction", meaning: "one drug changes the effect of the other" },
  COTREATMENT: { label: "Cotreatment", meaning: "the two are given together" },
  COMPARISON: { label: "Comparison", meaning: "the two are compared with each other" },
  CONVERSION: { label: "Conversion", meaning: "one chemical becomes the other" },
};

/** The same, as a list. */
export const RELATION_TYPES = Object.keys(RELATION_WORDS) as RelationType[];

/** The kinds of entity. */
export const ENTITY_WORDS: Readonly<Record<EntityType, Word>> = {
  GENE: { label: "Gene", meaning: "a gene or its product" },
  DISEASE: { label: "Disease", meaning: "a disease, symptom or other phenotype" },
  CHEMICAL: { label: "Chemical", meaning: "a chemical or a drug" },
  VARIANT: { label: "Variant", meaning: "a sequence variant" },
  SPECIES: { label: "Species", meaning: "an organism; it takes part in no relation" },
  CELL_LINE: { label: "Cell line", meaning: "a cell line; it takes part in no relation" },
};

/** The kinds of entity that relations hold between. */
export const RELATED_TYPES: readonly EntityType[] = ["GENE", "DISEASE", "CHEMICAL", "VARIANT"];

/** Who says so. */
export const SOURCE_WORDS: Readonly<Record<SourceKind, Word>> = {
  CURATOR: { label: "Curated", meaning: "a person working on this graph judged it" },
  CORPUS: { label: "Asserted", meaning: "annotators of a published corpus marked it in the text" },
  MODEL: { label: "Extracted", meaning: "a classifier read it from the text; nobody has checked it" },
  PUBTATOR3: { label: "PubTator3", meaning: "NCBI's PubTator3 extracted it; nobody here has checked it" },
};

/** The same, as a list. */
export const SOURCE_KINDS = Object.keys(SOURCE_WORDS) as SourceKind[];

/** Which end an entity is, seen from the other one. */
export function otherEnd<End extends { readonly curie: string }>(
  relation: { readonly subject: End; readonly object: End },
  curie: string,
): End {
  return relation.subject.curie === curie ? relation.object : relation.subject;
}

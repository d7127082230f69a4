/**
 * What each corpus and service calls the six kinds of entity, and how their identifier fields are split.
 * Every reader goes through here; nothing else knows the dialects' spellings.
 */
import { toCurie } from "../../../src/core/curie.js";
import type { EntityType } from "../../../src/core/relation-types.js";

const NAMES: Readonly<Record<EntityType, readonly string[]>> = {
  Gene: ["Gene", "GeneOrGeneProduct", "GENE-Y", "GENE-N", "Protein", "GeneProduct", "FamilyName"],
  Disease: ["Disease", "DiseaseOrPhenotypicFeature", "Phenotype"],
  Chemical: ["Chemical", "ChemicalEntity", "Drug"],
  Variant: [
    ...["SequenceVariant", "Variant", "Mutation", "SNP", "DNAMutation", "ProteinMutation", "DNAAllele"],
    ...["ProteinAllele", "DNAAcidChange", "ProteinAcidChange", "AcidChange", "OtherMutation"],
    ...["CopyNumberVariant"],
  ],
  Species: ["Species", "OrganismTaxon", "Genus", "Strain", "Organism"],
  CellLine: ["CellLine", "Cell_Line"],
};
const BY_NAME = new Map(
  (Object.entries(NAMES) as [EntityType, readonly string[]][]).flatMap(([type, names]) =>
    names.map((name): [string, EntityType] => [name.toLowerCase(), type]),
  ),
);
// Kinds that PubTator marks but that take no part in our graph.
const LEFT_OUT = new Set(["chromosome", "genomicregion", "refseq", "domainmotif"]);

/** Our entity type for a source's type name in any case, or undefined for one that no source is known to use. */
export function entityTypeByName(name: string): EntityType | undefined {
  return BY_NAME.get(name.toLowerCase());
}

/** Whether a type name is known and deliberately not read (chromosomes, genomic regions). */
export function isLeftOutType(name: string): boolean {
  return LEFT_OUT.has(name.toLowerCase());
}

/** The identifiers of one mention: as the source spelled them, and as CURIEs, index by index. */
export interface MentionIds {
  readonly ids: string[];
  readonly sourceIds: string[];
}

/** BioRED's own type names, in the order of our types: what the writer writes, and how BioRED is recognised. */
export const BIORED_NAMES: Readonly<Record<EntityType, string>> = {
  Gene: "GeneOrGeneProduct",
  Disease: "DiseaseOrPhenotypicFeature",
  Chemical: "ChemicalEntity",
  Variant: "SequenceVariant",
  Species: "OrganismTaxon",
  CellLine: "CellLine",
};

/**
 * Splits an identifier field. BioRED separates by `,` (with stray spaces and trailing commas) and uses `|`
 * inside one identifier of a compound disease; the BioREx authors separate by `;`, BC5CDR by `|`. A variant
 * identifier may hold `;` and `|` itself, so a variant field is split only where every part is a whole variant.
 * Null identifiers and repetitions are dropped. `typeName` is the source's, as it tells BioRED from the others.
 */
export function parseIds(field: string, type: EntityType, typeName: string): MentionIds {
  const sourceIds: string[] = [];
  const ids: string[] = [];
  const separator = typeName === BIORED_NAMES[type] ? /[,;]/ : /[,;|]/;
  for (const part of type === "Variant" ? variantParts(field) : field.split(separator)) {
    const sourceId = part.trim();
    const curie = toCurie(sourceId, type);
    if (curie === undefined || ids.includes(curie)) continue;
    sourceIds.push(sourceId);
    ids.push(curie);
  }
  return { ids, sourceIds };
}

const WHOLE_VARIANT = /^(?:rs\d+|[cgmnpr]\|.+|tmVar:.+)$/i;

function variantParts(field: string): string[] {
  const parts = field.split(/[,;](?=\s*(?:rs\d|[cgmnpr]\||tmVar:|$))/i).filter((part) => part.trim() !== "");
  return parts.every((part) => WHOLE_VARIANT.test(part.trim())) ? parts : [field];
}

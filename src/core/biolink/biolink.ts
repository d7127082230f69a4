/**
 * The one table from BioRED's vocabulary to the Biolink Model (https://w3id.org/biolink): the category of each type of
 * entity, the predicate of each type of relation, and the prefixes that Biolink spells otherwise. Relations are
 * undirected, so every predicate here is symmetric; which end acts is told beside it, and so is the type itself, as the
 * two that Biolink has no predicate for share the widest.
 */
import { ENTITY_TYPES, type EntityType, RELATION_TYPES, type RelationType } from "../relation-types.js";

/** BioRED's diseases are DiseaseOrPhenotypicFeature, its chemicals ChemicalEntity, its genes genes or their products. */
export const BIOLINK_CATEGORIES: Readonly<Record<EntityType, string>> = {
  Gene: "biolink:Gene",
  Disease: "biolink:DiseaseOrPhenotypicFeature",
  Chemical: "biolink:ChemicalEntity",
  Variant: "biolink:SequenceVariant",
  Species: "biolink:OrganismTaxon",
  CellLine: "biolink:CellLine",
};

/** The narrowest predicate that is true of every relation of the type. */
export const BIOLINK_PREDICATES: Readonly<Record<RelationType, string>> = {
  Association: "biolink:associated_with",
  Bind: "biolink:directly_physically_interacts_with",
  Comparison: "biolink:related_to",
  Conversion: "biolink:related_to",
  Cotreatment: "biolink:related_to",
  Drug_Interaction: "biolink:interacts_with",
  Negative_Correlation: "biolink:negatively_correlated_with",
  Positive_Correlation: "biolink:positively_correlated_with",
};

/** What stands before identifiers that have no prefix of their own, such as a corpus's `T1`. */
const OWN_PREFIX = "bioweft:";

/**
 * A CURIE as Biolink spells it, and as KGX can read it: it parts lists at bars, identifiers too, and takes no colon, slash or
 * blank behind the prefix. They are written as addresses write them, `%7C` for a bar.
 */
export function toBiolinkCurie(curie: string): string {
  const spelled = biolinkSpelling(curie);
  const local = spelled.indexOf(":") + 1;
  return spelled.slice(0, local) + spelled.slice(local).replace(/[%|:/\s]/g, escaped);
}

function biolinkSpelling(curie: string): string {
  if (curie.startsWith("dbSNP:")) return `DBSNP:${curie.slice("dbSNP:".length)}`;
  if (curie.startsWith("CVCL_")) return `Cellosaurus:${curie}`;
  return /^[A-Za-z][\w.]*:\S/.test(curie) && !curie.startsWith(OWN_PREFIX) ? curie : OWN_PREFIX + curie;
}

/** The CURIE that `toBiolinkCurie` was given. */
export function fromBiolinkCurie(text: string): string {
  const curie = withBars(text);
  if (curie.startsWith("DBSNP:")) return `dbSNP:${curie.slice("DBSNP:".length)}`;
  if (curie.startsWith("Cellosaurus:CVCL_")) return curie.slice("Cellosaurus:".length);
  return curie.startsWith(OWN_PREFIX) ? curie.slice(OWN_PREFIX.length) : curie;
}

/** An identifier without bars, for what parts lists at them. */
export function withoutBars(id: string): string {
  return id.replace(/[%|]/g, escaped);
}

/** The identifier that was written without bars; one with bars is that already. */
export function withBars(id: string): string {
  if (id.includes("|")) return id;
  return id.replace(/%([0-7][0-9A-F])/gi, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}

/** A letter of ASCII as addresses write it; others stay. */
function escaped(letter: string): string {
  const code = letter.charCodeAt(0);
  return code > 0x7f ? letter : `%${code.toString(16).toUpperCase().padStart(2, "0")}`;
}

/** A publication as a CURIE: its PubMed identifier, or a corpus's own number of a document. */
export function publicationCurie(pmid: string): string {
  return /^\d+$/.test(pmid) ? `PMID:${pmid}` : OWN_PREFIX + pmid;
}

/** Narrower or wider classes that other graphs give entities, with the type that they are of here. */
const OTHER_CATEGORIES: Readonly<Record<string, EntityType>> = {
  "biolink:Protein": "Gene",
  "biolink:GeneOrGeneProduct": "Gene",
  "biolink:Disease": "Disease",
  "biolink:PhenotypicFeature": "Disease",
  "biolink:SmallMolecule": "Chemical",
  "biolink:Drug": "Chemical",
  "biolink:MolecularMixture": "Chemical",
};
const TYPE_OF_CATEGORY = new Map<string, EntityType>([
  ...ENTITY_TYPES.map((type) => [BIOLINK_CATEGORIES[type], type] as const),
  ...Object.entries(OTHER_CATEGORIES),
]);

/** The type of an entity of these categories, by the first that is known; undefined where none is. */
export function entityTypeOfCategories(categories: readonly string[]): EntityType | undefined {
  for (const category of categories) {
    const type = TYPE_OF_CATEGORY.get(category);
    if (type !== undefined) return type;
  }
  return undefined;
}

/** The relation type that a predicate stands for alone; undefined for one that stands for several, and for any other. */
export function relationTypeOfPredicate(predicate: string): RelationType | undefined {
  const types = RELATION_TYPES.filter((type) => BIOLINK_PREDICATES[type] === predicate);
  return types.length === 1 ? types[0] : undefined;
}

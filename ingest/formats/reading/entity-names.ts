/**
 * What each corpus and service calls the six kinds of entity, and how their identifier fields are split.
 * Every reader goes through here; nothing else knows the dialects' spellings.
 */
import { canonicalCurie, isNullId, toCurie } from "../../../src/core/curie.js";
import { memoized } from "../../../src/core/memo.js";
import type { EntityType } from "../../../src/core/relation-types.js";
import { splitVariants } from "../../../src/core/variant-id.js";

const NAMES: Readonly<Record<EntityType, readonly string[]>> = {
  Gene: ["Gene", "GeneOrGeneProduct", "GENE-Y", "GENE-N", "Protein", "GeneProduct", "FamilyName"],
  Disease: [
    ...["Disease", "DiseaseOrPhenotypicFeature", "Phenotype"],
    // NCBI Disease tells diseases by how they are named.
    ...["SpecificDisease", "DiseaseClass", "CompositeMention", "Modifier"],
  ],
  Chemical: ["Chemical", "ChemicalEntity", "Drug"],
  Variant: [
    ...["SequenceVariant", "Variant", "Mutation", "SNP", "DNAMutation", "ProteinMutation", "DNAAllele"],
    ...["ProteinAllele", "DNAAcidChange", "ProteinAcidChange", "AcidChange", "OtherMutation"],
    ...["CopyNumberVariant"],
  ],
  Species: ["Species", "OrganismTaxon", "Genus", "Strain", "Organism"],
  CellLine: ["CellLine", "Cell_Line"],
};
const AS_SPELLED = new Map(
  (Object.entries(NAMES) as [EntityType, readonly string[]][]).flatMap(([type, names]) =>
    names.map((name): [string, EntityType] => [name, type]),
  ),
);
const BY_NAME = new Map([...AS_SPELLED].map(([name, type]) => [folded(name), type]));

/** Our entity type for a source's type name in any case, or undefined for a kind that takes no part in our graph. */
export function entityTypeByName(name: string): EntityType | undefined {
  return AS_SPELLED.get(name) ?? BY_NAME.get(folded(name));
}

/** Whether a source marks a mention as several names in one by its type's name, as NCBI Disease does. */
export function isCompositeType(name: string): boolean {
  return AS_SPELLED.has(name) ? name === "CompositeMention" : folded(name) === "compositemention";
}

/** A type's name without case, blanks and dashes: `Cell_Line` and `CellLine` are one. */
function folded(name: string): string {
  return name.toLowerCase().replace(/[\s_-]/g, "");
}

/** The identifiers of one mention: as the source spelled them, and as CURIEs, index by index. */
interface MentionIds {
  readonly ids: readonly string[];
  readonly sourceIds: readonly string[];
}

interface ParsedField {
  readonly known: MentionIds;
  readonly impossible: readonly string[];
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
 * inside one identifier of a compound disease; the BioREx authors separate by `;`, BC5CDR by `|`, NCBI Disease by `+`.
 * A variant identifier may hold `;` and `|` itself: variant-id.ts splits those. Null identifiers and repetitions are
 * dropped; what can be no identifier is passed to `onImpossible`. `typeName` is the source's, as it tells BioRED from
 * the others.
 */
export function parseIds(
  field: string,
  type: EntityType,
  typeName: string,
  onImpossible?: (id: string) => void,
): MentionIds {
  const { known, impossible } = PARSERS[type][typeName === BIORED_NAMES[type] ? "biored" : "others"](field);
  if (onImpossible !== undefined) for (const id of impossible) onImpossible(id);
  return known;
}

// A paper names an entity many times, and a file names most of its entities in many papers.
const PARSERS = {
  Gene: parsersOf("Gene"),
  Disease: parsersOf("Disease"),
  Chemical: parsersOf("Chemical"),
  Variant: parsersOf("Variant"),
  Species: parsersOf("Species"),
  CellLine: parsersOf("CellLine"),
} satisfies Record<EntityType, unknown>;

function parsersOf(type: EntityType) {
  return {
    biored: memoized((field) => parseField(field, type, /[,;]/)),
    others: memoized((field) => parseField(field, type, /[,;|]/)),
  };
}

function parseField(field: string, type: EntityType, separator: RegExp): ParsedField {
  const sourceIds: string[] = [];
  const ids: string[] = [];
  const impossible: string[] = [];
  const parts =
    type === "Variant"
      ? splitVariants(field)
      : field.split(separator).flatMap((part) => composite(part, type));
  for (const part of parts) {
    const sourceId = part.trim();
    const curie = toCurie(sourceId, type);
    if (curie === undefined && !isNullId(sourceId)) impossible.push(sourceId);
    if (curie === undefined || ids.includes(curie)) continue;
    sourceIds.push(sourceId);
    ids.push(curie);
  }
  return { known: { ids, sourceIds }, impossible };
}

/** `D056486+D008107`, or with a slash or a blank between: several, where each of them is a known identifier. */
function composite(part: string, type: EntityType): string[] {
  if (/^[\w:*]*$/.test(part)) return [part];
  const pieces = part.trim().split(/\s*[+/]\s*|\s+(?=\S)/);
  const isKnown = (piece: string) =>
    canonicalCurie(piece.replace(/\*/g, "")) !== undefined ||
    ((type === "Gene" || type === "Species") && /^\d+$/.test(piece));
  return pieces.length > 1 &&
    pieces.every((piece) => isKnown(piece) || isNullId(piece)) &&
    pieces.some(isKnown)
    ? pieces
    : [part];
}

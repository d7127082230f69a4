/**
 * The vocabulary of BioRED: entity types, the five pair types, the eight relation types and which of them a
 * pair may carry. Source: Luo et al. 2022 (BioRED); Lai et al. 2023 (BioREx).
 */

/** Every kind of entity that a document may mention. Relations hold only between the first four. */
export const ENTITY_TYPES = ["Gene", "Disease", "Chemical", "Variant", "Species", "CellLine"] as const;
export type EntityType = (typeof ENTITY_TYPES)[number];

/** An entity's role in a pair: a variant counts as a gene there, but keeps its own identifier. */
export const PAIR_ENTITY_TYPES = ["Chemical", "Disease", "Gene"] as const;
export type PairEntityType = (typeof PAIR_ENTITY_TYPES)[number];

/** The pairs that the classifier scores: C Chemical, D Disease, G Gene (or variant). D–D is not one. */
export const PAIR_TYPES = ["C-C", "C-D", "C-G", "D-G", "G-G"] as const;
export type PairType = (typeof PAIR_TYPES)[number];

/** BioRED's eight relation types. They are undirected. */
export const RELATION_TYPES = [
  "Association",
  "Bind",
  "Comparison",
  "Conversion",
  "Cotreatment",
  "Drug_Interaction",
  "Negative_Correlation",
  "Positive_Correlation",
] as const;
export type RelationType = (typeof RELATION_TYPES)[number];

const ALLOWED: Record<PairType, ReadonlySet<RelationType>> = {
  "C-C": new Set(RELATION_TYPES.filter((type) => type !== "Bind")),
  "C-D": new Set(["Association", "Positive_Correlation", "Negative_Correlation"]),
  "D-G": new Set(["Association", "Positive_Correlation", "Negative_Correlation"]),
  "C-G": new Set(["Association", "Positive_Correlation", "Negative_Correlation", "Bind", "Cotreatment"]),
  "G-G": new Set(["Association", "Positive_Correlation", "Negative_Correlation", "Bind"]),
};

/** Whether BioRED's guidelines let this pair carry this relation. */
export function isAllowed(pair: PairType, type: RelationType): boolean {
  return ALLOWED[pair].has(type);
}

/** Whether a string is one of the eight relation types. */
export function isRelationType(value: string): value is RelationType {
  return (RELATION_TYPES as readonly string[]).includes(value);
}

/** The role an entity plays in a pair, or undefined for entities that take no part (species, cell lines). */
export function pairEntityType(type: EntityType): PairEntityType | undefined {
  if (type === "Variant") return "Gene";
  return type === "Species" || type === "CellLine" ? undefined : type;
}

/** The pair type of two roles in any order, or undefined for Disease–Disease. */
export function pairType(a: PairEntityType, b: PairEntityType): PairType | undefined {
  return PAIR_TYPE_OF.get(a)?.get(b);
}

/** The pair type of every two entity types, so that it is one look-up: a long paper has a hundred thousand pairs. */
const PAIR_TYPE_OF: ReadonlyMap<PairEntityType, ReadonlyMap<PairEntityType, PairType | undefined>> = new Map(
  PAIR_ENTITY_TYPES.map((a) => [
    a,
    new Map(
      PAIR_ENTITY_TYPES.map((b) => {
        const key = [a[0], b[0]].sort().join("-");
        return [b, PAIR_TYPES.find((type) => type === key)];
      }),
    ),
  ]),
);

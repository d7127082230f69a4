/**
 * The filter of an entity's relations, as the address holds it and as the API takes it.
 */
import type {
  EntityType,
  RelationType,
  RetractedRelations,
  SourceKind,
  WebEntityRelationsQueryVariables,
} from "../../../generated/documents.js";
import { listParam, numberParam, param } from "../../navigation/place.js";
import { RELATED_TYPES, RELATION_TYPES, SOURCE_KINDS } from "../../words/vocabulary.js";

/** What is asked of the relations; what is empty or absent asks nothing. */
export interface ShownFilter {
  readonly types: readonly RelationType[];
  readonly kinds: readonly EntityType[];
  readonly sources: readonly SourceKind[];
  /** One corpus, model or curator by name. */
  readonly source: string | undefined;
  readonly minBelief: number | undefined;
  readonly minPapers: number | undefined;
  readonly from: number | undefined;
  readonly to: number | undefined;
  /** Relations whose papers are all retracted, or denied by curators. */
  readonly retracted: RetractedRelations;
}

const RETRACTED: readonly RetractedRelations[] = ["INCLUDE", "ONLY"];

/** The names of the filter's parameters, for taking all of them out. */
export const FILTER_PARAMS = [
  "types",
  "kinds",
  "sources",
  "source",
  "minBelief",
  "minPapers",
  "from",
  "to",
  "retracted",
];

/** Reads it from the address. */
export function filterOfPlace(): ShownFilter {
  return {
    types: listParam("types", RELATION_TYPES),
    kinds: listParam("kinds", RELATED_TYPES),
    sources: listParam("sources", SOURCE_KINDS),
    source: param("source"),
    minBelief: numberParam("minBelief"),
    minPapers: numberParam("minPapers"),
    from: numberParam("from"),
    to: numberParam("to"),
    retracted: listParam("retracted", RETRACTED)[0] ?? "EXCLUDE",
  };
}

/** Whether it asks anything. */
export function isFiltering(filter: ShownFilter): boolean {
  const { retracted, ...others } = filter;
  const asks = (value: unknown) => (Array.isArray(value) ? value.length > 0 : value !== undefined);
  return retracted !== "EXCLUDE" || Object.values(others).some(asks);
}

/** As the API takes it. */
export function toVariables(curie: string, filter: ShownFilter): WebEntityRelationsQueryVariables {
  const { types, kinds, sources, source, minBelief, minPapers, from, to, retracted } = filter;
  return {
    curie,
    asOf: numberParam("asOf") ?? null,
    filter: {
      types: orNull(types),
      entityTypes: orNull(kinds),
      sourceKinds: orNull(sources),
      sources: source === undefined ? null : [source],
      minBelief: minBelief ?? null,
      minPapers: minPapers ?? null,
      retracted,
      years: from === undefined && to === undefined ? null : { from: from ?? null, to: to ?? null },
    },
  };
}

function orNull<Value>(values: readonly Value[]): readonly Value[] | null {
  return values.length > 0 ? values : null;
}

/** What may lie on the way from A to C: by type, by degree, or by name. */
import { ENTITY_TYPES, type EntityType } from "../../core/relation-types.js";
import { required } from "../../core/required.js";
import type { GraphView } from "../adjacency/graph-view.js";

/** What a question asks of what lies on the way. */
export interface WayOptions {
  /** Entity types that lie on the way; any where absent. */
  readonly via?: readonly EntityType[] | undefined;
  /** Entities with more neighbours than this lie on no way. */
  readonly maxLinkingDegree?: number | undefined;
  /** CURIEs that lie on no way. */
  readonly excluded?: readonly string[] | undefined;
}

/** The same with the excluded by number. */
export interface PassOptions extends Omit<WayOptions, "excluded"> {
  readonly excluded?: ReadonlySet<number> | undefined;
}

/** Whether an entity may lie on the way. */
export function passing(
  view: GraphView,
  { via, maxLinkingDegree = Number.POSITIVE_INFINITY, excluded }: PassOptions,
): (entity: number) => boolean {
  const { entityTypes } = view.adjacency;
  const { degrees } = view;
  const codes = via?.map((type) => ENTITY_TYPES.indexOf(type));
  // Asked once a link: what restricts nothing asks nothing.
  if (codes === undefined && maxLinkingDegree === Number.POSITIVE_INFINITY && (excluded?.size ?? 0) === 0) {
    return () => true;
  }
  return (entity) =>
    codes?.includes(required(entityTypes[entity], "an entity's type")) !== false &&
    required(degrees[entity], "an entity's degree") <= maxLinkingDegree &&
    excluded?.has(entity) !== true;
}

/**
 * The entities next to one entity, with the parallel relations between the two gathered into one link. Shared
 * by open discovery and path ranking.
 */
import type { RelationType } from "../../core/relation-types.js";
import { type Adjacency, knownEdges } from "./adjacency.js";
import { agreedSign, relationSign, type Sign } from "./vocabulary.js";

/** All relations between one entity and a neighbour, as of the year asked for. */
export interface Link {
  readonly target: number;
  /** Belief in the likeliest of the relations. */
  readonly belief: number;
  readonly types: readonly RelationType[];
  readonly sign: Sign;
}

/** Which relations count as a link. */
export interface LinkFilter {
  /** Only what was known by the end of this year. */
  readonly asOf?: number | undefined;
  readonly types?: ReadonlySet<RelationType> | undefined;
  /** 0–1, inclusive. */
  readonly minBelief?: number | undefined;
}

/** The neighbours of an entity, in order of their numbers. */
export function links(adjacency: Adjacency, entity: number, filter: LinkFilter = {}): Link[] {
  const found: { target: number; belief: number; types: RelationType[] }[] = [];
  for (const edge of knownEdges(adjacency, entity, filter.asOf)) {
    if (filter.types !== undefined && !filter.types.has(edge.type)) continue;
    if (filter.minBelief !== undefined && edge.belief < filter.minBelief) continue;
    const last = found.at(-1);
    // Edges stand in order of their targets, so parallel relations follow each other.
    if (last?.target === edge.target) {
      last.belief = Math.max(last.belief, edge.belief);
      last.types.push(edge.type);
    } else {
      found.push({ target: edge.target, belief: edge.belief, types: [edge.type] });
    }
  }
  return found.map((link) => ({ ...link, sign: agreedSign(link.types.map(relationSign)) }));
}

/** How many distinct entities an entity is related to, as of a year. */
export function degree(adjacency: Adjacency, entity: number, asOf?: number): number {
  let count = 0;
  let last = -1;
  for (const { target } of knownEdges(adjacency, entity, asOf)) {
    if (target !== last) count++;
    last = target;
  }
  return count;
}

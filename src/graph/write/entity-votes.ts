/**
 * How an entity gets its type, name and synonyms: every paper that mentions it has one vote for its type and one
 * for its most frequent spelling. Votes are whole numbers that add up, so the order of loading does not matter.
 */
import { ENTITY_TYPES, type EntityType } from "../../core/relation-types.js";

/** What one paper says about one entity. `names` counts its spellings. */
export interface PaperMention {
  readonly pmid: string;
  readonly curie: string;
  readonly type: EntityType;
  readonly names: ReadonlyMap<string, number>;
}

/** An entity's votes: for types in the order of ENTITY_TYPES, and for spellings; a spelling may have none. */
export interface EntityVotes {
  readonly curie: string;
  readonly types: readonly number[];
  readonly names: ReadonlyMap<string, number>;
}

/** The votes of an entity that no paper mentions. */
export function noVotes(curie: string): EntityVotes {
  return { curie, types: ENTITY_TYPES.map(() => 0), names: new Map() };
}

/** A paper's mention joined by another account of the same paper: the larger count of each spelling stands. */
export function joinMentions(one: PaperMention, other: PaperMention): PaperMention {
  const names = new Map(one.names);
  for (const [name, count] of other.names) names.set(name, Math.max(count, names.get(name) ?? 0));
  const type = ENTITY_TYPES.indexOf(one.type) <= ENTITY_TYPES.indexOf(other.type) ? one.type : other.type;
  return { ...one, type, names };
}

/** The votes after a paper's mention changed from `before` (undefined for a new one) to `after`. */
export function changeVote(
  votes: EntityVotes,
  before: PaperMention | undefined,
  after: PaperMention,
): EntityVotes {
  const types = [...votes.types];
  const names = new Map(votes.names);
  const vote = (mention: PaperMention, weight: number): void => {
    const index = ENTITY_TYPES.indexOf(mention.type);
    types[index] = (types[index] ?? 0) + weight;
    const [favourite] = byVotes(mention.names);
    for (const name of mention.names.keys()) names.set(name, names.get(name) ?? 0);
    if (favourite !== undefined) names.set(favourite, (names.get(favourite) ?? 0) + weight);
  };
  if (before !== undefined) vote(before, -1);
  vote(after, 1);
  return { curie: votes.curie, types, names };
}

/** The type with the most papers; on a tie the earlier in ENTITY_TYPES. */
export function electedType(votes: EntityVotes, otherwise: EntityType): EntityType {
  const most = Math.max(...votes.types);
  return most === 0 ? otherwise : (ENTITY_TYPES[votes.types.indexOf(most)] ?? otherwise);
}

/** Spellings by falling votes, ties by code unit. The first is the preferred name. */
export function byVotes(names: ReadonlyMap<string, number>): string[] {
  return [...names].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([name]) => name);
}

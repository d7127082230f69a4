/**
 * How an entity gets its type, name and synonyms: every paper that mentions it has one vote for its type and one
 * for its most frequent spelling. Votes are whole numbers that add up, so the order of loading does not matter,
 * and a paper that goes takes its votes along.
 */
import { ENTITY_TYPES, type EntityType } from "../../core/relation-types.js";

/** What one paper says about one entity. `names` counts its spellings. */
export interface PaperMention {
  readonly pmid: string;
  readonly curie: string;
  readonly type: EntityType;
  readonly names: ReadonlyMap<string, number>;
}

/** What speaks for a spelling: papers that prefer it, and papers that use it at all. */
interface SpellingVotes {
  readonly votes: number;
  readonly papers: number;
}

/** An entity's votes: for types in the order of ENTITY_TYPES, and for the spellings that papers use. */
export interface EntityVotes {
  readonly curie: string;
  readonly types: readonly number[];
  readonly names: ReadonlyMap<string, SpellingVotes>;
}

/** The votes of an entity that no paper mentions. */
export function noVotes(curie: string): EntityVotes {
  return { curie, types: ENTITY_TYPES.map(() => 0), names: new Map() };
}

/** The votes after a paper's mention changed from `before` to `after`; undefined is no mention. */
export function changeVote(
  votes: EntityVotes,
  before: PaperMention | undefined,
  after: PaperMention | undefined,
): EntityVotes {
  const types = [...votes.types];
  const names = new Map(votes.names);
  const vote = (mention: PaperMention, weight: number): void => {
    const index = ENTITY_TYPES.indexOf(mention.type);
    types[index] = (types[index] ?? 0) + weight;
    const [favourite] = bySize(mention.names);
    for (const name of mention.names.keys()) {
      const { votes: prefer, papers } = names.get(name) ?? { votes: 0, papers: 0 };
      const changed = { votes: prefer + (name === favourite ? weight : 0), papers: papers + weight };
      if (changed.papers > 0) names.set(name, changed);
      else names.delete(name);
    }
  };
  // In this order no count passes through a number below 0, nor a spelling that stays through none.
  if (after !== undefined) vote(after, 1);
  if (before !== undefined) vote(before, -1);
  return { curie: votes.curie, types, names };
}

/** The votes of two sets of papers that have none in common. */
export function joinVotes(one: EntityVotes, other: EntityVotes): EntityVotes {
  const names = new Map(one.names);
  for (const [name, more] of other.names) {
    const { votes, papers } = names.get(name) ?? { votes: 0, papers: 0 };
    names.set(name, { votes: votes + more.votes, papers: papers + more.papers });
  }
  return { curie: one.curie, types: one.types.map((count, type) => count + (other.types[type] ?? 0)), names };
}

/** Whether no paper mentions the entity. */
export function isUnvoted(votes: EntityVotes): boolean {
  return votes.types.every((count) => count === 0);
}

/** The type with the most papers; on a tie the earlier in ENTITY_TYPES. */
export function electedType(votes: EntityVotes, otherwise: EntityType): EntityType {
  const most = Math.max(...votes.types);
  return most === 0 ? otherwise : (ENTITY_TYPES[votes.types.indexOf(most)] ?? otherwise);
}

/** Spellings by falling votes, ties by code unit. The first is the preferred name. */
export function byVotes(names: ReadonlyMap<string, SpellingVotes>): string[] {
  return bySize(new Map([...names].map(([name, { votes }]) => [name, votes])));
}

/** Keys by falling number, ties by code unit. */
function bySize(counts: ReadonlyMap<string, number>): string[] {
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([name]) => name);
}

/**
 * What finding names in free text needs and gives, so that rooms that may not know the recogniser can be handed
 * one: `ingest` implements it, the API uses it.
 */
import type { Mention } from "./document.js";
import type { EntityType } from "./relation-types.js";

/** An entity with everything that it is called. */
export interface NamedEntity {
  readonly curie: string;
  readonly type: EntityType;
  /** The preferred name. */
  readonly name: string;
  readonly synonyms: readonly string[];
}

/**
 * A mention that a dictionary found. An ambiguous name keeps every entity: `ids` all those of the most likely
 * type, the likeliest first; `otherIds` those of other types.
 */
export interface FoundMention extends Mention {
  readonly otherIds: readonly string[];
  /** 0 to 1, for ordering: how likely the name means something else here. Not a probability. */
  readonly groundingRisk: number;
}

/** Finds the names of the entities in a text; in text order, none overlapping. May be done elsewhere meanwhile. */
export type FindMentions = (text: string, entities: readonly NamedEntity[]) => Promise<FoundMention[]>;

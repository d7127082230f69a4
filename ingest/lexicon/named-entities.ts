/**
 * A lexicon made ready to be looked up: its names, and its entities by number. Whether it is taken at its word is the
 * lexicon's matter: of names that somebody chose all are found, of a vocabulary of everything those that are likely meant.
 */
import type { NamedEntity } from "../../src/core/annotation.js";
import type { EntityType } from "../../src/core/relation-types.js";
import { required } from "../../src/core/required.js";
import { NameIndex } from "./name-index.js";

/** An entity as a lexicon knows it. */
export interface LexiconEntity {
  readonly curie: string;
  readonly type: EntityType;
  /** The species of a gene, as NCBI numbers it, where the lexicon says it. */
  readonly taxon?: number;
  /** How many names it has: much studied entities have many. */
  readonly names: number;
}

/** A lexicon. */
export interface NamedEntities {
  readonly index: NameIndex;
  /** Whether every name that is found is meant. */
  readonly trusted: boolean;
  entity(number: number): LexiconEntity;
}

/** Makes a lexicon of a list of entities, all of whose names are to be found. */
export function toNamedEntities(entities: Iterable<NamedEntity>): NamedEntities {
  const index = new NameIndex();
  const all: LexiconEntity[] = [];
  for (const { curie, type, name, synonyms } of entities) {
    for (const [place, one] of [name, ...synonyms].entries()) {
      if (isName(one)) index.add(one, all.length, place === 0);
    }
    all.push({ curie, type, names: 1 + synonyms.length });
  }
  return { index, trusted: true, entity: (number) => required(all[number], "an entity of the lexicon") };
}

/** One letter names nothing for certain, nor does what has neither letter nor digit. */
function isName(name: string): boolean {
  return name.trim().length >= 2 && /[\p{L}\p{N}]/u.test(name);
}

/**
 * Which pairs of a document the classifier is asked about: every unordered pair of distinct identifiers whose
 * types make one of the five pair types. Source: the candidate rules of the BioREx tool.
 */
import { type Document, inTextOrder, type Mention } from "./document.js";
import {
  type EntityType,
  PAIR_ENTITY_TYPES,
  type PairEntityType,
  type PairType,
  pairEntityType,
  pairType,
} from "./relation-types.js";
import { required } from "./required.js";

/** An entity as one document shows it: an identifier in one role, with all its mentions in text order. */
export interface DocumentEntity {
  readonly curie: string;
  readonly type: EntityType;
  readonly role: PairEntityType;
  readonly mentions: readonly Mention[];
}

/**
 * A pair to classify. In mixed pairs `subject` is the left type (Chemical before Disease before Gene), in
 * same-type pairs the entity mentioned first: an order, not a direction.
 */
export interface Candidate {
  readonly subject: DocumentEntity;
  readonly object: DocumentEntity;
  readonly pairType: PairType;
}

/** The entities of a document that can take part in a relation, in order of first mention. */
export function documentEntities(document: Document): DocumentEntity[] {
  const found = new Map<
    string,
    { curie: string; type: EntityType; role: PairEntityType; mentions: Mention[] }
  >();
  const mentions = [...document.mentions].sort(inTextOrder);
  for (const mention of mentions) {
    const role = pairEntityType(mention.type);
    if (role === undefined) continue;
    for (const curie of new Set(mention.ids)) {
      const key = `${role}\t${curie}`;
      const entity = found.get(key) ?? { curie, type: mention.type, role, mentions: [] };
      entity.mentions.push(mention);
      found.set(key, entity);
    }
  }
  return [...found.values()];
}

/** The entities that candidates ask about, each once: of the first candidate the subject, then the object, and so on. */
export function candidateEntities(candidates: readonly Candidate[]): DocumentEntity[] {
  return [...new Set(candidates.flatMap(({ subject, object }) => [subject, object]))];
}

/** Every pair of a document that the classifier could score. Of a long paper it scores the nearest (nearest-pairs.ts). */
export function documentCandidates(document: Document): Candidate[] {
  return [...eachCandidate(document)];
}

/** The same pairs one after the other: of thousands of entities there are millions. */
export function* eachCandidate(document: Document): Generator<Candidate> {
  const entities = documentEntities(document);
  for (const [index, first] of entities.entries()) {
    for (let other = index + 1; other < entities.length; other++) {
      const second = required(entities[other], "an entity of the document");
      const type = pairType(first.role, second.role);
      // An identifier in two roles, as a source may have it, is one entity, and is not related to itself.
      if (type === undefined || first.curie === second.curie) continue;
      const swapped = PAIR_ENTITY_TYPES.indexOf(first.role) > PAIR_ENTITY_TYPES.indexOf(second.role);
      yield {
        subject: swapped ? second : first,
        object: swapped ? first : second,
        pairType: type,
      };
    }
  }
}

/** The ends of a candidate, for what takes pairs of any kind. */
export function candidateEnds({ subject, object }: Candidate): readonly [DocumentEntity, DocumentEntity] {
  return [subject, object];
}

/** How many pairs a document has, without making them: hundreds of entities make tens of thousands. */
export function countCandidates(document: Document): number {
  const entities = documentEntities(document);
  // An identifier in two roles is no pair with itself.
  const byCurie = new Map<string, DocumentEntity[]>();
  for (const entity of entities) {
    byCurie.set(entity.curie, [...(byCurie.get(entity.curie) ?? []), entity]);
  }
  return [...byCurie.values()].reduce((count, roles) => count - rolesCount(roles), rolesCount(entities));
}

/** Pairs of entities whose roles make a pair type. */
function rolesCount(entities: readonly DocumentEntity[]): number {
  const roles = PAIR_ENTITY_TYPES.map((role) => ({
    role,
    count: entities.filter((entity) => entity.role === role).length,
  }));
  let pairs = 0;
  for (const [index, one] of roles.entries()) {
    if (pairType(one.role, one.role) !== undefined) pairs += (one.count * (one.count - 1)) / 2;
    for (const other of roles.slice(index + 1)) {
      if (pairType(one.role, other.role) !== undefined) pairs += one.count * other.count;
    }
  }
  return pairs;
}

/** One key for an unordered pair of identifiers. */
export function pairKey(a: string, b: string): string {
  return a < b ? `${a}\t${b}` : `${b}\t${a}`;
}

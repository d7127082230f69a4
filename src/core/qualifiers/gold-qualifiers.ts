/**
 * What an annotator said of a relation beside its type: which end acts on the other, and whether the paper claims it as
 * its own finding. Much of it is unknown: most corpora say neither.
 */
import { pairKey } from "../candidate.js";
import type { Document, GoldRelation } from "../document.js";

/** What is known of one related pair; absent: not known. */
export interface GoldQualifiers {
  /** CURIE of the subject; null where the annotator looked for one and named none. */
  readonly subject?: string | null;
  readonly novel?: boolean;
}

/**
 * What is known of each relation of a document. An annotator who gave any of them a subject looked at all: those
 * without are undirected.
 */
export function relationQualifiers({
  relations,
}: Pick<Document, "relations">): (relation: GoldRelation) => GoldQualifiers {
  const directed = relations.some(({ directedFrom }) => directedFrom !== undefined);
  return ({ directedFrom, novel }) => ({
    ...(directed ? { subject: directedFrom ?? null } : {}),
    ...(novel === undefined ? {} : { novel }),
  });
}

/** The qualifiers of a document's related pairs, by pairKey; of a pair with several relations those of the first. */
export function goldQualifiers(document: Pick<Document, "relations">): ReadonlyMap<string, GoldQualifiers> {
  const qualifiersOf = relationQualifiers(document);
  const found = new Map<string, GoldQualifiers>();
  for (const relation of document.relations) {
    const key = pairKey(relation.subject, relation.object);
    if (!found.has(key)) found.set(key, qualifiersOf(relation));
  }
  return found;
}

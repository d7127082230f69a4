/**
 * What an annotator said of a relation beside its type: which end acts on the other, and whether the paper claims it as
 * its own finding. Much of it is unknown: most corpora say neither.
 */
import { pairKey } from "./candidate.js";
import type { Document } from "./document.js";

/** What is known of one related pair; absent: not known. */
export interface GoldQualifiers {
  /** CURIE of the subject; null where the annotator looked for one and named none. */
  readonly subject?: string | null;
  readonly novel?: boolean;
}

/**
 * The qualifiers of a document's related pairs, by pairKey; of a pair with several relations those of the first. An
 * annotator who gave any relation of a document a subject looked at all of them: those without are undirected.
 */
export function goldQualifiers({
  relations,
}: Pick<Document, "relations">): ReadonlyMap<string, GoldQualifiers> {
  const directed = relations.some(({ directedFrom }) => directedFrom !== undefined);
  const found = new Map<string, GoldQualifiers>();
  for (const { subject, object, directedFrom, novel } of relations) {
    const key = pairKey(subject, object);
    if (found.has(key)) continue;
    found.set(key, {
      ...(directed ? { subject: directedFrom ?? null } : {}),
      ...(novel === undefined ? {} : { novel }),
    });
  }
  return found;
}

/**
 * Finds the entities that a document's relations name. A relation may spell an identifier otherwise than the
 * mentions do (`mesh:d001241`, `D001241`, a bare gene number); what the mentions themselves do not settle is not
 * guessed.
 */
import { documentEntities } from "../candidate.js";
import { canonicalCurie } from "../curie.js";
import { type Document, inTextOrder, type Mention } from "../document.js";
import type { EntityType } from "../relation-types.js";

/** An entity with all its mentions in text order, in whatever role: the type is that of the first. */
export interface RelationEnd {
  readonly curie: string;
  readonly type: EntityType;
  readonly mentions: readonly Mention[];
}

/** Looks up ends in one document, which is indexed once; undefined for what no mention names. */
export function endFinder(document: Document): (id: string) => RelationEnd | undefined {
  const ends = new Map<string, { curie: string; type: EntityType; mentions: Mention[] }>();
  for (const { curie, type, mentions } of documentEntities(document)) {
    const end = ends.get(curie);
    if (end === undefined) ends.set(curie, { curie, type, mentions: [...mentions] });
    else end.mentions = [...new Set([...end.mentions, ...mentions])].sort(inTextOrder);
  }
  const spellings = otherSpellings(document);
  const spelled = (id: string) => ends.get(id) ?? ends.get(spellings.get(id) ?? "");
  return (id) => spelled(id) ?? spelled(canonicalCurie(id) ?? id.trim());
}

/** Each spelling of an identifier that the document itself gives, to the one CURIE that it stands for. */
function otherSpellings(document: Document): Map<string, string> {
  const found = new Map<string, Set<string>>();
  for (const { ids, sourceIds } of document.mentions) {
    for (const [index, curie] of ids.entries()) {
      for (const spelling of [sourceIds[index]?.trim(), canonicalCurie(curie)]) {
        if (spelling === undefined || spelling === "") continue;
        found.set(spelling, (found.get(spelling) ?? new Set()).add(curie));
      }
    }
  }
  // A bare number may be a gene's and a species': then it stands for neither.
  const settled = [...found].filter(([, curies]) => curies.size === 1);
  return new Map(settled.flatMap(([spelling, curies]) => [...curies].map((curie) => [spelling, curie])));
}

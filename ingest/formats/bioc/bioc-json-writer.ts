/**
 * Writes `Document`s as BioC JSON in the form that PubTator3 answers in: offsets in code points, types and
 * identifiers in its spelling. Novelty and direction stand in infons of their own. What bioc-json.ts reads of it is the same
 * document, but for corpus and retraction, for which PubTator3 has no place.
 */
import { type Document, documentText, type Mention, type PassageKind } from "../../../src/core/document.js";
import { offsetMap } from "../../../src/core/offsets.js";
import type { ScoredRelation } from "../reading/scored-relation.js";

/** As PMC's BioC calls them, as far as it has one word. */
const BIOC_TYPES: Readonly<Record<PassageKind, string>> = {
  ...{ title: "title", abstract: "abstract", body: "paragraph" },
  ...{ caption: "fig_caption", table: "table" },
};

/** A PubTator3 answer with these documents, as text. */
export function toPubTator3Json(documents: readonly Document[]): string {
  return JSON.stringify({ PubTator3: documents.map((document) => toBioCJson(document)) });
}

/** One document as a BioC JSON value; `relations` are written with their scores in place of its own. */
export function toBioCJson(
  document: Document,
  relations?: readonly ScoredRelation[],
): Record<string, unknown> {
  const map = offsetMap(documentText(document));
  const { pmid, year, journal, doi } = document;
  const about = {
    ...(journal === undefined ? {} : { journal }),
    ...(year === undefined ? {} : { year: String(year) }),
    ...(doi === undefined ? {} : { "article-id_doi": doi }),
  };
  const passages = document.passages.map((passage, index) => {
    // A mention belongs to the last passage that begins before it, so that none falls between two.
    const next = document.passages[index + 1]?.offset ?? Number.POSITIVE_INFINITY;
    const inside = document.mentions.filter(({ start }) => start >= passage.offset && start < next);
    return {
      infons: { type: BIOC_TYPES[passage.kind], ...(index === 0 ? about : {}) },
      offset: map.toCodePoint(passage.offset),
      text: passage.text,
      annotations: inside.map((mention, number) =>
        annotation(mention, `${index}.${number}`, map.toCodePoint),
      ),
    };
  });
  const roles = endRoles(document);
  return {
    _id: `${pmid}|None`,
    id: pmid,
    pmid: /^\d{1,9}$/.test(pmid) ? Number(pmid) : pmid,
    infons: {},
    passages,
    relations: (relations ?? document.relations).map((relation, index) => ({
      id: `R${index + 1}`,
      infons: {
        type: relation.type,
        role1: roles(relation.subject),
        role2: roles(relation.object),
        ...("novel" in relation && relation.novel !== undefined
          ? { novel: relation.novel ? "Novel" : "No" }
          : {}),
        ...("directedFrom" in relation && relation.directedFrom !== undefined
          ? { subject: roles(relation.directedFrom) }
          : {}),
        ...("score" in relation ? { score: relation.score.toFixed(4) } : {}),
      },
    })),
  };
}

function annotation(mention: Mention, id: string, toCodePoint: (utf16: number) => number) {
  const offset = toCodePoint(mention.start);
  return {
    id,
    infons: {
      identifier: mention.sourceIds.length === 0 ? null : mention.sourceIds.join(";"),
      type: mention.type,
    },
    text: mention.text,
    locations: [{ offset, length: toCodePoint(mention.end) - offset }],
  };
}

/** Finds how the document's own mentions spell the entity at a relation's end. */
function endRoles(document: Document): (curie: string) => { identifier: string; type?: string } {
  const roles = new Map<string, { identifier: string; type: string }>();
  for (const mention of document.mentions) {
    for (const [index, curie] of mention.ids.entries()) {
      if (!roles.has(curie))
        roles.set(curie, { identifier: mention.sourceIds[index] ?? curie, type: mention.type });
    }
  }
  return (curie) => roles.get(curie) ?? { identifier: curie };
}

/**
 * Makes a Document out of free text: with the mentions a client gives, or with those that the recogniser finds of
 * the names that the graph already has. It knows no name that no paper in the graph has used, and does not
 * disambiguate: an ambiguous name goes to the likeliest entity.
 */
import type { Document, Mention } from "../../core/document.js";
import { documentText } from "../../core/document.js";
import { BioWeftError } from "../../core/errors.js";
import type { EntityType } from "../../core/relation-types.js";
import { entitiesNearText } from "../../graph/read/read-entities.js";
import { canonical } from "../graph/lookup.js";
import type { ApiServices } from "../platform/context.js";

/** A mention as a client gives it. */
export interface GivenMention {
  readonly start: number;
  readonly end: number;
  readonly ids: readonly string[];
  readonly type: EntityType;
}

/** How many of the nearest entities are looked for in a text. */
const CANDIDATES = 5000;

/** A document without mentions: the title, one space, the abstract. */
export function textDocument(title: string, abstract: string): Document {
  return {
    pmid: "text",
    passages: [
      { kind: "title", offset: 0, text: title },
      { kind: "abstract", offset: title.length + 1, text: abstract },
    ],
    mentions: [],
    relations: [],
  };
}

/** Puts a client's mentions into a document; throws BAD_INPUT for one outside the text or without an id. */
export function withGivenMentions(document: Document, given: readonly GivenMention[]): Document {
  const text = documentText(document);
  const mentions = given.map(({ start, end, ids, type }, index): Mention => {
    if (start < 0 || end <= start || end > text.length) {
      throw new BioWeftError(
        "BAD_INPUT",
        `mention ${index + 1} spans ${start} to ${end}; the text (title, a space, abstract) spans 0 to ${text.length}`,
      );
    }
    if (ids.length === 0)
      throw new BioWeftError("BAD_INPUT", `mention ${index + 1} has no ids; give a CURIE`);
    return { start, end, type, text: text.slice(start, end), ids: ids.map(canonical), sourceIds: ids };
  });
  return { ...document, mentions };
}

/** Finds the names of the graph's entities in a document; an ambiguous name goes to the likeliest of them. */
export async function withFoundMentions(
  { database, findMentions }: Pick<ApiServices, "database" | "findMentions">,
  document: Document,
): Promise<Document> {
  const text = documentText(document);
  const found = await findMentions(text, await entitiesNearText(database, text, CANDIDATES));
  const mentions = found.map(({ ids, sourceIds, ...mention }): Mention => {
    const { type, start, end, text: words } = mention;
    return { type, start, end, text: words, ids: ids.slice(0, 1), sourceIds: sourceIds.slice(0, 1) };
  });
  return { ...document, mentions };
}

/**
 * Makes a Document out of free text: with the mentions a client gives, or with those found by looking up the
 * names that the graph already has (whole words, any case, longest match, a plural s allowed). It knows no
 * name that no paper in the graph has used; it does not disambiguate beyond taking the best-connected entity.
 */
import type { Document, Mention } from "../core/document.js";
import { documentText } from "../core/document.js";
import { BioWeftError } from "../core/errors.js";
import type { EntityType } from "../core/relation-types.js";
import type { Database } from "../graph/database.js";
import { type EntityRow, entitiesNearText } from "../graph/read-entities.js";
import { canonical } from "./lookup.js";

/** A mention as a client gives it. */
export interface GivenMention {
  readonly start: number;
  readonly end: number;
  readonly ids: readonly string[];
  readonly type: EntityType;
}

/** How many of the nearest entities are looked for in a text. */
const CANDIDATES = 5000;
/** One letter names nothing for certain. */
const SHORTEST_NAME = 2;

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

/** Finds the names of the graph's entities in a document. */
export async function withFoundMentions(database: Database, document: Document): Promise<Document> {
  const text = documentText(document);
  return { ...document, mentions: findMentions(text, await entitiesNearText(database, text, CANDIDATES)) };
}

/** Mentions of the entities in the text: longest match first, none inside another. */
export function findMentions(text: string, entities: readonly EntityRow[]): Mention[] {
  const byName = new Map<string, EntityRow>();
  for (const entity of entities) {
    for (const name of [entity.name, ...entity.synonyms]) {
      const key = name.toLowerCase();
      const rival = byName.get(key);
      const better =
        rival === undefined || (key === entity.name.toLowerCase() && key !== rival.name.toLowerCase());
      if (name.length >= SHORTEST_NAME && better) byName.set(key, entity);
    }
  }
  const words = [...text.matchAll(/[\p{L}\p{N}]+/gu)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
  const longest = Math.max(
    0,
    ...[...byName.keys()].map((name) => name.match(/[\p{L}\p{N}]+/gu)?.length ?? 0),
  );
  const mentions: Mention[] = [];
  for (let index = 0; index < words.length; index++) {
    const found = longestMatch(text, words, index, longest, byName);
    if (found === undefined) continue;
    mentions.push(found.mention);
    index += found.words - 1;
  }
  return mentions;
}

function longestMatch(
  text: string,
  words: readonly { start: number; end: number }[],
  first: number,
  longest: number,
  byName: ReadonlyMap<string, EntityRow>,
): { mention: Mention; words: number } | undefined {
  const start = words[first]?.start ?? 0;
  for (let count = Math.min(longest, words.length - first); count > 0; count--) {
    const end = words[first + count - 1]?.end ?? start;
    const spelled = text.slice(start, end);
    const key = spelled.toLowerCase();
    const entity =
      byName.get(key) ?? (key.endsWith("s") ? byName.get(key.slice(0, -1)) : byName.get(`${key}s`));
    if (entity === undefined) continue;
    const { type, curie } = entity;
    return {
      words: count,
      mention: { start, end, type, text: spelled, ids: [curie], sourceIds: [curie] },
    };
  }
  return undefined;
}

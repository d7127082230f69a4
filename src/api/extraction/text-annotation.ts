/**
 * Makes a Document out of free text: with the mentions a client gives, or with those that the recogniser finds of
 * the names that the graph has and of those that it knows itself. An ambiguous name goes to the likeliest entity; the
 * others are shown beside it.
 */
import { countCandidates, documentEntities } from "../../core/candidate.js";
import type { Document, Mention } from "../../core/document.js";
import { documentText } from "../../core/document.js";
import { BioWeftError } from "../../core/errors.js";
import { type EntityType, type PairEntityType, pairType } from "../../core/relation-types.js";
import { entitiesNearText } from "../../graph/read/read-entities.js";
import { canonicalId } from "../graph/asked-values.js";
import type { ApiServices } from "../platform/context.js";
import {
  MAX_MENTION_IDS,
  MAX_TEXT_ENTITIES,
  MAX_TEXT_LENGTH,
  MAX_TEXT_MENTIONS,
  MAX_TEXT_PAIRS,
} from "./extraction-limits.js";

/** A mention as a client gives it. */
interface GivenMention {
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

/** A document that is small enough to be read, and how many of its pairs are left out for that. */
interface BoundedDocument {
  readonly document: Document;
  readonly pairsLeftOut: number;
  /** What else found mentions may mean. */
  readonly ambiguities: ReadonlyMap<Mention, Ambiguity>;
}

/** What the recogniser does not settle. */
interface Ambiguity {
  /** CURIEs of everything else that the words may mean, the likeliest first. */
  readonly otherIds: readonly string[];
  /** 0 to 1: how likely the words mean something else than what is given. */
  readonly risk: number;
}

/** Throws BAD_INPUT for a text that is too long to be classified at once. */
export function checkTextLength(title: string, abstract: string): void {
  const length = title.length + abstract.length;
  if (length <= MAX_TEXT_LENGTH) return;
  const reason = `the text has ${length} characters; send at most ${MAX_TEXT_LENGTH} at once`;
  throw new BioWeftError("BAD_INPUT", reason);
}

/**
 * Puts a client's mentions into a document; throws BAD_INPUT for one outside the text or without an id, and for more
 * mentions or pairs than are classified at once.
 */
export function withGivenMentions(document: Document, given: readonly GivenMention[]): BoundedDocument {
  if (given.length > MAX_TEXT_MENTIONS) {
    const reason = `${given.length} mentions are given; send at most ${MAX_TEXT_MENTIONS} at once`;
    throw new BioWeftError("BAD_INPUT", reason);
  }
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
    if (ids.length > MAX_MENTION_IDS) {
      const reason = `mention ${index + 1} has ${ids.length} ids; give at most ${MAX_MENTION_IDS}`;
      throw new BioWeftError("BAD_INPUT", reason);
    }
    return { start, end, type, text: text.slice(start, end), ids: ids.map(canonicalId), sourceIds: ids };
  });
  const entities = new Set(mentions.flatMap(({ ids }) => ids)).size;
  if (entities > MAX_TEXT_ENTITIES) {
    const reason = `the mentions name ${entities} entities; give at most ${MAX_TEXT_ENTITIES}, or a part of the text`;
    throw new BioWeftError("BAD_INPUT", reason);
  }
  const annotated = { ...document, mentions };
  const pairs = countCandidates(annotated);
  if (pairs > MAX_TEXT_PAIRS) {
    const reason = `the mentions make ${pairs} pairs of entities; at most ${MAX_TEXT_PAIRS} are classified at once: give fewer entities, or a part of the text`;
    throw new BioWeftError("BAD_INPUT", reason);
  }
  return { document: annotated, pairsLeftOut: 0, ambiguities: new Map() };
}

/**
 * Finds names in a document; an ambiguous one goes to the likeliest of its entities. Where they make more pairs than are
 * classified at once, the entities named first are kept.
 */
export async function withFoundMentions(
  { database, findMentions }: Pick<ApiServices, "database" | "findMentions">,
  document: Document,
): Promise<BoundedDocument> {
  const text = documentText(document);
  const found = await findMentions(text, await entitiesNearText(database, text, CANDIDATES));
  const ambiguities = new Map<Mention, Ambiguity>();
  for (const { ids, sourceIds, otherIds, groundingRisk: risk, ...place } of found) {
    const mention = { ...place, ids: ids.slice(0, 1), sourceIds: sourceIds.slice(0, 1) };
    ambiguities.set(mention, { otherIds: [...ids.slice(1), ...otherIds], risk });
  }
  return { ...firstEntities({ ...document, mentions: [...ambiguities.keys()] }), ambiguities };
}

/** As many entities, in the order of the text, as make no more pairs than are classified at once. */
function firstEntities(document: Document): Omit<BoundedDocument, "ambiguities"> {
  const total = countCandidates(document);
  if (total <= MAX_TEXT_PAIRS) return { document, pairsLeftOut: 0 };
  const kept = new Set<string>();
  const roles = new Map<PairEntityType, number>();
  let pairs = 0;
  for (const { curie, role } of documentEntities(document)) {
    for (const [other, count] of roles) if (pairType(role, other) !== undefined) pairs += count;
    if (pairs > MAX_TEXT_PAIRS) break;
    roles.set(role, (roles.get(role) ?? 0) + 1);
    kept.add(curie);
  }
  const mentions = document.mentions.filter(({ ids }) => ids.some((id) => kept.has(id)));
  const bounded = { ...document, mentions };
  return { document: bounded, pairsLeftOut: total - countCandidates(bounded) };
}

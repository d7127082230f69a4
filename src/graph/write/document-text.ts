/**
 * A document's text as the graph keeps it, so that a paper can be shown whole with its mentions. It plays no part in
 * merging: it is written beside the document, and goes with it.
 */
import type { Document } from "../../core/document.js";
import type { Row } from "../neo4j/database.js";
import { documentKey } from "./stored-document.js";

/** A document's text as write-texts.cypher takes it; the mentions' own words are those of the text. */
export function toTextRow({ pmid, corpus, passages, mentions }: Document): Row {
  return {
    id: documentKey(pmid, corpus ?? null),
    passages: JSON.stringify(passages.map(({ kind, offset, text }) => ({ kind, offset, text }))),
    mentions: JSON.stringify(mentions.map(({ type, ids, start, end }) => ({ type, ids, start, end }))),
  };
}

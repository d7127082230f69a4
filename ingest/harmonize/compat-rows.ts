/**
 * Documents → the rows of the original BioREx tool's data files, so that its checkpoints can be used and its
 * figures checked. It writes what the tool writes, its slips included; our own training does not read these
 * rows. Source: rows made by the tool itself.
 */

import type { CompatPair } from "../../src/core/biorex/compat-pairs.js";
import { compatTexts, compatTypeName, joinPieces, sentenceOf } from "../../src/core/biorex/compat-text.js";
import { pairKey } from "../../src/core/candidate.js";
import { type Document, documentText } from "../../src/core/document.js";
import type { PairType } from "../../src/core/relation-types.js";
import { documentSentences, type Span } from "../../src/core/sentences.js";
import type { CompatSource } from "../corpora/compat-source.js";

/** One row of the tool's data file. Its column of neighbours (spaCy's dependency heads) we leave empty. */
export interface CompatRow {
  readonly pmid: string;
  readonly type1: string;
  readonly type2: string;
  readonly id1: string;
  readonly id2: string;
  /** Sentences between the closest two mentions; 0 in the same one. */
  readonly window: number;
  readonly text: string;
  readonly label: string;
}

/** What the tool writes for a pair of which one name is hidden under the other's. */
const NO_WINDOW = 100;

/** The rows of one document with its corpus's own labels, not yet harmonised. */
export function toCompatRows(
  document: Document,
  source: CompatSource,
  pairTypes: readonly PairType[],
): CompatRow[] {
  const form = { ...source, pairTypes };
  const gold = new Map<string, string>();
  for (const { subject, object, type } of document.relations) {
    gold.set(pairKey(subject, object), source.labels[type] ?? type);
  }
  const text = documentText(document);
  const sentences = source.window === "passages" ? passageSpans(document) : documentSentences(document);
  return compatTexts(document, form).map(({ pair, pieces, lost }) => ({
    pmid: document.pmid,
    type1: compatTypeName(pair.source, form),
    type2: compatTypeName(pair.target, form),
    id1: pair.source.id,
    id2: pair.target.id,
    window: source.window === "none" ? 0 : lost ? NO_WINDOW : sentenceWindow(sentences, pair),
    text: joinPieces(text, pieces),
    label: gold.get(pairKey(pair.source.curie, pair.target.curie)) ?? source.noneLabel,
  }));
}

/** A row as a line of the tool's file, without its line break. */
export function toCompatLine(row: CompatRow): string {
  const same = row.window === 0 ? "True" : "False";
  const { pmid, type1, type2, id1, id2, window, text, label } = row;
  return [pmid, type1, type2, id1, id2, same, window, text, "", label].join("\t");
}

function passageSpans(document: Document): Span[] {
  return document.passages.map(({ offset, text }) => ({ start: offset, end: offset + text.length }));
}

function sentenceWindow(sentences: readonly Span[], pair: CompatPair): number {
  let closest = Number.POSITIVE_INFINITY;
  for (const one of pair.source.mentions) {
    for (const other of pair.target.mentions) {
      const distance = Math.abs(sentenceOf(sentences, one.start) - sentenceOf(sentences, other.start));
      closest = Math.min(closest, distance);
    }
  }
  return closest;
}

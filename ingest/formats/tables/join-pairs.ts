/**
 * Joins listed pairs with annotated documents of the same papers: the documents' own relations give way to the
 * listed pairs whose two ends the text names. What finds no place is counted. The list is held in memory, the
 * documents stream. Source: adjustments a2 and a3 of Lai et al. 2023.
 */

import { type Document, type GoldRelation, type Mention, publicationOf } from "../../../src/core/document.js";
import type { PairScope } from "../../../src/core/relation-task.js";
import { documentSentences } from "../../../src/core/sentences.js";
import type { ListedPair } from "./pair-list.js";

/** How the join is to be made. */
export interface JoinOptions {
  /** Where both ends must be named: anywhere in the document [a2], or in one sentence [a3]. */
  readonly scope: PairScope;
  /** Type of every related pair, in the corpus's own words. */
  readonly type: string;
  /** PMID by PMCID, for documents that carry the latter. */
  readonly pmids?: ReadonlyMap<string, string>;
  /** Called once, behind the last document. */
  readonly onCounted?: (counts: JoinCounts) => void;
}

/** What became of the documents and of the listed pairs. */
export interface JoinCounts {
  /** Documents with a listed pair, and those without, which are left out. */
  readonly documents: number;
  readonly unlisted: number;
  /** Listed pairs placed in a document, related or annotated as unrelated. */
  readonly related: number;
  readonly unrelated: number;
  /** Pairs whose document came but does not name both ends (in one sentence). */
  readonly unnamed: number;
  /** Pairs whose document never came. */
  readonly absent: number;
}

/** Streams the documents that the list speaks of, with the list's relations in place of their own. */
export async function* joinPairs(
  list: AsyncIterable<ListedPair> | Iterable<ListedPair>,
  documents: AsyncIterable<Document>,
  options: JoinOptions,
): AsyncGenerator<Document> {
  const byPublication = new Map<string, ListedPair[]>();
  for await (const pair of list) {
    const pairs = byPublication.get(pair.publication);
    if (pairs === undefined) byPublication.set(pair.publication, [pair]);
    else pairs.push(pair);
  }
  const seen = new Set<string>();
  const placed = new Set<ListedPair>();
  let joined = 0;
  let unlisted = 0;
  for await (const document of documents) {
    const written = publicationOf(document);
    const publication = options.pmids?.get(written) ?? written;
    const pairs = byPublication.get(publication);
    if (pairs === undefined) {
      unlisted += 1;
      continue;
    }
    seen.add(publication);
    joined += 1;
    yield withListed(document, pairs, placed, options);
  }
  const all = [...byPublication.values()].flat();
  const came = all.filter((pair) => seen.has(pair.publication));
  const related = [...placed].filter((pair) => pair.related).length;
  options.onCounted?.({
    documents: joined,
    unlisted,
    related,
    unrelated: placed.size - related,
    unnamed: came.length - placed.size,
    absent: all.length - came.length,
  });
}

function withListed(
  document: Document,
  pairs: readonly ListedPair[],
  placed: Set<ListedPair>,
  { scope, type }: JoinOptions,
): Document {
  const groups = scope === "sentence" ? namedInSentences(document) : [namedIn(document.mentions)];
  const relations = new Map<string, GoldRelation>();
  for (const pair of pairs) {
    const together = groups.flatMap((named) => {
      const subject = pair.one.find((id) => named.has(id));
      const object = pair.other.find((id) => named.has(id));
      return subject === undefined || object === undefined || subject === object ? [] : [{ subject, object }];
    });
    if (together.length > 0) placed.add(pair);
    if (!pair.related) continue;
    for (const ends of together) relations.set(`${ends.subject}\t${ends.object}`, { ...ends, type });
  }
  return { ...document, relations: [...relations.values()] };
}

function namedIn(mentions: readonly Mention[]): ReadonlySet<string> {
  return new Set(mentions.flatMap((mention) => mention.ids));
}

function namedInSentences(document: Document): ReadonlySet<string>[] {
  return documentSentences(document).map(({ start, end }) =>
    namedIn(document.mentions.filter((mention) => mention.start < end && mention.end > start)),
  );
}

/**
 * PubMed's records with their mentions found for them: PubTator3's by PMID where it is asked, otherwise a dictionary's. What
 * the record says of the paper itself stays PubMed's.
 */
import { type Document, hasAbstract } from "../../../src/core/document.js";
import type { ReadOptions } from "../../../src/core/read-options.js";
import type { SourceItem } from "../../../src/core/sources/source-item.js";
import { inGroups } from "../../../src/core/turns/in-groups.js";
import { type Annotator, annotate } from "../../lexicon/annotated-papers.js";
import type { Recognizer } from "../../lexicon/recognizer.js";
import type { PubTator3Client } from "../pubtator3/client.js";

/** Who finds the mentions. With neither they stay without. */
interface Annotators {
  readonly pubtator3?: PubTator3Client;
  readonly recognizer?: Recognizer;
  /** Hears of each document that has text to find mentions in. */
  readonly onAnnotated: (by: Annotator) => void;
}

/** As many as PubTator3 takes in a request. */
const GROUP = 100;

/** Streams the items, documents with mentions. Throws what PubTator3's client throws. */
export async function* annotatedItems(
  items: AsyncIterable<SourceItem>,
  annotators: Annotators,
  reading: ReadOptions,
  signal: AbortSignal,
): AsyncGenerator<SourceItem> {
  for await (const group of inGroups(items, GROUP)) {
    const wanted = group.flatMap((item) => (isToRead(item) ? [item.document.pmid] : []));
    const fetched = await annotators.pubtator3?.fetchDocuments(wanted, signal, reading);
    const byPmid = new Map(
      fetched?.flatMap((found) => (found === undefined ? [] : [[found.pmid, found] as const])),
    );
    for (const item of group) {
      yield isToRead(item) ? { ...item, document: annotated(item.document, byPmid, annotators) } : item;
    }
  }
}

function isToRead(item: SourceItem): item is Extract<SourceItem, { kind: "document" }> {
  return item.kind === "document" && item.unread !== true && hasAbstract(item.document);
}

function annotated(
  record: Document,
  fetched: ReadonlyMap<string, Document>,
  annotators: Annotators,
): Document {
  const found = fetched.get(record.pmid);
  const { recognizer, onAnnotated } = annotators;
  if (found !== undefined && found.mentions.length > 0) {
    onAnnotated("PubTator3");
    // Its mentions stand in its own text, which need not be the record's to the letter; its relations are not PubMed's word.
    return { ...record, passages: found.passages, mentions: found.mentions };
  }
  onAnnotated(recognizer === undefined ? "nobody" : "dictionary");
  return recognizer === undefined ? record : annotate(record, recognizer);
}

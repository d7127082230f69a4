/**
 * DDI 2013 as the original tool read it, from a copy of its own that is not published: each sentence a document,
 * each name in it, in any case, a drug (Drug_0, Drug_1, …), of whose mentions only the last was kept. Only for the
 * tool's rows; we keep whole documents and all mentions.
 */
import type { Document, Mention } from "../../src/core/document.js";

/** Cuts documents into their sentences; those without mentions are left out. Named by the corpus's sentence ids. */
export async function* ddiSentences(documents: AsyncIterable<Document>): AsyncGenerator<Document> {
  for await (const document of documents) {
    for (const { offset, text } of document.passages) {
      const sentence = sentenceAt(document, offset, text);
      if (sentence !== undefined) yield sentence;
    }
  }
}

function sentenceAt(document: Document, offset: number, text: string): Document | undefined {
  const within = document.mentions.filter(({ start }) => start >= offset && start < offset + text.length);
  const pmid = within[0]?.sourceIds[0]?.replace(/\.e\d+$/, "");
  if (pmid === undefined) return undefined;
  const drugs = new Map<string, string>();
  const curies = new Map<string, string>();
  const lastMentions = new Map<string, Mention>();
  for (const mention of within) {
    const name = (mention.joinedText ?? mention.text).toLowerCase();
    const drug = drugs.get(name) ?? `Drug_${drugs.size}`;
    const curie = `DDI:${pmid}.${drug}`;
    drugs.set(name, drug);
    for (const id of mention.ids) curies.set(id, curie);
    const [start, end] = [mention.start - offset, mention.end - offset];
    lastMentions.set(drug, { ...mention, ids: [curie], sourceIds: [drug], start, end });
  }
  const relations = document.relations.flatMap(({ type, ...ends }) => {
    const [subject, object] = [curies.get(ends.subject), curies.get(ends.object)];
    return subject === undefined || object === undefined ? [] : [{ subject, object, type }];
  });
  return {
    pmid,
    passages: [{ kind: "title", offset: 0, text }],
    mentions: [...lastMentions.values()],
    relations,
  };
}

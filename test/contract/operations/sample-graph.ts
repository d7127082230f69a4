/**
 * The sample literature, and what a graph of it must say by the papers themselves: worked out from the documents, without the
 * graph, so that the answers to the operations can be held against it.
 */
import { join } from "node:path";
import { readDocuments } from "../../../ingest/formats/read-documents.js";
import { PACKAGE_ROOT } from "../../../src/core/config.js";
import { type Document, documentText } from "../../../src/core/document.js";
import { relationId } from "../../../src/core/evidence.js";
import type { RelationType } from "../../../src/core/relation-types.js";

const FILES = ["fish-oil-raynaud", "magnesium-migraine", "modern-topics"];
/** Of a corpus's word, as belief takes it. */
const RELIABILITY = 0.95;

/** A relation as the papers make it. */
export interface ExpectedRelation {
  readonly key: string;
  readonly type: RelationType;
  readonly ends: readonly [string, string];
  /** Papers that count. */
  readonly pmids: readonly string[];
  readonly years: readonly number[];
  readonly belief: number;
}

/** The sample literature. */
export class SampleGraph {
  readonly documents: readonly Document[];
  /** Those that a paper which counts supports. */
  readonly relations: readonly ExpectedRelation[];
  /** Keys of those that retracted papers alone support. */
  readonly retracted: readonly string[];

  constructor(documents: readonly Document[]) {
    this.documents = documents;
    const papers = new Map<string, { type: RelationType; ends: [string, string]; of: Document[] }>();
    for (const document of documents) {
      for (const { subject, object, type } of document.relations) {
        const ends: [string, string] = subject < object ? [subject, object] : [object, subject];
        const key = relationId(ends[0], ends[1], type as RelationType);
        const known = papers.get(key) ?? { type: type as RelationType, ends, of: [] };
        if (!known.of.includes(document)) known.of.push(document);
        papers.set(key, known);
      }
    }
    const all = [...papers].map(([key, { type, ends, of }]) => {
      const counting = of.filter(({ retracted }) => retracted !== true);
      return {
        ...{ key, type, ends, pmids: counting.map(({ pmid }) => pmid) },
        years: counting.flatMap(({ year }) => year ?? []),
        belief: 1 - (1 - RELIABILITY) ** counting.length,
      };
    });
    this.relations = all.filter(({ pmids }) => pmids.length > 0);
    this.retracted = all.filter(({ pmids }) => pmids.length === 0).map(({ key }) => key);
  }

  /** The relations of an entity, by the papers of until a year. */
  of(curie: string, asOf = Number.POSITIVE_INFINITY): ExpectedRelation[] {
    return this.relations.filter(({ ends, years }) => ends.includes(curie) && Math.min(...years) <= asOf);
  }

  /** The other ends of an entity's relations. */
  neighbours(curie: string): Set<string> {
    return new Set(this.of(curie).map(({ ends }) => ends[ends[0] === curie ? 1 : 0]));
  }

  /** A document. */
  document(pmid: string): Document {
    const found = this.documents.find((document) => document.pmid === pmid);
    if (found === undefined) throw new Error(`the samples have no paper ${pmid}`);
    return found;
  }

  /** Whether a sentence stands in a paper, at an offset where one is given. */
  says(pmid: string, sentence: string, start?: number): boolean {
    const text = documentText(this.document(pmid));
    return start === undefined ? text.includes(sentence) : text.startsWith(sentence, start);
  }
}

/** Reads it. */
export async function readSampleGraph(): Promise<SampleGraph> {
  const documents: Document[] = [];
  for (const name of FILES) {
    for await (const document of readDocuments(join(PACKAGE_ROOT, "samples", `${name}.pubtator`)))
      documents.push({ ...document, corpus: "samples" });
  }
  return new SampleGraph(documents);
}

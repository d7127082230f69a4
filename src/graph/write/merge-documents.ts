/**
 * Merges documents and their evidence into the part of the graph that they touch. Pure: it reads and writes no
 * database. Merging is idempotent, and independent of the order of different publications.
 */
import { type Document, documentTitle } from "../../core/document.js";
import { type Evidence, relationId } from "../../core/evidence.js";
import type { RelationType } from "../../core/relation-types.js";
import { changeVote, joinMentions, noVotes, type PaperMention } from "./entity-votes.js";
import { type GraphState, mentionKey, type StoredEvidence, type StoredPublication } from "./graph-state.js";

/**
 * One document to write. The evidence of each source in it, and of the model `extractedBy`, takes the place of
 * all that this source has said about the publication before; that of other sources stays.
 */
export interface DocumentWrite {
  readonly document: Document;
  readonly evidence: readonly Evidence[];
  /** The model that has read the document, found relations or not. */
  readonly extractedBy?: string;
}

/** A relation named by evidence. */
export interface NamedRelation {
  readonly id: string;
  readonly type: RelationType;
  readonly subject: string;
  readonly object: string;
}

/** The state after merging a batch in its order. `before` is left as it is. */
export function mergeDocuments(before: GraphState, batch: readonly DocumentWrite[]): GraphState {
  const state = {
    publications: new Map(before.publications),
    mentions: new Map(before.mentions),
    entities: new Map(before.entities),
  };
  const evidence = new Map<string, StoredEvidence[]>();
  for (const row of before.evidence.values())
    evidence.set(row.pmid, [...(evidence.get(row.pmid) ?? []), row]);
  for (const write of batch) {
    const { pmid } = write.document;
    const publication = joinPublication(state.publications.get(pmid), write.document);
    state.publications.set(pmid, publication);
    evidence.set(pmid, mergeEvidence(evidence.get(pmid) ?? [], write, publication.year));
    for (const mention of paperMentions(write)) addMention(state, mention);
    for (const { gene } of variantGenes(write.document)) {
      if (!state.entities.has(gene)) state.entities.set(gene, noVotes(gene));
    }
  }
  const rows = [...evidence.values()].flat();
  return { ...state, evidence: new Map(rows.map((row) => [row.id, row])) };
}

/** What a document says about each entity, from its mentions; from its evidence for entities without any. */
export function paperMentions({ document, evidence }: DocumentWrite): PaperMention[] {
  const found = new Map<string, { type: PaperMention["type"]; names: Map<string, number> }>();
  for (const { ids, type, text } of document.mentions) {
    for (const curie of new Set(ids)) {
      const entity = found.get(curie) ?? { type, names: new Map<string, number>() };
      entity.names.set(text, (entity.names.get(text) ?? 0) + 1);
      found.set(curie, entity);
    }
  }
  for (const { curie, type, names } of evidence.flatMap(({ subject, object }) => [subject, object])) {
    // Falling counts keep the order of `names`, which is by frequency.
    if (!found.has(curie)) {
      found.set(curie, { type, names: new Map(names.map((name, index) => [name, names.length - index])) });
    }
  }
  return [...found].map(([curie, entity]) => ({ pmid: document.pmid, curie, ...entity }));
}

/** Which gene each variant lies in, where its annotation names one (tmVar's CorrespondingGene). */
export function variantGenes(document: Document): { variant: string; gene: string }[] {
  const links = new Map<string, { variant: string; gene: string }>();
  for (const { type, ids, sourceIds } of document.mentions) {
    if (type !== "Variant") continue;
    for (const [index, variant] of ids.entries()) {
      const number = /CorrespondingGene:(\d+)/.exec(`${variant} ${sourceIds[index] ?? ""}`)?.[1];
      if (number === undefined) continue;
      links.set(`${variant}\t${number}`, { variant, gene: `NCBIGene:${number}` });
    }
  }
  return [...links.values()];
}

/** The relations that rows of evidence name, each once, in the order of their ids. */
export function namedRelations(evidence: readonly Evidence[]): NamedRelation[] {
  const relations = new Map<string, NamedRelation>();
  for (const { subject, object, type } of evidence) {
    const id = relationId(subject.curie, object.curie, type);
    const [first, second] = [subject.curie, object.curie].sort();
    relations.set(id, { id, type, subject: first ?? "", object: second ?? "" });
  }
  return [...relations.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function addMention(state: Pick<GraphState, "mentions" | "entities">, mention: PaperMention): void {
  const key = mentionKey(mention);
  const before = state.mentions.get(key);
  const after = before === undefined ? mention : joinMentions(before, mention);
  state.mentions.set(key, after);
  const votes = state.entities.get(mention.curie) ?? noVotes(mention.curie);
  state.entities.set(mention.curie, changeVote(votes, before, after));
}

function mergeEvidence(
  before: readonly StoredEvidence[],
  write: DocumentWrite,
  year: number | null,
): StoredEvidence[] {
  const replaced = replacedSources(write);
  const kept = before.filter(({ source }) => !replaced.has(source)).map((row) => ({ ...row, year }));
  return [...kept, ...write.evidence.map((row) => toStored(row, year))];
}

/** A corpus document without relations says that its corpus asserts none. */
function replacedSources({ document, evidence, extractedBy }: DocumentWrite): Set<string> {
  const sources = new Set(evidence.map(({ source }) => source));
  if (extractedBy !== undefined) sources.add(extractedBy);
  if (document.corpus !== undefined && document.relations.length === 0) sources.add(document.corpus);
  return sources;
}

/** A row's year is its publication's, whichever document told it, so that queries as of a year see all rows. */
function toStored(row: Evidence, year: number | null): StoredEvidence {
  return {
    id: row.id,
    pmid: row.pmid,
    relation: relationId(row.subject.curie, row.object.curie, row.type),
    sentence: row.sentence,
    start: row.start,
    end: row.end,
    mentions: JSON.stringify(row.mentions),
    probability: row.probability,
    sourceKind: row.sourceKind,
    source: row.source,
    negated: row.negated,
    year,
  };
}

/**
 * Two accounts of one publication: a known field beats an unknown one; else the longer title, the earlier year,
 * the later journal and DOI in the alphabet. Arbitrary, but the same whichever account came first.
 */
function joinPublication(stored: StoredPublication | undefined, document: Document): StoredPublication {
  const told: StoredPublication = {
    pmid: document.pmid,
    title: documentTitle(document),
    journal: document.journal ?? null,
    year: document.year ?? null,
    doi: document.doi ?? null,
    retracted: document.retracted === true,
  };
  if (stored === undefined) return told;
  return {
    pmid: told.pmid,
    title: longer(stored.title, told.title),
    journal: preferred(stored.journal, told.journal, later),
    year: preferred(stored.year, told.year, Math.min),
    doi: preferred(stored.doi, told.doi, later),
    retracted: stored.retracted || told.retracted,
  };
}

function later(a: string, b: string): string {
  return b < a ? a : b;
}

function longer(a: string, b: string): string {
  if (a.length !== b.length) return a.length > b.length ? a : b;
  return later(a, b);
}

function preferred<T>(a: T | null, b: T | null, choose: (a: T, b: T) => T): T | null {
  if (a === null || b === null) return a ?? b;
  return choose(a, b);
}

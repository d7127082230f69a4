/**
 * Merges documents and their evidence into the part of the graph that they touch, or takes documents out of it.
 * Pure: it reads and writes no database. A document takes the place of its last version, so merging is idempotent
 * and independent of the order of different documents: a paper is what its documents make of it together.
 */
import type { Document } from "../../core/document.js";
import { type Evidence, goldEvidence, goldSource, relationId } from "../../core/evidence.js";
import type { RelationType } from "../../core/relation-types.js";
import { required } from "../../core/required.js";
import { changeVote, type EntityVotes, noVotes, type PaperMention } from "./entity-votes.js";
import { type GraphState, mentionKey, type StoredEvidence, type StoredPublication } from "./graph-state.js";
import { toDocumentRow } from "./state-rows.js";
import {
  documentKey,
  joinParticulars,
  neededMentions,
  paperMentions,
  readingDigest,
  type StoredDocument,
  toStoredDocument,
} from "./stored-document.js";

/**
 * One document to write. The evidence of each source in it, and of the model `extractedBy`, takes the place of
 * all that this source has said of the document before; that of other sources stays. A corpus whose document has
 * no relations of BioRED's types any more asserts none.
 */
export interface DocumentWrite {
  readonly document: Document;
  readonly evidence: readonly Evidence[];
  /** The model that has read the document, found relations or not. */
  readonly extractedBy?: string;
  /** Models whose evidence of the document gives way, as if they had never read it. */
  readonly supersedes?: readonly string[];
}

/** A document to take out: in one corpus (null: from no corpus), or, without `corpus`, in all. */
export interface DocumentRemoval {
  readonly document: string;
  readonly corpus?: string | null;
}

/** A state after a change. What the change left as it was is the same object as before. */
export interface MergedState extends GraphState {
  /** What the papers mention of which a document has changed, and what they did before; by `mentionKey`. */
  readonly mentions: ReadonlyMap<string, PaperMention>;
  readonly mentionsBefore: ReadonlyMap<string, PaperMention>;
}

/** A relation named by evidence. */
export interface NamedRelation {
  readonly id: string;
  readonly type: RelationType;
  readonly subject: string;
  readonly object: string;
}

type Documents = Map<string, StoredDocument>;
/** By the document's own name, in whatever corpus. */
type EvidenceRows = Map<string, readonly StoredEvidence[]>;

/** The state after merging a batch in its order. `before` is left as it is. */
export function mergeDocuments(before: GraphState, batch: readonly DocumentWrite[]): MergedState {
  const documents = new Map(before.documents);
  const evidence = byDocument(before.evidence);
  for (const write of batch) mergeDocument(documents, evidence, write);
  return settled(before, documents, evidence);
}

/** The state without some documents, and with what others say of the same papers. */
export function withoutDocuments(before: GraphState, removals: readonly DocumentRemoval[]): MergedState {
  const documents = new Map(before.documents);
  const evidence = byDocument(before.evidence);
  for (const { document, corpus } of removals) {
    for (const stored of before.documents.values()) {
      if (stored.document !== document || (corpus !== undefined && corpus !== stored.corpus)) continue;
      documents.delete(stored.id);
      const rows = evidence.get(document) ?? [];
      evidence.set(
        document,
        rows.filter((row) => !isOf(row, stored)),
      );
    }
  }
  return settled(before, documents, evidence);
}

/** The state without all documents of some papers. */
export function withoutPublications(before: GraphState, pmids: ReadonlySet<string>): MergedState {
  const documents = [...before.documents].filter(([, { pmid }]) => !pmids.has(pmid));
  const evidence = [...before.evidence].filter(([, { pmid }]) => !pmids.has(pmid));
  return settled(before, new Map(documents), byDocument(new Map(evidence)));
}

/** The relations that rows of evidence name, each once, in the order of their ids. */
export function namedRelations(evidence: readonly Evidence[]): NamedRelation[] {
  const relations = new Map<string, NamedRelation>();
  for (const { subject, object, type } of evidence) {
    const id = relationId(subject.curie, object.curie, type);
    const [first, second] =
      subject.curie < object.curie ? [subject.curie, object.curie] : [object.curie, subject.curie];
    relations.set(id, { id, type, subject: first, object: second });
  }
  return [...relations.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Puts one version in the place of the last; `documents` and `evidence` are changed. */
function mergeDocument(documents: Documents, evidence: EvidenceRows, write: DocumentWrite): void {
  const told = toStoredDocument(write.document, write.evidence);
  const merged = documents.get(documentKey(told.document, null));
  const last = documents.get(told.id) ?? (merged?.merged === true ? merged : undefined);
  const replaced = replacedSources(write);
  const others: StoredEvidence[] = [];
  const kept: StoredEvidence[] = [];
  for (const row of evidence.get(told.document) ?? []) {
    if (!isOf(row, last ?? told) && !isGoldOf(row, told)) others.push(row);
    else if (!replaced.has(row.source)) kept.push({ ...row, corpus: told.corpus, pmid: told.pmid });
  }
  evidence.set(told.document, [...others, ...kept, ...write.evidence.map((row) => toStored(row, told))]);
  if (last !== undefined) documents.delete(last.id);
  const needed = neededMentions(
    last?.mentions ?? new Map(),
    kept.map(({ relation }) => relation),
  );
  const readings = new Map(last?.readings);
  if (write.extractedBy !== undefined) readings.set(write.extractedBy, readingDigest(write.document));
  for (const model of write.supersedes ?? []) readings.delete(model);
  const version = { ...told, mentions: new Map([...needed, ...told.mentions]), readings };
  documents.set(told.id, last !== undefined && isSameVersion(last, version) ? last : version);
}

/** The papers and entities that documents and evidence make; every row of evidence has its paper's year. */
function settled(before: GraphState, documents: Documents, evidence: EvidenceRows): MergedState {
  const publications = new Map<string, StoredPublication>();
  for (const accounts of byPaper(documents)) {
    for (const { pmid } of accounts.slice(0, 1)) {
      const joined = joinParticulars(accounts);
      publications.set(pmid, { pmid, ...joined, retracted: joined.retracted || before.retracted.has(pmid) });
    }
  }
  const rows = [...evidence.values()].flat().map((row) => {
    const dated = { ...row, year: publications.get(row.pmid)?.year ?? null };
    const known = before.evidence.get(row.id);
    return known !== undefined && isSameEvidence(known, dated) ? known : dated;
  });
  const changed = changedPapers(before.documents, documents);
  const [mentionsBefore, mentions] = [mentionsOf(before.documents, changed), mentionsOf(documents, changed)];
  return {
    documents,
    publications,
    retracted: before.retracted,
    evidence: new Map(rows.map((row) => [row.id, row])),
    mentions,
    mentionsBefore,
  };
}

function changedPapers(before: GraphState["documents"], after: Documents): Set<string> {
  const papers = new Set<string>();
  for (const id of new Set([...before.keys(), ...after.keys()])) {
    const versions = [before.get(id), after.get(id)];
    if (versions[0] === versions[1]) continue;
    for (const version of versions) if (version !== undefined) papers.add(version.pmid);
  }
  return papers;
}

function mentionsOf(
  documents: GraphState["documents"],
  pmids: ReadonlySet<string>,
): Map<string, PaperMention> {
  const papers = byPaper(documents).filter(([document]) =>
    pmids.has(required(document, "a paper's document").pmid),
  );
  return new Map(papers.flatMap(paperMentions).map((mention) => [mentionKey(mention), mention]));
}

/** The entities whose votes, or whose variants, a change touches, in order. */
export function touchedEntities(before: GraphState, after: MergedState): string[] {
  const mentioned = changedMentions(after).map(({ curie }) => curie);
  return [...new Set([...mentioned, ...changedGenes(before, after)])].sort();
}

/**
 * The votes of touched entities as what papers mention has changed them; a gene that only a variant's annotation names has none.
 * `stored` holds those of them that had any.
 */
export function votedEntities(
  stored: ReadonlyMap<string, EntityVotes>,
  before: GraphState,
  after: MergedState,
): Map<string, EntityVotes> {
  const entities = new Map(stored);
  for (const { curie, was, is } of changedMentions(after)) {
    entities.set(curie, changeVote(entities.get(curie) ?? noVotes(curie), was, is));
  }
  for (const gene of changedGenes(before, after)) {
    if (!entities.has(gene)) entities.set(gene, noVotes(gene));
  }
  return entities;
}

/** What papers mention otherwise than before. */
function changedMentions({ mentionsBefore, mentions }: MergedState) {
  return [...new Set([...mentionsBefore.keys(), ...mentions.keys()])].flatMap((key) => {
    const [was, is] = [mentionsBefore.get(key), mentions.get(key)];
    const curie = (is ?? was)?.curie;
    return curie === undefined || isSameMention(was, is) ? [] : [{ curie, was, is }];
  });
}

/** Genes that a version of a document that came, or went, says a variant lies in. */
function changedGenes(before: GraphState, after: GraphState): Set<string> {
  const ids = new Set([...before.documents.keys(), ...after.documents.keys()]);
  const changed = [...ids].filter((id) => before.documents.get(id) !== after.documents.get(id));
  const versions = changed.flatMap((id) => [before.documents.get(id), after.documents.get(id)]);
  return new Set(versions.flatMap((version) => version?.genes ?? []).map(({ gene }) => gene));
}

function isSameMention(one: PaperMention | undefined, other: PaperMention | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  if (one.type !== other.type || one.names.size !== other.names.size) return false;
  return [...one.names].every(([name, count]) => other.names.get(name) === count);
}

/** All fields are plain values. */
function isSameEvidence(one: StoredEvidence, other: StoredEvidence): boolean {
  const fields = Object.keys(one) as (keyof StoredEvidence)[];
  return fields.every((field) => one[field] === other[field]);
}

function isSameVersion(one: StoredDocument, other: StoredDocument): boolean {
  return JSON.stringify(toDocumentRow(one)) === JSON.stringify(toDocumentRow(other));
}

function byDocument(evidence: GraphState["evidence"]): EvidenceRows {
  const rows = new Map<string, StoredEvidence[]>();
  for (const row of evidence.values()) {
    const known = rows.get(row.document);
    if (known === undefined) rows.set(row.document, [row]);
    else known.push(row);
  }
  return rows;
}

function byPaper(documents: GraphState["documents"]): StoredDocument[][] {
  const papers = new Map<string, StoredDocument[]>();
  for (const document of documents.values()) {
    const paper = papers.get(document.pmid);
    if (paper === undefined) papers.set(document.pmid, [document]);
    else paper.push(document);
  }
  return [...papers.values()];
}

function isOf(row: StoredEvidence, { document, corpus }: StoredDocument): boolean {
  return row.document === document && row.corpus === corpus;
}

/** A corpus's own word on the document, which a merged account of all corpora had taken to another of them. */
function isGoldOf(row: StoredEvidence, { document, corpus }: StoredDocument): boolean {
  return row.document === document && row.sourceKind === "corpus" && row.source === corpus;
}

function replacedSources({ document, evidence, extractedBy, supersedes }: DocumentWrite): Set<string> {
  const sources = new Set([...evidence.map(({ source }) => source), ...(supersedes ?? [])]);
  if (extractedBy !== undefined) sources.add(extractedBy);
  const gold = goldSource(document);
  // Without any row the writer may have left the corpus's word out, or the corpus may assert nothing.
  if (!sources.has(gold) && goldEvidence(document).length === 0) sources.add(gold);
  return sources;
}

/** A row's year is its paper's, whichever document told it, so that queries as of a year see all rows. */
function toStored(row: Evidence, { corpus }: StoredDocument): StoredEvidence {
  return {
    id: row.id,
    pmid: row.pmid,
    document: row.document,
    corpus,
    relation: relationId(row.subject.curie, row.object.curie, row.type),
    sentence: row.sentence,
    start: row.start,
    end: row.end,
    mentions: JSON.stringify(row.mentions),
    probability: row.probability,
    sourceKind: row.sourceKind,
    source: row.source,
    negated: row.negated,
    year: null,
    subject: row.direction?.subject ?? null,
    subjectProbability: row.direction?.probability ?? null,
    novel: row.novelty?.novel ?? null,
    noveltyProbability: row.novelty?.probability ?? null,
  };
}

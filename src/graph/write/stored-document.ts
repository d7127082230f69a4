/**
 * What the last version of a document said, as the graph remembers it, so that the next version can take its
 * place: the paper's particulars, the mentions, the genes of variants, and which models have read it. A paper's
 * own particulars and mentions follow from its documents, whatever their order.
 */
import { createHash } from "node:crypto";
import { type Document, documentTitle, publicationOf } from "../../core/document.js";
import { type Evidence, relationEnds } from "../../core/evidence.js";
import { ENTITY_TYPES, type EntityType } from "../../core/relation-types.js";
import type { PaperMention } from "./entity-votes.js";

/** What a paper is, as told by one document or by all of them. */
export interface Particulars {
  readonly title: string;
  readonly journal: string | null;
  readonly year: number | null;
  readonly doi: string | null;
  readonly retracted: boolean;
}

/** An entity as a document mentions it. */
export type DocumentMention = Pick<PaperMention, "type" | "names">;

/** The last version of a document. One paper, or part of one, may stand in several corpora: each has its own. */
export interface StoredDocument extends Particulars {
  /** `documentKey` of the two that follow. */
  readonly id: string;
  readonly document: string;
  readonly corpus: string | null;
  /** The paper that it is, or is a part of. */
  readonly pmid: string;
  /** By CURIE. */
  readonly mentions: ReadonlyMap<string, DocumentMention>;
  readonly genes: readonly VariantGene[];
  /** By model: a digest of the text and the mentions that it read; empty where the graph does not know. */
  readonly readings: ReadonlyMap<string, string>;
  /** Made by a migration of what all corpora together had said; the first to be written takes its place. */
  readonly merged: boolean;
}

/** A variant and a gene that its annotation says it lies in. */
interface VariantGene {
  readonly variant: string;
  readonly gene: string;
}

/** The key of a document among all that the graph remembers. */
export function documentKey(document: string, corpus: string | null): string {
  return `${document}|${corpus ?? ""}`;
}

/** What a version of a document says, with the mentions that only its evidence names; read by no model yet. */
export function toStoredDocument(document: Document, evidence: readonly Evidence[]): StoredDocument {
  const corpus = document.corpus ?? null;
  return {
    id: documentKey(document.pmid, corpus),
    document: document.pmid,
    corpus,
    pmid: publicationOf(document),
    // The first words of a part are not the paper's title.
    title: publicationOf(document) === document.pmid ? documentTitle(document) : (document.title ?? ""),
    journal: document.journal ?? null,
    year: document.year ?? null,
    doi: document.doi ?? null,
    retracted: document.retracted === true,
    mentions: documentMentions(document, evidence),
    genes: variantGenes(document),
    readings: new Map(),
    merged: false,
  };
}

/** A digest of what a model reads of a document: of another text or other mentions it would say something else. */
export function readingDigest({ passages, mentions }: Document): string {
  const read = [
    passages.map(({ kind, offset, text }) => [kind, offset, text]),
    mentions.map(({ type, ids, start, end }) => [type, ids, start, end]),
  ];
  return createHash("sha256").update(JSON.stringify(read)).digest("base64url").slice(0, 22);
}

/** The mentions of a document's last version that stay although the next has none: its evidence needs them. */
export function neededMentions(
  before: ReadonlyMap<string, DocumentMention>,
  relations: Iterable<string>,
): Map<string, DocumentMention> {
  const ends = new Set([...relations].flatMap(relationEnds));
  return new Map([...before].filter(([curie]) => ends.has(curie)));
}

/**
 * The accounts of one paper together: a known field beats an unknown one; else the longer title, the earlier
 * year, the later journal and DOI in the alphabet; retracted if one says so. Arbitrary, but of any order.
 */
export function joinParticulars(accounts: readonly Particulars[]): Particulars {
  const known = <T>(values: readonly (T | null)[], better: (a: T, b: T) => boolean): T | null =>
    values.reduce((best, value) => {
      if (best === null || value === null) return best ?? value;
      return better(value, best) ? value : best;
    }, null);
  const later = (a: string, b: string) => a > b;
  const longer = (a: string, b: string) => a.length > b.length || (a.length === b.length && a > b);
  return {
    title:
      known(
        accounts.map(({ title }) => title),
        longer,
      ) ?? "",
    journal: known(
      accounts.map(({ journal }) => journal),
      later,
    ),
    year: known(
      accounts.map(({ year }) => year),
      (a, b) => a < b,
    ),
    doi: known(
      accounts.map(({ doi }) => doi),
      later,
    ),
    retracted: accounts.some(({ retracted }) => retracted),
  };
}

/**
 * What a paper mentions. The parts that one corpus cuts it into add up; corpora annotate the same words, so the
 * larger count of each spelling stands. On different types the earlier in ENTITY_TYPES.
 */
export function paperMentions(documents: readonly StoredDocument[]): PaperMention[] {
  const corpora = new Map<string | null, Map<string, { type: EntityType; names: Map<string, number> }>>();
  for (const { corpus, mentions } of documents) {
    const sums = corpora.get(corpus) ?? new Map();
    corpora.set(corpus, sums);
    for (const [curie, mention] of mentions) joinMention(sums, curie, mention, (a, b) => a + b);
  }
  const [first] = documents;
  const paper = new Map<string, { type: EntityType; names: Map<string, number> }>();
  for (const sums of corpora.values())
    for (const [curie, mention] of sums) joinMention(paper, curie, mention, Math.max);
  return first === undefined
    ? []
    : [...paper].map(([curie, mention]) => ({ pmid: first.pmid, curie, ...mention }));
}

function joinMention(
  joined: Map<string, { type: EntityType; names: Map<string, number> }>,
  curie: string,
  { type, names }: DocumentMention,
  join: (a: number, b: number) => number,
): void {
  const before = joined.get(curie);
  if (before === undefined) {
    joined.set(curie, { type, names: new Map(names) });
    return;
  }
  for (const [name, count] of names) before.names.set(name, join(before.names.get(name) ?? 0, count));
  if (ENTITY_TYPES.indexOf(type) < ENTITY_TYPES.indexOf(before.type)) before.type = type;
}

/** What a document says about each entity, from its mentions; from its evidence for entities without any. */
function documentMentions(document: Document, evidence: readonly Evidence[]): Map<string, DocumentMention> {
  const found = new Map<string, { type: EntityType; names: Map<string, number> }>();
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
  return found;
}

/** Which gene each variant lies in, where its annotation names one (tmVar's CorrespondingGene). */
export function variantGenes(document: Document): VariantGene[] {
  const links = new Map<string, VariantGene>();
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

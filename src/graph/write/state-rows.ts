/**
 * What the graph is to hold, as the rows that the statements of cypher/write take. Lists in a node stand side by
 * side, as a property holds no maps; they are in a fixed order, so that equal states give equal rows.
 */
import type { EntityType } from "../../core/relation-types.js";
import { required } from "../../core/required.js";
import type { Row } from "../neo4j/database.js";
import { byVotes, type EntityVotes, electedType, type PaperMention } from "./entity-votes.js";
import type { StoredEvidence, StoredPublication } from "./graph-state.js";
import type { Particulars, StoredDocument } from "./stored-document.js";

/** A mention as write-mentions.cypher takes it. */
export function toMentionRow({ pmid, curie, type, names }: PaperMention): Row {
  const spellings = [...names].sort(byCount);
  return {
    pmid,
    curie,
    type,
    names: spellings.map(([name]) => name),
    counts: spellings.map(([, count]) => count),
    count: spellings.reduce((sum, [, count]) => sum + count, 0),
  };
}

/** An entity as write-entities.cypher takes it. Without votes it is a gene that only a variant's annotation names. */
export function toEntityRow(votes: EntityVotes): Row {
  const synonyms = byVotes(votes.names);
  const tallies = synonyms.map((name) => required(votes.names.get(name), `the votes for ${name}`));
  const type: EntityType = electedType(votes, "Gene");
  return {
    curie: votes.curie,
    type,
    typeVotes: votes.types,
    name: synonyms[0] ?? votes.curie,
    synonyms,
    synonymVotes: tallies.map((tally) => tally.votes),
    synonymPapers: tallies.map(({ papers }) => papers),
  };
}

/** A document as write-documents.cypher takes it. */
export function toDocumentRow(document: StoredDocument): Row {
  const mentioned = [...document.mentions].sort(byKey);
  const spelled = mentioned.map(([, { names }]) => [...names].sort(byCount));
  const links = document.genes.map(({ variant, gene }) => [variant, gene] as const).sort(byBoth);
  const read = [...document.readings].sort(byKey);
  return {
    ...toParticulars(document),
    pmid: document.pmid,
    id: document.id,
    document: document.document,
    corpus: document.corpus,
    curies: mentioned.map(([curie]) => curie),
    types: mentioned.map(([, { type }]) => type),
    spellings: spelled.map((names) => names.length),
    names: spelled.flat().map(([name]) => name),
    counts: spelled.flat().map(([, count]) => count),
    variants: links.map(([variant]) => variant),
    genes: links.map(([, gene]) => gene),
    models: read.map(([model]) => model),
    digests: read.map(([, digest]) => digest),
    merged: document.merged,
  };
}

/** A publication as write-publications.cypher takes it. */
export function toPublicationRow(publication: StoredPublication): Row {
  return { pmid: publication.pmid, ...toParticulars(publication) };
}

/** A row of evidence as write-evidence.cypher takes it. */
export function toEvidenceRow(evidence: StoredEvidence): Row {
  return { ...evidence };
}

function toParticulars({ title, journal, year, doi, retracted }: Particulars): Row {
  return { title, journal, year, doi, retracted };
}

/** The rows of `after` that `before` has not, or has otherwise, in the order of their keys. */
export function changedRows<T>(
  before: ReadonlyMap<string, T>,
  after: ReadonlyMap<string, T>,
  toRow: (value: T) => Row,
): Row[] {
  const rows: Row[] = [];
  for (const key of [...after.keys()].sort()) {
    const [old, now] = [before.get(key), after.get(key)];
    if (now === undefined || old === now) continue;
    const row = toRow(now);
    if (old === undefined || JSON.stringify(toRow(old)) !== JSON.stringify(row)) rows.push(row);
  }
  return rows;
}

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function byBoth(a: readonly [string, string], b: readonly [string, string]): number {
  return byKey(a, b) || (a[1] < b[1] ? -1 : 1);
}

/** By falling count, ties by code unit. */
function byCount([a, m]: readonly [string, number], [b, n]: readonly [string, number]): number {
  return n - m || (a < b ? -1 : 1);
}

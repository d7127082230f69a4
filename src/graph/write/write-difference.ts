/**
 * Writes what differs between two states of a part of the graph: what goes first, then what comes, then what
 * follows from both. Each statement runs at most once, whatever the number of rows. Part of a write's transaction.
 */

import { required } from "../../core/required.js";
import type { Row, WriteTransaction } from "../neo4j/database.js";
import { isUnvoted } from "./entity-votes.js";
import type { GraphState } from "./graph-state.js";
import type { MergedState, NamedRelation } from "./merge-documents.js";
import {
  changedRows,
  toDocumentRow,
  toEntityRow,
  toEvidenceRow,
  toMentionRow,
  toPublicationRow,
} from "./state-rows.js";
import { updateRelations } from "./write-relations.js";

/** Writes the difference and counts what it wrote and removed, by kind; all 0 where there is none. */
export async function writeDifference(
  transaction: WriteTransaction,
  before: GraphState,
  after: MergedState,
  named: readonly NamedRelation[],
) {
  const mentioned = after.mentionsBefore;
  const removed = await removeDifference(transaction, before, after);
  const publicationsRemoved = gone(before.publications, after.publications);
  const publications = changedRows(before.publications, after.publications, toPublicationRow);
  const entities = changedRows(before.entities, after.entities, toEntityRow);
  const documents = changedRows(before.documents, after.documents, toDocumentRow);
  const mentions = changedRows(mentioned, after.mentions, toMentionRow);
  const evidence = changedRows(before.evidence, after.evidence, toEvidenceRow);
  const wanted = new Set(evidence.map((row) => row["relation"]));
  const needed = named.filter(({ id }) => wanted.has(id));
  await run(transaction, "write-publications", "rows", publications);
  await run(transaction, "write-entities", "rows", entities);
  await run(transaction, "write-documents", "rows", documents);
  await run(transaction, "write-mentions", "rows", mentions);
  await run(transaction, "write-relations", "rows", needed);
  await run(transaction, "write-evidence", "rows", evidence);
  const relations = await updateRelations(transaction, touchedRelations(before, after));
  const links = changedLinks(before, after);
  await run(transaction, "change-variant-genes", "rows", links);
  await run(transaction, "remove-publications", "pmids", publicationsRemoved);
  const entitiesRemoved = await removeEntities(transaction, before, after, links);
  return {
    publications: publications.length,
    publicationsRemoved: publicationsRemoved.length,
    documents: documents.length,
    documentsRemoved: removed.documents,
    entities: entities.length,
    entitiesRemoved,
    mentions: mentions.length + removed.mentions,
    evidence: evidence.length,
    evidenceRemoved: removed.evidence,
    relations,
    links: links.length,
  };
}

/** Removes evidence, documents and mentions that are gone, and counts them. */
async function removeDifference(
  transaction: WriteTransaction,
  before: GraphState,
  after: MergedState,
): Promise<{ evidence: number; documents: number; mentions: number }> {
  const evidence = gone(before.evidence, after.evidence);
  const documents = gone(before.documents, after.documents);
  const mentions = gone(after.mentionsBefore, after.mentions)
    .map((key) => required(after.mentionsBefore.get(key), key))
    .map(({ pmid, curie }) => ({ pmid, curie }));
  // What belongs to another paper now is written anew, as its way to the old one must go.
  await run(transaction, "remove-evidence", "ids", [...evidence, ...moved(before.evidence, after.evidence)]);
  await run(transaction, "remove-documents", "ids", [
    ...documents,
    ...moved(before.documents, after.documents),
  ]);
  await run(transaction, "remove-mentions", "rows", mentions);
  return { evidence: evidence.length, documents: documents.length, mentions: mentions.length };
}

/** A statement over a list of values, not sent where there are none. */
async function run(
  transaction: WriteTransaction,
  statement: string,
  parameter: string,
  values: readonly (string | Row | NamedRelation)[],
): Promise<void> {
  if (values.length > 0) await transaction.run(statement, { [parameter]: values });
}

/** Keys that `after` has no longer, in order. */
function gone(before: ReadonlyMap<string, unknown>, after: ReadonlyMap<string, unknown>): string[] {
  return [...before.keys()].filter((key) => !after.has(key)).sort();
}

/** Keys of what is of another paper now. */
function moved<T extends { readonly pmid: string }>(
  before: ReadonlyMap<string, T>,
  after: ReadonlyMap<string, T>,
): string[] {
  return [...before].filter(([key, { pmid }]) => (after.get(key)?.pmid ?? pmid) !== pmid).map(([key]) => key);
}

/** Relations whose evidence, or the standing of its publication, is not what it was. */
export function touchedRelations(before: GraphState, after: GraphState): string[] {
  const touched = new Set<string>();
  const retracted = (state: GraphState, pmid: string) => state.publications.get(pmid)?.retracted;
  for (const id of new Set([...before.evidence.keys(), ...after.evidence.keys()])) {
    const rows = [before.evidence.get(id), after.evidence.get(id)];
    const standing = rows.some((row) => row && retracted(before, row.pmid) !== retracted(after, row.pmid));
    if (!standing && rows[0] === rows[1]) continue;
    for (const row of rows) if (row !== undefined) touched.add(row.relation);
  }
  return [...touched].sort();
}

/** Which variants lie in which genes by how many documents more, or fewer, than before. */
function changedLinks(before: GraphState, after: GraphState): Row[] {
  const links = new Map<string, { variant: string; gene: string; change: number }>();
  for (const [{ documents }, weight] of [
    [before, -1],
    [after, 1],
  ] as const) {
    for (const { variant, gene } of [...documents.values()].flatMap(({ genes }) => genes)) {
      const key = `${variant}\t${gene}`;
      links.set(key, { variant, gene, change: (links.get(key)?.change ?? 0) + weight });
    }
  }
  return [...links.values()]
    .filter(({ change }) => change !== 0)
    .sort((a, b) => (a.variant + a.gene < b.variant + b.gene ? -1 : 1));
}

/** Removes what lost its last mention or its last variant, where nothing else holds on to it. */
async function removeEntities(
  transaction: WriteTransaction,
  before: GraphState,
  after: GraphState,
  links: readonly Row[],
): Promise<number> {
  const loose = new Set(links.filter(({ change }) => Number(change) < 0).map(({ gene }) => String(gene)));
  for (const [curie, votes] of before.entities) if (!isUnvoted(votes)) loose.add(curie);
  const curies = [...loose].filter((curie) => {
    const votes = after.entities.get(curie);
    return votes !== undefined && isUnvoted(votes);
  });
  if (curies.length === 0) return 0;
  const [row] = await transaction.run("remove-entities", { curies: curies.sort() });
  return Number(row?.["removed"]);
}

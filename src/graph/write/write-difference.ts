/**
 * Writes what differs between two states of a part of the graph: what is of the papers alone, then entities, then relations, each
 * taken before it is changed and as late as may be, so that writers wait for each other only where they share them, and
 * little. Each statement runs at most once, whatever the number of rows. Part of a write's transaction.
 */

import { required } from "../../core/required.js";
import type { Row, WriteTransaction } from "../neo4j/database.js";
import type { SupportRow } from "../read/relation-strength.js";
import { type EntityVotes, electedType, isUnvoted } from "./entity-votes.js";
import { type GraphState, mentionKey, PaperMoved, takeEntities } from "./graph-state.js";
import { type MergedState, type NamedRelation, touchedEntities, votedEntities } from "./merge-documents.js";
import {
  changedRows,
  toDocumentRow,
  toEntityRow,
  toEvidenceRow,
  toMentionRow,
  toPublicationRow,
} from "./state-rows.js";
import { changeRelations, type SupportChange } from "./write-relations.js";

/** Writes the difference and counts what it wrote and removed, by kind; all 0 where there is none. */
export async function writeDifference(
  transaction: WriteTransaction,
  before: GraphState,
  after: MergedState,
  named: readonly NamedRelation[],
) {
  const papers = await writePapers(transaction, before, after);
  const entities = await writeEntities(transaction, before, after);
  const relations = await writeRelations(transaction, before, after, named);
  const publicationsRemoved = gone(before.publications, after.publications);
  await run(transaction, "remove-publications", "pmids", publicationsRemoved);
  const entitiesRemoved = await removeEntities(transaction, entities);
  const { isRetyped, links, entities: written, mentions } = entities;
  return {
    isRetyped,
    counts: {
      ...papers,
      ...relations,
      publicationsRemoved: publicationsRemoved.length,
      entities: written,
      entitiesRemoved,
      mentions,
      links: links.length,
    },
  };
}

/** What is of papers alone: publications and documents. What belongs to another paper now is written anew. Throws PaperMoved. */
async function writePapers(transaction: WriteTransaction, before: GraphState, after: MergedState) {
  const documentsRemoved = gone(before.documents, after.documents);
  const removed = [...documentsRemoved, ...moved(before.documents, after.documents)];
  const publications = changedRows(before.publications, after.publications, toPublicationRow);
  const documents = changedRows(before.documents, after.documents, toDocumentRow);
  await run(transaction, "remove-documents", "ids", removed);
  await run(transaction, "write-publications", "rows", publications);
  const written = await run(transaction, "write-documents", "rows", documents);
  // Two who both write a document for the first time find no paper of it to take before, and meet here.
  if (written.some((row) => Number(row["shared"]) > 0)) throw new PaperMoved();
  return {
    publications: publications.length,
    documents: documents.length,
    documentsRemoved: documentsRemoved.length,
  };
}

/** Entities with their votes, who mentions them, and the genes of variants. */
async function writeEntities(transaction: WriteTransaction, before: GraphState, after: MergedState) {
  const stored = await takeEntities(transaction, touchedEntities(before, after));
  const voted = votedEntities(stored, before, after);
  const entities = changedRows(stored, voted, toEntityRow);
  const mentions = changedRows(after.mentionsBefore, after.mentions, toMentionRow);
  const removed = gone(after.mentionsBefore, after.mentions)
    .map((key) => required(after.mentionsBefore.get(key), key))
    .map(({ pmid, curie }) => ({ pmid, curie }));
  const links = changedLinks(before, after);
  await run(transaction, "write-entities", "rows", entities);
  await run(transaction, "remove-mentions", "rows", removed);
  const isSaid = ({ pmid, curie }: Row) =>
    after.mentionsBefore.has(mentionKey({ pmid: String(pmid), curie: String(curie) }));
  await runOfKnown(transaction, "mentions", mentions, isSaid);
  await run(transaction, "change-variant-genes", "rows", links);
  return {
    stored,
    voted,
    links,
    isRetyped: isRetyped(stored, voted),
    entities: entities.length,
    mentions: mentions.length + removed.length,
  };
}

/** Evidence, and what it makes of relations. */
async function writeRelations(
  transaction: WriteTransaction,
  before: GraphState,
  after: MergedState,
  named: readonly NamedRelation[],
) {
  const evidenceRemoved = gone(before.evidence, after.evidence);
  const removed = [...evidenceRemoved, ...moved(before.evidence, after.evidence)];
  const evidence = changedRows(before.evidence, after.evidence, toEvidenceRow);
  const wanted = new Set(evidence.map((row) => row["relation"]));
  const changes = supportChanges(before, after);
  await run(transaction, "lock-relations", "ids", [...changes.keys()]);
  await run(
    transaction,
    "write-relations",
    "rows",
    named.filter(({ id }) => wanted.has(id)),
  );
  await run(transaction, "remove-evidence", "ids", removed);
  await runOfKnown(transaction, "evidence", evidence, ({ id }) => before.evidence.has(String(id)));
  const relations = await changeRelations(transaction, changes);
  return { evidence: evidence.length, evidenceRemoved: evidenceRemoved.length, relations };
}

/** What the papers' rows make of every touched relation, before and after, in the order of their ids. */
function supportChanges(before: GraphState, after: GraphState): Map<string, SupportChange> {
  const changes = new Map(
    touchedRelations(before, after).map((id) => [
      id,
      { before: [] as SupportRow[], after: [] as SupportRow[] },
    ]),
  );
  for (const [state, side] of [
    [before, "before"],
    [after, "after"],
  ] as const) {
    for (const row of state.evidence.values()) {
      const retracted = state.publications.get(row.pmid)?.retracted === true;
      changes.get(row.relation)?.[side].push({ ...row, retracted });
    }
  }
  return changes;
}

/** Whether an entity has another type: that changes more than its relations. */
function isRetyped(
  before: ReadonlyMap<string, EntityVotes>,
  after: ReadonlyMap<string, EntityVotes>,
): boolean {
  return [...after].some(([curie, votes]) => {
    const old = before.get(curie);
    return old !== undefined && !isUnvoted(old) && electedType(old, "Gene") !== electedType(votes, "Gene");
  });
}

/** What a statement over a list of values gives; it is not sent where there are none. */
async function run(
  transaction: WriteTransaction,
  statement: string,
  parameter: string,
  values: readonly (string | Row | NamedRelation)[],
): Promise<readonly Row[]> {
  return values.length > 0 ? transaction.run(statement, { [parameter]: values }) : [];
}

/** Creates those of the rows that are not known, and writes the others over what is there. */
async function runOfKnown(
  transaction: WriteTransaction,
  what: "evidence" | "mentions",
  rows: readonly Row[],
  isKnown: (row: Row) => boolean,
): Promise<void> {
  await run(transaction, `write-${what}`, "rows", rows.filter(isKnown));
  await run(
    transaction,
    `create-${what}`,
    "rows",
    rows.filter((row) => !isKnown(row)),
  );
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
  {
    stored,
    voted,
    links,
  }: {
    readonly stored: ReadonlyMap<string, EntityVotes>;
    readonly voted: ReadonlyMap<string, EntityVotes>;
    readonly links: readonly Row[];
  },
): Promise<number> {
  const loose = new Set(links.filter(({ change }) => Number(change) < 0).map(({ gene }) => String(gene)));
  for (const [curie, votes] of stored) if (!isUnvoted(votes)) loose.add(curie);
  const curies = [...loose].filter((curie) => {
    const votes = voted.get(curie);
    return votes !== undefined && isUnvoted(votes);
  });
  if (curies.length === 0) return 0;
  const [row] = await transaction.run("remove-entities", { curies: curies.sort() });
  return Number(row?.["removed"]);
}

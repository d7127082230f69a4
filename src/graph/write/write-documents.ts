/**
 * Writes documents and their evidence into the graph, or takes them out: a batch a transaction, whole or not at
 * all, idempotent. Reads what the batch touches, merges, and writes only what differs. Makes no evidence itself.
 */
import type { Document } from "../../core/document.js";
import { required } from "../../core/required.js";
import type { Database, QueryOptions, Row, WriteTransaction } from "../neo4j/database.js";
import { refuseNullIds, refuseStrangers } from "./checked-writes.js";
import { toTextRow } from "./document-text.js";
import { type GraphState, PaperMoved, type StateKeys, sorted, takeGraphState } from "./graph-state.js";
import {
  type DocumentRemoval,
  type DocumentWrite,
  type MergedState,
  mergeDocuments,
  type NamedRelation,
  namedRelations,
  withoutDocuments,
  withoutPublications,
} from "./merge-documents.js";
import { noteChange } from "./note-change.js";
import { documentKey, readingDigest, toStoredDocument } from "./stored-document.js";
import { touchedRelations, writeDifference } from "./write-difference.js";

export type { DocumentRemoval, DocumentWrite } from "./merge-documents.js";

/** What a batch did to the graph. All are 0 when the graph held everything already. */
interface WriteCounts {
  readonly publications: number;
  readonly entities: number;
  readonly evidence: number;
  readonly evidenceRemoved: number;
  readonly relations: number;
}

/** What a removal took out of the graph. All are 0 when the graph held none of it. */
interface DeleteCounts {
  readonly documents: number;
  readonly publications: number;
  readonly entities: number;
  readonly evidence: number;
}

/** How a batch is written. */
interface WriteOptions extends QueryOptions {
  /** Written in the same transaction: with the batch, or not at all. */
  readonly together?: (transaction: WriteTransaction) => Promise<void>;
}

/**
 * Writes a batch in one transaction; a batch of any size makes the same number of queries. Each document takes
 * the place of its last version in its corpus. Raises the graph's version when something changed. Throws
 * DATABASE, TIMEOUT or CANCELLED, with nothing written; BAD_INPUT for evidence of another document, and for an
 * identifier that says that there is none.
 */
export async function writeDocuments(
  database: Database,
  batch: readonly DocumentWrite[],
  options: WriteOptions = {},
): Promise<WriteCounts> {
  refuseStrangers(batch);
  if (batch.length === 0)
    return { publications: 0, entities: 0, evidence: 0, evidenceRemoved: 0, relations: 0 };
  const told = batch.map(({ document, evidence }) => toStoredDocument(document, evidence));
  for (const document of told) refuseNullIds(document);
  const keys = {
    documents: sorted(told.map(({ document }) => document)),
    pmids: sorted(told.map(({ pmid }) => pmid)),
    makesPapers: true,
  };
  const named = namedRelations(batch.flatMap(({ evidence }) => evidence));
  const { publications, entities, evidence, evidenceRemoved, relations } = await change(
    database,
    keys,
    named,
    (before) => mergeDocuments(before, batch),
    { ...options, texts: batch.map(({ document }) => toTextRow(document)) },
  );
  return { publications, entities, evidence, evidenceRemoved, relations };
}

/**
 * Takes documents out of the graph in one transaction: their evidence, whatever its source, their mentions, and
 * the papers, relations and entities that nothing else speaks of. Unknown ones are passed by. Throws as
 * `writeDocuments` does.
 */
export async function deleteDocuments(
  database: Database,
  removals: readonly DocumentRemoval[],
  options: QueryOptions = {},
): Promise<DeleteCounts> {
  const keys = { documents: sorted(removals.map(({ document }) => document)), pmids: [], makesPapers: false };
  return removed(await change(database, keys, [], (before) => withoutDocuments(before, removals), options));
}

/**
 * Takes whole papers out in one transaction: all their documents, in whatever corpus and whatever part of the paper they are,
 * with all that they supported. Unknown ones are passed by. Throws as `writeDocuments` does.
 */
export async function deletePublications(
  database: Database,
  pmids: readonly string[],
  options: QueryOptions = {},
): Promise<DeleteCounts> {
  const keys = { documents: [], pmids: sorted(pmids), makesPapers: false };
  const papers = new Set(pmids);
  return removed(await change(database, keys, [], (before) => withoutPublications(before, papers), options));
}

function removed(done: Awaited<ReturnType<typeof writeDifference>>["counts"]): DeleteCounts {
  return {
    documents: done.documentsRemoved,
    publications: done.publicationsRemoved,
    entities: done.entitiesRemoved,
    evidence: done.evidenceRemoved,
  };
}

/** Those of the documents that the model has read as they are now; a corrected text has not been read. */
export async function extractedDocuments(
  database: Database,
  model: string,
  documents: readonly Document[],
): Promise<Set<Document>> {
  const keys = documents.map(({ pmid, corpus }) => documentKey(pmid, corpus ?? null));
  const rows = await database.read("readings-of-documents", {
    ids: sorted(keys),
    documents: sorted(documents.map(({ pmid }) => pmid)),
    model,
  });
  const digests = new Map(rows.map((row) => [String(row["id"]), String(row["digest"])]));
  return new Set(
    documents.filter((document, index) => {
      // An older graph remembers the paper alone, in no corpus, and not what of it was read.
      const digest =
        digests.get(required(keys[index], "a document's key")) ??
        digests.get(documentKey(document.pmid, null));
      return digest === "" || digest === readingDigest(document);
    }),
  );
}

/** How often a change is begun anew because others moved its documents meanwhile. */
const ATTEMPTS = 5;

async function change(
  database: Database,
  keys: StateKeys,
  named: readonly NamedRelation[],
  merge: (before: GraphState) => MergedState,
  options: WriteOptions & { readonly texts?: readonly Row[] },
) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await changeOnce(database, keys, named, merge, options);
    } catch (fault) {
      if (!(fault instanceof PaperMoved) || attempt === ATTEMPTS) throw fault;
    }
  }
}

function changeOnce(
  database: Database,
  keys: StateKeys,
  named: readonly NamedRelation[],
  merge: (before: GraphState) => MergedState,
  { together, texts = [], ...options }: WriteOptions & { readonly texts?: readonly Row[] },
) {
  return database.transact(async (transaction: WriteTransaction) => {
    const before = await takeGraphState(transaction, keys);
    const after = merge(before);
    const { counts, isRetyped } = await writeDifference(transaction, before, after, named);
    if (texts.length > 0) await transaction.run("write-texts", { rows: texts });
    if (Object.values(counts).some((count) => count > 0)) {
      await noteChange(transaction, touchedRelations(before, after), !isRetyped);
    }
    // Last, so that what it locks is not kept from others while the graph is waited for and written.
    await together?.(transaction);
    return counts;
  }, options);
}

/**
 * Bulk loading: a stream of documents into the graph, with their annotators' relations, the model's, or both.
 * It works in batches, each written whole or not at all, and passes by what the model has already read, so a
 * run that was killed is taken up by running it again and ends in the same graph.
 */
import type { Document } from "../core/document.js";
import { BioWeftError } from "../core/errors.js";
import {
  type Evidence,
  type GoldLeftOut,
  NONE_LEFT_OUT,
  predictionEvidence,
  toGoldEvidence,
} from "../core/evidence.js";
import type { DocumentPredictions, RelationClassifier } from "../core/prediction.js";
import { inGroups } from "../core/turns/in-groups.js";
import type { Database } from "../graph/neo4j/database.js";
import { extractedDocuments, writeDocuments } from "../graph/write/write-documents.js";

/** What to load and how. `classifier` makes model evidence; without it only gold relations are written. */
export interface BulkExtraction {
  readonly documents: AsyncIterable<Document> | Iterable<Document>;
  readonly database: Database;
  readonly classifier?: RelationClassifier;
  /** Whether the documents' own relations become evidence of their corpus. */
  readonly gold: boolean;
  /** Documents a transaction; 50 if not given. */
  readonly batchSize?: number;
  readonly onProgress?: (counts: BulkCounts) => void;
  /** Told while the model reads how many pairs of the document are scored, of how many. */
  readonly onPairs?: (scored: number, pairs: number) => void;
  readonly signal?: AbortSignal;
}

/** What was done so far. */
export interface BulkCounts {
  /** Documents read and written, those passed by included. */
  readonly documents: number;
  /** Documents that the model had read in an earlier run. */
  readonly alreadyExtracted: number;
  readonly goldEvidence: number;
  /** Gold relations of which no evidence can be made, by reason. */
  readonly goldLeftOut: GoldLeftOut;
  readonly modelEvidence: number;
  /** Pairs of which the model read only the beginning, as their text is longer than it takes. */
  readonly truncated: number;
  /** Pairs that were not asked, as their documents have more than are asked of one. */
  readonly unasked: number;
}

/** The counts before anything is loaded. */
export const NOTHING_LOADED: BulkCounts = {
  documents: 0,
  alreadyExtracted: 0,
  goldEvidence: 0,
  goldLeftOut: NONE_LEFT_OUT,
  modelEvidence: 0,
  truncated: 0,
  unasked: 0,
};

/** Loads everything and gives the final counts; throws CANCELLED between batches once the signal is set. */
export async function extractBulk(bulk: BulkExtraction): Promise<BulkCounts> {
  let counts = NOTHING_LOADED;
  for await (const batch of inGroups(bulk.documents, bulk.batchSize ?? 50)) {
    if (bulk.signal?.aborted === true) throw new BioWeftError("CANCELLED", "the load was stopped");
    const done = await loadBatch(bulk, batch);
    counts = addBulkCounts(counts, done);
    bulk.onProgress?.(counts);
  }
  return counts;
}

/** The counts of two loads together. */
export function addBulkCounts(one: BulkCounts, other: BulkCounts): BulkCounts {
  return {
    documents: one.documents + other.documents,
    alreadyExtracted: one.alreadyExtracted + other.alreadyExtracted,
    goldEvidence: one.goldEvidence + other.goldEvidence,
    goldLeftOut: addLeftOut(one.goldLeftOut, other.goldLeftOut),
    modelEvidence: one.modelEvidence + other.modelEvidence,
    truncated: one.truncated + other.truncated,
    unasked: one.unasked + other.unasked,
  };
}

async function loadBatch(bulk: BulkExtraction, batch: readonly Document[]): Promise<BulkCounts> {
  const { classifier, database } = bulk;
  const already =
    classifier === undefined ? new Set() : await extractedDocuments(database, classifier.info.id, batch);
  const unread = batch.filter((document) => !already.has(document));
  const answers = new Map<Document, DocumentPredictions>();
  const asking = {
    ...(bulk.signal === undefined ? {} : { signal: bulk.signal }),
    ...(bulk.onPairs === undefined ? {} : { onProgress: bulk.onPairs }),
  };
  for await (const answer of classifier?.predictAll(unread, asking) ?? []) {
    answers.set(answer.document, answer);
  }
  const counts = { ...NOTHING_LOADED, documents: batch.length, alreadyExtracted: already.size };
  const writes = [];
  for (const document of batch) {
    const gold = bulk.gold ? toGoldEvidence(document) : { rows: [], leftOut: NONE_LEFT_OUT };
    const predicted = answers.get(document);
    const model: Evidence[] = predicted === undefined ? [] : predictionEvidence(predicted);
    counts.goldEvidence += gold.rows.length;
    counts.goldLeftOut = addLeftOut(counts.goldLeftOut, gold.leftOut);
    counts.modelEvidence += model.length;
    counts.truncated += predicted?.truncated ?? 0;
    counts.unasked += predicted?.unasked ?? 0;
    writes.push({
      document,
      evidence: [...gold.rows, ...model],
      ...(predicted === undefined ? {} : { extractedBy: predicted.model }),
    });
  }
  await writeDocuments(database, writes);
  return counts;
}

function addLeftOut(one: GoldLeftOut, other: GoldLeftOut): GoldLeftOut {
  return {
    unnamedEnds: one.unnamedEnds + other.unnamedEnds,
    selfPairs: one.selfPairs + other.selfPairs,
    otherTypes: one.otherTypes + other.otherTypes,
  };
}

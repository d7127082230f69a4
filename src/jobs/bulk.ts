/**
 * Bulk loading: a stream of documents into the graph, with their annotators' relations, the model's, or both.
 * Reading, classifying and writing go on at the same time, each a bounded number of documents ahead of the next. What is
 * written is written in batches, each whole or not at all, and what the model has already read is passed by, so a run that
 * was killed is taken up by running it again and ends in the same graph.
 */
import type { Document } from "../core/document.js";
import { BioWeftError } from "../core/errors.js";
import { type GoldLeftOut, NONE_LEFT_OUT, toGoldEvidence } from "../core/evidence.js";
import { predictedEvidence } from "../core/turns/evidence-in-turns.js";
import type { Database } from "../graph/neo4j/database.js";
import { writeDocuments } from "../graph/write/write-documents.js";
import { type Answered, type Answering, answeredBatches } from "./pipeline/answered-batches.js";

/** What to load and how. `classifier` makes model evidence; without it only gold relations are written. */
export interface BulkExtraction extends Answering {
  readonly documents: AsyncIterable<Document> | Iterable<Document>;
  /** Whether the documents' own relations become evidence of their corpus. */
  readonly gold: boolean;
  readonly onProgress?: (counts: BulkCounts) => void;
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
  const { documents, database, signal, onProgress } = bulk;
  async function* pieces() {
    for await (const document of documents) yield { document };
  }
  let counts = NOTHING_LOADED;
  for await (const batch of answeredBatches(pieces(), bulk)) {
    throwIfStopped(signal);
    counts = addBulkCounts(counts, await writeBatch(bulk, database, batch));
    onProgress?.(counts);
  }
  return counts;
}

/** Throws CANCELLED once the signal is set. */
export function throwIfStopped(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new BioWeftError("CANCELLED", "the load was stopped");
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

/** Writes documents with their own relations and the model's, in one transaction. */
export async function writeBatch(
  { gold: withGold }: Pick<BulkExtraction, "gold">,
  database: Database,
  batch: readonly Answered<{ readonly document: Document }>[],
): Promise<BulkCounts> {
  const already = batch.filter(({ wasRead }) => wasRead).length;
  const counts = { ...NOTHING_LOADED, documents: batch.length, alreadyExtracted: already };
  const writes = [];
  for (const { document, predicted } of batch) {
    const gold = withGold ? toGoldEvidence(document) : { rows: [], leftOut: NONE_LEFT_OUT };
    const model = predicted === undefined ? [] : await predictedEvidence(predicted);
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

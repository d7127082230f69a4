/**
 * One extraction from its document to the graph: count the pairs, score them, write the evidence. Each change
 * is given to `report`, which makes it durable before anybody hears of it. Fetching is extraction-service.ts's.
 */
import { documentCandidates } from "../../core/candidate.js";
import type { Document } from "../../core/document.js";
import { BioWeftError, messageOf } from "../../core/errors.js";
import { predictionEvidence } from "../../core/evidence.js";
import type { ExtractionJob } from "../../core/extraction-job.js";
import type { RelationClassifier } from "../../core/prediction.js";
import type { Database } from "../../graph/neo4j/database.js";
import { writeDocuments } from "../../graph/write/write-documents.js";

/** What a stage changes of a job. */
export type JobChange = Partial<
  Pick<ExtractionJob, "stage" | "pairs" | "pairsScored" | "relations" | "error">
>;

/** Takes a fetched document through ANNOTATED, SCORED and WRITTEN; throws CANCELLED between them. */
export async function runExtraction(
  document: Document,
  parts: { readonly classifier: RelationClassifier; readonly database: Database },
  report: (change: JobChange) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  throwIfCancelled(signal, document.pmid);
  await report({ stage: "FETCHED" });
  const pairs = documentCandidates(document).length;
  throwIfCancelled(signal, document.pmid);
  await report({ stage: "ANNOTATED", pairs });
  const predicted = await parts.classifier.predict(document);
  throwIfCancelled(signal, document.pmid);
  await report({ stage: "SCORED", pairsScored: predicted.predictions.length });
  const evidence = predictionEvidence(predicted);
  throwIfCancelled(signal, document.pmid);
  await writeDocuments(parts.database, [{ document, evidence, extractedBy: predicted.model }]);
  await report({ stage: "WRITTEN", relations: evidence.length });
}

/** How a job records what went wrong. */
export function jobFailure(fault: unknown): NonNullable<ExtractionJob["error"]> {
  if (!(fault instanceof BioWeftError)) return { code: "INTERNAL", message: messageOf(fault), retryable: false };
  return { code: fault.code, message: fault.message, retryable: fault.retryable };
}

/** Throws CANCELLED once the signal is set. */
export function throwIfCancelled(signal: AbortSignal, pmid: string): void {
  if (signal.aborted)
    throw new BioWeftError("CANCELLED", "the extraction was cancelled", { place: { pmid } });
}

/**
 * One extraction from its document to the graph: count the pairs, score them, write the evidence. Each change is given
 * to a report, which makes it durable before anybody hears of it. Fetching is live.ts's.
 */
import { countCandidates } from "../../core/candidate.js";
import type { Document } from "../../core/document.js";
import { BioWeftError, messageOf } from "../../core/errors.js";
import type { ExtractionJob } from "../../core/extraction-job.js";
import type { RelationClassifier } from "../../core/prediction.js";
import { predictedEvidence } from "../../core/turns/evidence-in-turns.js";
import type { DocumentWrite } from "../../graph/write/write-documents.js";

/** What a stage changes of a job. */
export type JobChange = Partial<
  Pick<ExtractionJob, "stage" | "pairs" | "pairsScored" | "relations" | "error">
>;

/** Who is told how far an extraction is. Each throws where the job is not ours any more. */
export interface JobReport {
  /** Records a change. */
  change(change: JobChange): Promise<void>;
  /** Writes a document's evidence and records the change, both or neither. */
  write(written: DocumentWrite, change: JobChange, signal: AbortSignal): Promise<void>;
  /** So many of the pairs are scored; need not be recorded each time. */
  progress(scored: number, pairs: number): void;
}

/** Takes a fetched document through ANNOTATED, SCORED and WRITTEN; throws CANCELLED where the signal is set. */
export async function runExtraction(
  document: Document,
  classifier: RelationClassifier,
  report: JobReport,
  signal: AbortSignal,
): Promise<void> {
  throwIfCancelled(signal, document.pmid);
  await report.change({ stage: "FETCHED" });
  await report.change({ stage: "ANNOTATED", pairs: countCandidates(document) });
  throwIfCancelled(signal, document.pmid);
  const onProgress = (scored: number, pairs: number) => report.progress(scored, pairs);
  const predicted = await classifier.predict(document, { signal, onProgress });
  throwIfCancelled(signal, document.pmid);
  const asked = predicted.predictions.length;
  // Pairs that were not asked stay unscored for everybody to see.
  await report.change({ stage: "SCORED", pairs: asked + (predicted.unasked ?? 0), pairsScored: asked });
  const evidence = await predictedEvidence(predicted);
  throwIfCancelled(signal, document.pmid);
  const written = { document, evidence, extractedBy: predicted.model };
  await report.write(written, { stage: "WRITTEN", relations: evidence.length }, signal);
}

/** How a job records what went wrong. */
export function jobFailure(fault: unknown): NonNullable<ExtractionJob["error"]> {
  if (!(fault instanceof BioWeftError))
    return { code: "INTERNAL", message: messageOf(fault), retryable: false };
  return { code: fault.code, message: fault.message, retryable: fault.retryable };
}

function throwIfCancelled(signal: AbortSignal, pmid: string): void {
  if (signal.aborted)
    throw new BioWeftError("CANCELLED", "the extraction was cancelled", { place: { pmid } });
}

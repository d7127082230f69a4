/**
 * One extraction from its document to the graph: count the pairs, score them, write the evidence. Each change is given
 * to a report, which makes it durable before anybody hears of it. A paper that the model has read as it is now is not
 * read again. Fetching is the source's.
 */
import { countCandidates } from "../../core/candidate.js";
import { type Document, publicationOf } from "../../core/document.js";
import { BioWeftError, messageOf } from "../../core/errors.js";
import type { ExtractionJob } from "../../core/extraction-job.js";
import type { DocumentPredictions } from "../../core/prediction.js";
import { predictedEvidence } from "../../core/turns/evidence-in-turns.js";
import type { Database } from "../../graph/neo4j/database.js";
import { standingRelationsOf } from "../../graph/read/read-jobs.js";
import { type DocumentWrite, extractedDocuments } from "../../graph/write/write-documents.js";

/** What a stage changes of a job. */
export type JobChange = Partial<
  Pick<ExtractionJob, "stage" | "title" | "pairs" | "pairsScored" | "relations">
>;

/** Who is told how far an extraction is. Each throws where the job is not ours any more. */
export interface JobReport {
  readonly job: ExtractionJob;
  /** Records a change. */
  change(change: JobChange): Promise<void>;
  /** Writes a document's evidence and records the change, both or neither. */
  write(written: DocumentWrite, change: JobChange, signal: AbortSignal): Promise<void>;
  /** So many of the pairs are scored; need not be recorded each time. */
  progress(scored: number, pairs: number): void;
}

/** What an extraction works with. */
interface ExtractionParts {
  readonly database: Database;
  /** The model's id. */
  readonly model: string;
  readonly signal: AbortSignal;
  /** Has the document read, in its turn. */
  predict(onProgress: (scored: number, pairs: number) => void): Promise<DocumentPredictions>;
}

/** Takes a fetched document through ANNOTATED, SCORED and WRITTEN; throws CANCELLED where the signal is set. */
export async function runExtraction(
  document: Document,
  report: JobReport,
  parts: ExtractionParts,
): Promise<void> {
  const { signal } = parts;
  throwIfCancelled(signal, document.pmid);
  const pairs = countCandidates(document);
  await report.change({ stage: "ANNOTATED", pairs });
  throwIfCancelled(signal, document.pmid);
  const predicted = (await isRead(document, parts))
    ? undefined
    : await parts.predict((scored, asked) => report.progress(scored, asked));
  throwIfCancelled(signal, document.pmid);
  const asked = predicted === undefined ? pairs : predicted.predictions.length;
  // Pairs that were not asked stay unscored for everybody to see.
  await report.change({ stage: "SCORED", pairs: asked + (predicted?.unasked ?? 0), pairsScored: asked });
  const evidence = predicted === undefined ? [] : await predictedEvidence(predicted);
  throwIfCancelled(signal, document.pmid);
  const { supersedes } = report.job;
  const relations =
    predicted === undefined
      ? await standingRelationsOf(parts.database, publicationOf(document), parts.model)
      : evidence.length;
  const written: DocumentWrite = {
    document,
    evidence,
    ...(predicted === undefined ? {} : { extractedBy: predicted.model }),
    ...(supersedes === undefined ? {} : { supersedes: [supersedes] }),
  };
  await report.write(written, { stage: "WRITTEN", relations }, signal);
}

/** How a job records what went wrong. */
export function jobFailure(fault: unknown): NonNullable<ExtractionJob["error"]> {
  if (!(fault instanceof BioWeftError))
    return { code: "INTERNAL", message: messageOf(fault), retryable: false };
  return { code: fault.code, message: fault.message, retryable: fault.retryable };
}

/** Whether the model has read this version of the document already. */
async function isRead(document: Document, { database, model }: ExtractionParts): Promise<boolean> {
  return (await extractedDocuments(database, model, [document])).size > 0;
}

function throwIfCancelled(signal: AbortSignal, pmid: string): void {
  if (signal.aborted)
    throw new BioWeftError("CANCELLED", "the extraction was cancelled", { place: { pmid } });
}

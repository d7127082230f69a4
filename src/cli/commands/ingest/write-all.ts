/** Writes a stream of papers batch by batch, for commands whose sources give them with their evidence. */
import { BioWeftError } from "../../../core/errors.js";
import { inGroups } from "../../../core/turns/in-groups.js";
import { type DocumentWrite, writeDocuments } from "../../../graph/write/write-documents.js";
import type { GraphWork } from "../../own-graph.js";

/** Writes all, `size` papers a transaction, and counts what was written. Throws CANCELLED between two batches. */
export async function writeAll(
  papers: AsyncIterable<DocumentWrite>,
  size: number,
  { database, signal, show }: GraphWork,
): Promise<{ readonly papers: number; readonly evidence: number }> {
  const counts = { papers: 0, evidence: 0 };
  for await (const batch of inGroups(papers, size)) {
    if (signal.aborted) {
      throw new BioWeftError(
        "CANCELLED",
        `stopped after ${counts.papers} papers; the same command writes the rest`,
      );
    }
    await writeDocuments(database, batch, { signal });
    counts.papers += batch.length;
    counts.evidence += batch.reduce((sum, { evidence }) => sum + evidence.length, 0);
    show(counts.papers);
  }
  return counts;
}

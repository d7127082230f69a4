/**
 * A source of literature as the writes that fill an empty graph at once: its documents with their annotators' relations, and how
 * late their versions are. A paper that the source deletes leaves only that behind.
 */
import { type GoldLeftOut, NONE_LEFT_OUT, toGoldEvidence } from "../core/evidence.js";
import { isLater, type SourceItem, type VersionRank } from "../core/sources/source-item.js";
import type { DocumentWrite } from "../graph/write/write-documents.js";

/** What was passed on so far. */
interface WriteCounts {
  readonly documents: number;
  readonly goldEvidence: number;
  readonly goldLeftOut: GoldLeftOut;
}

/** The writes of a source, to be read once; ranks and counts are whole when they have been. */
interface SourceWrites {
  readonly writes: AsyncGenerator<DocumentWrite>;
  ranks(): ReadonlyMap<string, VersionRank>;
  counts(): WriteCounts;
}

/** Passes a source's items on as writes. The source gives each paper's last version alone. */
export function sourceWrites(items: AsyncIterable<SourceItem>): SourceWrites {
  const ranks = new Map<string, VersionRank>();
  const counts = { documents: 0, goldEvidence: 0, goldLeftOut: { ...NONE_LEFT_OUT } };
  const note = (pmid: string, rank: VersionRank | undefined): void => {
    const known = ranks.get(pmid);
    if (rank !== undefined && (known === undefined || !isLater(known, rank))) ranks.set(pmid, rank);
  };
  async function* writes(): AsyncGenerator<DocumentWrite> {
    for await (const item of items) {
      if (item.kind === "deletion") {
        note(item.pmid, item.rank);
        continue;
      }
      const { document } = item;
      if (item.isBase !== true) note(document.pmid, item.rank);
      const { rows, leftOut } = toGoldEvidence(document);
      counts.documents += 1;
      counts.goldEvidence += rows.length;
      for (const reason of Object.keys(leftOut) as (keyof GoldLeftOut)[])
        counts.goldLeftOut[reason] += leftOut[reason];
      yield { document, evidence: rows };
    }
  }
  return { writes: writes(), ranks: () => ranks, counts: () => counts };
}

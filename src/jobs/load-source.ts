/**
 * A source of literature into the graph: its documents by bulk.ts, what it deletes taken out, and nothing of it where the
 * graph has a later version. Stopped anywhere and given again, it ends in the same graph.
 */
import { isLater, type SourceItem, type VersionRank } from "../core/sources/source-item.js";
import { inGroups } from "../core/turns/in-groups.js";
import { recordVersionRanks, versionRanks } from "../graph/write/version-ranks.js";
import { deleteDocuments } from "../graph/write/write-documents.js";
import {
  addBulkCounts,
  type BulkCounts,
  type BulkExtraction,
  NOTHING_LOADED,
  throwIfStopped,
  writeBatch,
} from "./bulk.js";
import { answeredBatches, type Piece } from "./pipeline/answered-batches.js";

/** What to load and how. */
interface SourceLoad extends Omit<BulkExtraction, "documents"> {
  readonly items: AsyncIterable<SourceItem>;
  /** The corpora whose documents a deletion takes out; null is that of papers fetched by PMID. */
  readonly deletedFrom: readonly (string | null)[];
  /** Items whose known versions are looked up together; 200 if not given. */
  readonly groupSize?: number;
}

/** What was done. */
export interface SourceCounts extends BulkCounts {
  /** Documents taken out. */
  readonly deleted: number;
  /** Documents and deletions that were passed by, as the graph has later versions. */
  readonly olderPassedBy: number;
}

const GROUP = 200;

/** An item on its way into the graph. */
interface SourcePiece extends Piece {
  readonly item: SourceItem;
}

/** Loads everything and gives the final counts; throws CANCELLED between batches once the signal is set. */
export async function loadSource(load: SourceLoad): Promise<SourceCounts> {
  const ranks = new RanksOnTheWay();
  let counts: SourceCounts = { ...NOTHING_LOADED, deleted: 0, olderPassedBy: 0 };
  for await (const batch of answeredBatches(newsOf(load, ranks), load)) {
    throwIfStopped(load.signal);
    for (const run of withoutReturns(batch)) {
      const documents = run.flatMap(({ document, ...rest }) =>
        document === undefined ? [] : [{ ...rest, document }],
      );
      const done = addBulkCounts(counts, await writeBatch(load, load.database, documents));
      counts = { ...counts, ...done, deleted: counts.deleted + (await deleteAll(load, run)) };
    }
    // Last: a version counts as known when all of it is in the graph.
    await recordVersionRanks(load.database, ranks.end(batch.map(({ item }) => item)));
    counts = { ...counts, olderPassedBy: ranks.passedBy };
    load.onProgress?.(counts);
  }
  return { ...counts, olderPassedBy: ranks.passedBy };
}

/** The items of which neither the graph nor what is on its way there has a later version. */
async function* newsOf(
  { items, database, groupSize = GROUP }: SourceLoad,
  ranks: RanksOnTheWay,
): AsyncGenerator<SourcePiece> {
  for await (const group of inGroups(items, groupSize)) {
    const known = await versionRanks(database, group.map(pmidOf));
    for (const item of group) {
      if (!ranks.begin(item, known.get(pmidOf(item)))) continue;
      yield { item, ...(item.kind === "document" ? { document: item.document } : {}) };
    }
  }
}

/** Ranks of versions that are read and not written yet. */
class RanksOnTheWay {
  readonly #latest = new Map<string, VersionRank>();
  /** Items that were passed by, as later versions are known. */
  passedBy = 0;

  /** Whether no later version is known; notes this one if so. */
  begin(item: SourceItem, known: VersionRank | undefined): boolean {
    const pmid = pmidOf(item);
    const latest = this.#latest.get(pmid);
    if (isOlder(item, known) || isOlder(item, latest)) {
      this.passedBy += 1;
      return false;
    }
    const rank = keptRank(item);
    if (rank !== undefined) this.#latest.set(pmid, rank);
    return true;
  }

  /** They are written: the ranks that are to be remembered of them. */
  end(items: readonly SourceItem[]): Map<string, VersionRank> {
    const kept = new Map<string, VersionRank>();
    for (const item of items) {
      const rank = keptRank(item);
      if (rank === undefined) continue;
      kept.set(pmidOf(item), rank);
      if (this.#latest.get(pmidOf(item)) === rank) this.#latest.delete(pmidOf(item));
    }
    return kept;
  }
}

/** The batch in parts: a paper that comes back after its deletion is not written before it. */
function withoutReturns<P extends SourcePiece>(batch: readonly P[]): P[][] {
  const runs: P[][] = [[]];
  let deleted = new Set<string>();
  for (const piece of batch) {
    const { item } = piece;
    if (item.kind === "document" && deleted.has(item.document.pmid)) {
      runs.push([]);
      deleted = new Set();
    }
    runs.at(-1)?.push(piece);
    if (item.kind === "deletion") deleted.add(item.pmid);
  }
  return runs;
}

async function deleteAll(
  { database, deletedFrom }: SourceLoad,
  pieces: readonly SourcePiece[],
): Promise<number> {
  const removals = pieces.flatMap(({ item }) =>
    item.kind === "deletion" ? deletedFrom.map((corpus) => ({ document: item.pmid, corpus })) : [],
  );
  return removals.length === 0 ? 0 : (await deleteDocuments(database, removals)).documents;
}

function pmidOf(item: SourceItem): string {
  return item.kind === "deletion" ? item.pmid : item.document.pmid;
}

/** What has no rank is as late as its reading. */
function isOlder({ rank }: SourceItem, known: VersionRank | undefined): boolean {
  return rank !== undefined && known !== undefined && isLater(known, rank);
}

/** The rank to be remembered of an item: a baseline's is earlier than all others anyway. */
function keptRank(item: SourceItem): VersionRank | undefined {
  return item.kind === "document" && item.isBase === true ? undefined : item.rank;
}

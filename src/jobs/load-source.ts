/**
 * A source of literature into the graph: its documents by bulk.ts, what it deletes taken out, and nothing of it where the
 * graph has a later version. Stopped anywhere and given again, it ends in the same graph.
 */
import type { Document } from "../core/document.js";
import { BioWeftError } from "../core/errors.js";
import { isLater, type SourceItem, type VersionRank } from "../core/sources/source-item.js";
import { inGroups } from "../core/turns/in-groups.js";
import { recordVersionRanks, versionRanks } from "../graph/write/version-ranks.js";
import { deleteDocuments } from "../graph/write/write-documents.js";
import { addBulkCounts, type BulkCounts, type BulkExtraction, extractBulk, NOTHING_LOADED } from "./bulk.js";

/** What to load and how. */
interface SourceLoad extends Omit<BulkExtraction, "documents"> {
  readonly items: AsyncIterable<SourceItem>;
  /** The corpora whose documents a deletion takes out; null is that of papers fetched by PMID. */
  readonly deletedFrom: readonly (string | null)[];
  /** Items between two moments at which all is in the graph, ranks included; 2,000 if not given. */
  readonly groupSize?: number;
}

/** What was done. */
export interface SourceCounts extends BulkCounts {
  /** Documents taken out. */
  readonly deleted: number;
  /** Documents and deletions that were passed by, as the graph has later versions. */
  readonly olderPassedBy: number;
}

/** Big enough that batches overlap. */
const GROUP = 2_000;

/** Loads everything and gives the final counts; throws CANCELLED between batches once the signal is set. */
export async function loadSource(load: SourceLoad): Promise<SourceCounts> {
  const { items, database, onProgress } = load;
  let counts: SourceCounts = { ...NOTHING_LOADED, deleted: 0, olderPassedBy: 0 };
  for await (const group of inGroups(items, load.groupSize ?? GROUP)) {
    if (load.signal?.aborted === true) throw new BioWeftError("CANCELLED", "the load was stopped");
    const known = await versionRanks(database, group.map(pmidOf));
    const news = group.filter((item) => !isOlder(item, known.get(pmidOf(item))));
    const before = counts;
    const documents = news.flatMap((item): Document[] => (item.kind === "document" ? [item.document] : []));
    const done = await extractBulk({
      ...load,
      documents,
      onProgress: (now) => onProgress?.(addBulkCounts(before, now)),
    });
    const deleted = await deleteAll(load, news);
    await recordVersionRanks(database, ranksOf(news));
    counts = {
      ...addBulkCounts(before, done),
      deleted: before.deleted + deleted,
      olderPassedBy: before.olderPassedBy + group.length - news.length,
    };
  }
  return counts;
}

async function deleteAll(
  { database, deletedFrom }: SourceLoad,
  items: readonly SourceItem[],
): Promise<number> {
  const removals = items.flatMap((item) =>
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

function ranksOf(items: readonly SourceItem[]): Map<string, VersionRank> {
  return new Map(
    items.flatMap((item) => {
      const isKept = item.rank !== undefined && !(item.kind === "document" && item.isBase === true);
      return isKept && item.rank !== undefined ? [[pmidOf(item), item.rank] as const] : [];
    }),
  );
}

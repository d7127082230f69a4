/** The sentence that shows each of many relations best, read in one statement; none of an edge list, which has no text. */
import { bestEvidenceOfRelations } from "../../../graph/read/read-evidence.js";
import type { SourcedGraph } from "../../options/graph-source.js";

/** Sentences by the relation's id. */
export type BestSentences = ReadonlyMap<
  string,
  { readonly sentence: string; readonly pmid: string; readonly year: number | null }
>;

/** Reads them, as of a year where one is asked about. */
export async function bestSentences(
  { database }: SourcedGraph,
  relations: readonly string[],
  asOf: number | undefined,
): Promise<BestSentences> {
  if (database === undefined || relations.length === 0) return new Map();
  const rows = await bestEvidenceOfRelations(database, relations, asOf ?? null);
  return new Map(
    rows.flatMap((row) =>
      row === undefined
        ? []
        : [[row.relation, { sentence: row.sentence, pmid: row.pmid, year: row.year }] as const],
    ),
  );
}

/** The most probable sentence of each of many relations, read in one statement; none of an edge list, which has no text. */
import { evidenceOfRelations } from "../../../graph/read/read-evidence.js";
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
  const rows = await evidenceOfRelations(database, relations, asOf ?? null, { limit: 1, after: null });
  return new Map(
    rows.flat().map(({ relation, sentence, pmid, year }) => [relation, { sentence, pmid, year }]),
  );
}

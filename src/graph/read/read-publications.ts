/**
 * Reads publications by PMID.
 */
import { z } from "zod";
import type { Database } from "../neo4j/database.js";

/** A publication as stored. */
export interface PublicationRow {
  readonly pmid: string;
  readonly title: string;
  readonly journal: string | null;
  readonly year: number | null;
  readonly doi: string | null;
  readonly retracted: boolean;
}

const publicationRow = z.object({
  pmid: z.string(),
  title: z.string(),
  journal: z.nullable(z.string()),
  year: z.nullable(z.number()),
  doi: z.nullable(z.string()),
  retracted: z.boolean(),
});

/** Publications in the order of the PMIDs, undefined for those that the graph does not have. */
export async function publicationsByPmids(
  database: Database,
  pmids: readonly string[],
): Promise<(PublicationRow | undefined)[]> {
  const rows = await database.read("publications-by-pmids", { pmids: [...new Set(pmids)] });
  const found = new Map(rows.map((row) => publicationRow.parse(row)).map((row) => [row.pmid, row]));
  return pmids.map((pmid) => found.get(pmid));
}

/**
 * Documents that an older model has read and a newer one has not: what an upgrade has to do again.
 */
import { z } from "zod";
import type { Database } from "../neo4j/database.js";

const rowShape = z.object({ pmid: z.string(), corpus: z.nullable(z.string()) });

/** Streams documents that `since` has read and `model` has not, by their own names, with the corpus that they are of. */
export async function* outdatedDocuments(
  database: Database,
  since: string,
  model: string,
): AsyncGenerator<z.infer<typeof rowShape>> {
  for await (const row of database.stream("outdated-documents", { since, model })) yield rowShape.parse(row);
}

/**
 * Reads the texts of publications: passages and where in them entities are mentioned.
 */
import { z } from "zod";
import { PASSAGE_KINDS } from "../../core/document.js";
import { ENTITY_TYPES } from "../../core/relation-types.js";
import type { Database } from "../neo4j/database.js";
import { grouped } from "./read-relations.js";

const passageList = z.array(z.object({ kind: z.enum(PASSAGE_KINDS), offset: z.number(), text: z.string() }));
const mentionList = z.array(
  z.object({ type: z.enum(ENTITY_TYPES), ids: z.array(z.string()), start: z.number(), end: z.number() }),
);
const textRow = z.object({
  pmid: z.string(),
  document: z.string(),
  corpus: z.nullable(z.string()),
  passages: z.string().transform((json) => passageList.parse(JSON.parse(json))),
  mentions: z.string().transform((json) => mentionList.parse(JSON.parse(json))),
});

/** One document's text; offsets are UTF-16 units into the document, ends exclusive. */
export type TextRow = z.infer<typeof textRow>;

/** The texts of each publication, in the order of the PMIDs; none for papers written before texts were kept. */
export async function textsOfPublications(
  database: Database,
  pmids: readonly string[],
): Promise<TextRow[][]> {
  const rows = await database.read("texts-of-publications", { pmids: [...new Set(pmids)] });
  return grouped(
    pmids,
    rows.map((row) => textRow.parse(row)),
    (row) => row.pmid,
    (row) => row,
  );
}

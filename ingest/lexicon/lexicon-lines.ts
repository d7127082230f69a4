/**
 * A lexicon of our own: JSON Lines, an entity with its names a line. `bioweft lexicon` writes one from the graph,
 * and vocabularies.ts reads it like any published vocabulary.
 */
import { z } from "zod";
import type { NamedEntity } from "../../src/core/annotation.js";
import { BioWeftError } from "../../src/core/errors.js";
import { ENTITY_TYPES } from "../../src/core/relation-types.js";
import { parseJson } from "../formats/reading/schema-faults.js";
import type { VocabularyLine } from "./vocabulary-lines.js";

const entitySchema = z.object({
  curie: z.string().min(1),
  type: z.enum(ENTITY_TYPES),
  name: z.string().min(1),
  synonyms: z.array(z.string()),
});

/** Whether a file that begins with this line is such a lexicon. */
export function isLexiconLine(text: string): boolean {
  return text.startsWith("{");
}

/** An entity as a line, its end included. */
export function toLexiconLine({ curie, type, name, synonyms }: NamedEntity): string {
  return `${JSON.stringify({ curie, type, name, synonyms })}\n`;
}

/** One line's entity. Throws BAD_INPUT with file, line and field. */
export function parseLexiconLine(file: string, { number: line, text }: VocabularyLine): NamedEntity {
  try {
    return parseJson(entitySchema, text, { file, line });
  } catch (cause) {
    if (!(cause instanceof BioWeftError)) throw cause;
    const reason = `no entity of a lexicon (${cause.reason}); write it again with bioweft lexicon`;
    throw new BioWeftError("BAD_INPUT", reason, { place: { file, line }, cause });
  }
}

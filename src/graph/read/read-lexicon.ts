/**
 * Streams the names and synonyms of everything in the graph, as a lexicon for the dictionary recogniser.
 */
import { z } from "zod";
import type { NamedEntity } from "../../core/annotation.js";
import { ENTITY_TYPES } from "../../core/relation-types.js";
import type { Database, QueryOptions } from "../neo4j/database.js";

const namedRow = z.object({
  curie: z.string(),
  type: z.enum(ENTITY_TYPES),
  name: z.string(),
  synonyms: z.nullable(z.array(z.string())),
});

/** All entities that have a name, in the order of their CURIEs. */
export async function* readLexicon(
  database: Database,
  options: QueryOptions = {},
): AsyncGenerator<NamedEntity> {
  for await (const row of database.stream("named-entities", {}, options)) {
    const { synonyms, ...entity } = namedRow.parse(row);
    yield { ...entity, synonyms: (synonyms ?? []).filter((synonym) => synonym !== entity.name) };
  }
}

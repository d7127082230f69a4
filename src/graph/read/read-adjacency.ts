/**
 * Streams every believed relation out of the graph for discovery's in-memory adjacency. As of a
 * year, belief is computed from the evidence of until then, so that the answer is what a graph built from those
 * papers alone would give.
 */
import { z } from "zod";
import {
  ENTITY_TYPES,
  type EntityType,
  RELATION_TYPES,
  type RelationType,
} from "../../core/relation-types.js";
import type { Database } from "../neo4j/database.js";
import { strengthOf, supportRows } from "./read-relations.js";

/** One relation with the types of its ends. */
interface AdjacencyRelation {
  readonly subject: string;
  readonly subjectType: EntityType;
  readonly object: string;
  readonly objectType: EntityType;
  readonly type: RelationType;
  readonly belief: number;
  readonly firstYear?: number;
}

const ends = z.object({
  subject: z.string(),
  subjectType: z.enum(ENTITY_TYPES),
  object: z.string(),
  objectType: z.enum(ENTITY_TYPES),
  type: z.enum(RELATION_TYPES),
});
const current = ends.extend({ belief: z.number(), firstYear: z.nullable(z.number()) });
const asOfYear = ends.extend({ rows: supportRows });

/** All relations with a belief above 0; as of a year, those that had one by its end. */
export async function* readAdjacency(database: Database, asOf?: number): AsyncGenerator<AdjacencyRelation> {
  if (asOf === undefined) {
    for await (const row of database.stream("adjacency", {})) {
      const { firstYear, ...relation } = current.parse(row);
      yield firstYear === null ? relation : { ...relation, firstYear };
    }
    return;
  }
  for await (const row of database.stream("adjacency-as-of", { asOf })) {
    const { rows, ...relation } = asOfYear.parse(row);
    const strength = strengthOf(rows);
    if (strength === undefined || strength.belief === 0 || strength.firstYear === null) continue;
    yield { ...relation, belief: strength.belief, firstYear: strength.firstYear };
  }
}

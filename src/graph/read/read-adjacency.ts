/**
 * Streams every believed relation out of the graph for discovery's in-memory adjacency, with the year and weight of each paper
 * behind it: from these, belief as of any year is what a graph built from the papers of until then would have.
 */
import { z } from "zod";
import { paperWeights } from "../../core/belief.js";
import {
  ENTITY_TYPES,
  type EntityType,
  RELATION_TYPES,
  type RelationType,
} from "../../core/relation-types.js";
import type { Database } from "../neo4j/database.js";
import { supportRow } from "./read-relations.js";

/** One relation with the types of its ends. */
interface AdjacencyRelation {
  readonly subject: string;
  readonly subjectType: EntityType;
  readonly object: string;
  readonly objectType: EntityType;
  readonly type: RelationType;
  readonly belief: number;
  readonly firstYear?: number;
  readonly papers: readonly { readonly year?: number; readonly weight: number }[];
}

const relationRow = z.object({
  subject: z.string(),
  subjectType: z.enum(ENTITY_TYPES),
  object: z.string(),
  objectType: z.enum(ENTITY_TYPES),
  type: z.enum(RELATION_TYPES),
  belief: z.number(),
  firstYear: z.nullable(z.number()),
  rows: z.array(supportRow.extend({ year: z.nullable(z.number()) })),
});

/** All relations with a belief above 0. */
export async function* readAdjacency(database: Database): AsyncGenerator<AdjacencyRelation> {
  for await (const row of database.stream("adjacency", {})) {
    const { rows, firstYear, ...relation } = relationRow.parse(row);
    const papers = paperWeights(rows).map(({ weight, row: { year } }) =>
      year === null ? { weight } : { weight, year },
    );
    yield { ...relation, papers, ...(firstYear === null ? {} : { firstYear }) };
  }
}

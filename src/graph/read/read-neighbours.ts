/**
 * Reads the entities next to an entity, page by page for many entities at once.
 */
import { z } from "zod";
import type { EntityType, RelationType } from "../../core/relation-types.js";
import type { Database } from "../neo4j/database.js";
import { asked, countsByEntity, filterParams, type GraphPage, grouped } from "./read-relations.js";

/** The other end of one or more relations of an entity; `belief` is that of the likeliest. */
export interface NeighbourRow {
  readonly neighbour: string;
  readonly belief: number;
  /** Ids, the most believed first. */
  readonly relations: readonly string[];
}

/** Which neighbours to give. Null asks nothing; `entityTypes` are the neighbour's. */
export interface NeighbourQuery {
  readonly standing: boolean | null;
  readonly types: readonly RelationType[] | null;
  readonly entityTypes: readonly EntityType[] | null;
  readonly minBelief: number | null;
  readonly minPapers: number | null;
  /** Asks as of the end of this year: what a graph built from the dated papers of until then would give. */
  readonly asOf: number | null;
}

const neighbourRow = z.object({
  neighbour: z.string(),
  belief: z.number(),
  relations: z.array(z.string()),
});
const keyed = z.object({ entity: z.string() });

/** One page of neighbours for each entity, in the order of the CURIEs; `after` is (belief, CURIE). */
export async function neighboursOfEntities(
  database: Database,
  curies: readonly string[],
  query: NeighbourQuery,
  page: GraphPage,
): Promise<NeighbourRow[][]> {
  const [afterBelief, afterCurie] = page.after ?? [null, null];
  const rows = await database.read(asked("neighbours-of-entities", query), {
    curies: [...new Set(curies)],
    ...filterParams(query),
    afterBelief,
    afterCurie,
    limit: page.limit,
  });
  return grouped(
    curies,
    rows,
    (row) => keyed.parse(row).entity,
    (row) => neighbourRow.parse(row),
  );
}

/** How many neighbours each entity has that pass the filter, in the order of the CURIEs. */
export async function countNeighboursOfEntities(
  database: Database,
  curies: readonly string[],
  query: NeighbourQuery,
): Promise<number[]> {
  const rows = await database.read(asked("count-neighbours-of-entities", query), {
    curies: [...new Set(curies)],
    ...filterParams(query),
  });
  return countsByEntity(curies, rows);
}

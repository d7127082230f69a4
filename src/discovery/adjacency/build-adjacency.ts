/**
 * A stream of relations → the adjacency, from whoever has them: the graph, an export, an edge list. Knows none of them.
 */
import { BioWeftError } from "../../core/errors.js";
import { type EntityType, pairEntityType } from "../../core/relation-types.js";
import type { Adjacency, AdjacencySource } from "./adjacency.js";
import { compress } from "./compress.js";
import { RowColumns } from "./row-columns.js";

/** Builds the adjacency from a stream of relations. Throws BAD_INPUT for an entity that takes part in no relation. */
export async function buildAdjacency(source: AdjacencySource): Promise<Adjacency> {
  return compress(await collectRows(source));
}

/** Reads the stream into columns; throws as building does. */
export async function collectRows(source: AdjacencySource): Promise<RowColumns> {
  const columns = new RowColumns();
  for await (const row of source()) {
    columns.add(
      register(columns, row.subject, row.subjectType),
      register(columns, row.object, row.objectType),
      row,
    );
  }
  return columns;
}

function register(columns: RowColumns, curie: string, type: EntityType): number {
  if (pairEntityType(type) === undefined) {
    const reason = `a relation of ${curie}, which is a ${type}; relations hold between genes, variants, diseases and chemicals`;
    throw new BioWeftError("BAD_INPUT", reason);
  }
  return columns.entity(curie, type);
}

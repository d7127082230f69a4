/**
 * What integration tests need of the shared Neo4j: an open connection, a clean graph, and a canonical dump by
 * which two graphs can be compared.
 */
import { inject } from "vitest";
import { type Database, type DatabaseAddress, openDatabase } from "../../src/graph/neo4j/database.js";
import "./database.global.js";

/** Where the shared server is, for tests that start a process of their own against it. */
export function testAddress(): DatabaseAddress {
  return inject("neo4j");
}

/** An open connection to the shared server; close it in afterAll. */
export function testDatabase(): Promise<Database> {
  return openDatabase(testAddress());
}

/** Empties the graph, except for the record of migrations. */
export async function wipe(database: Database): Promise<void> {
  await database.runText(
    "MATCH (n) WHERE NOT n:Migration CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS",
  );
}

/** The indexes, those behind constraints too, by name, and whether they can be used. */
export function schemaOf(database: Database): Promise<Record<string, unknown>[]> {
  return database.runText("SHOW INDEXES YIELD name, state RETURN name, state ORDER BY name");
}

/**
 * The whole graph as sorted text lines, one for each node and each relationship, free of internal ids: equal
 * dumps are equal graphs. GraphVersion, GraphChange, Migration and who did jobs are left
 * out, as are properties named in `without`.
 */
export async function graphDump(database: Database, without: readonly string[] = []): Promise<string[]> {
  const nodes = await database.runText(
    `MATCH (n) WHERE NOT n:Migration AND NOT n:GraphVersion AND NOT n:GraphChange
       AND NOT n:ExtractionWorker
     RETURN labels(n) AS labels, properties(n) AS properties`,
  );
  const relationships = await database.runText(
    `MATCH (a)-[r]->(b)
     RETURN coalesce(a.id, a.curie, a.pmid) AS from, type(r) AS type, coalesce(b.id, b.curie, b.pmid) AS to,
            properties(r) AS properties`,
  );
  const lines = [
    ...nodes.map(
      (row) => `(${[...(row["labels"] as string[])].sort()} ${canonical(row["properties"], without)})`,
    ),
    ...relationships.map(
      (row) => `(${row["from"]})-[${row["type"]} ${canonical(row["properties"], without)}]->(${row["to"]})`,
    ),
  ];
  return lines.sort();
}

/** JSON with sorted keys. */
function canonical(properties: unknown, without: readonly string[]): string {
  const entries = Object.entries(properties as Record<string, unknown>).filter(
    ([name]) => !without.includes(name),
  );
  return JSON.stringify(Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1))));
}

/**
 * Keeps the in-memory adjacency for as long as the graph does not change, one for each year asked about. Asks
 * the graph for its version first, so an answer never comes from an older graph than the question.
 */
import type { Adjacency } from "../../discovery/adjacency/adjacency.js";
import { buildAdjacency } from "../../discovery/adjacency/build-adjacency.js";
import type { Database } from "../../graph/neo4j/database.js";
import { readAdjacency } from "../../graph/read/read-adjacency.js";
import { readGraphVersion } from "../../graph/read/read-stats.js";

/** How many adjacencies are kept: that of today and those of the last years asked about. */
const KEPT = 4;

/** Adjacencies by year, for one database. */
export class AdjacencyCache {
  readonly #database: Database;
  readonly #built = new Map<string, Promise<Adjacency>>();

  constructor(database: Database) {
    this.#database = database;
  }

  /** The graph's adjacency now, or as of the end of a year. Requests that come together share one build. */
  async adjacency(asOf?: number): Promise<Adjacency> {
    const key = `${await readGraphVersion(this.#database)}@${asOf ?? "now"}`;
    const known = this.#built.get(key) ?? buildAdjacency(() => readAdjacency(this.#database, asOf));
    // Put at the end again: the one that was used longest ago goes first.
    this.#built.delete(key);
    this.#built.set(key, known);
    for (const oldest of [...this.#built.keys()].slice(0, -KEPT)) this.#built.delete(oldest);
    known.catch(() => this.#built.delete(key));
    return known;
  }
}

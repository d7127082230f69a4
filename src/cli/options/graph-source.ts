/**
 * The graph that a command of discovery asks: the one in the database, or an edge list with years where one is named. Reads it
 * into an adjacency, says in words what was left out, and has the names and, of the database, the sentences.
 */
import { type Command, InvalidArgumentError, Option } from "commander";
import { isLionEdges, readLionGraph } from "../../../ingest/formats/tables/lion-graph.js";
import { readYearedEdges } from "../../../ingest/formats/tables/yeared-edges.js";
import { canonicalCurie } from "../../core/curie.js";
import { BioWeftError } from "../../core/errors.js";
import { PAIR_ENTITY_TYPES, type PairEntityType } from "../../core/relation-types.js";
import type { Adjacency } from "../../discovery/adjacency/adjacency.js";
import { buildAdjacency } from "../../discovery/adjacency/build-adjacency.js";
import type { Database } from "../../graph/neo4j/database.js";
import { readAdjacency } from "../../graph/read/read-adjacency.js";
import { entitiesByCuries } from "../../graph/read/read-entities.js";
import { countRejections, withSkipBad } from "../../terminal/rejections.js";
import { withOwnGraph } from "../own-graph.js";

/** The options as parsed; without `edges` it is the database's graph. */
export interface GraphSourceOptions {
  readonly edges?: string;
  readonly nodes?: string;
  readonly skipBad: boolean;
}

/** Which kind of pair is asked about. */
export interface PairOptions {
  readonly fromType: PairEntityType;
  readonly target: PairEntityType;
}

/** A graph that is open for questions. */
export interface SourcedGraph {
  readonly adjacency: Adjacency;
  /** What it holds and what of it was left out, in words. */
  readonly notes: readonly string[];
  /** The names of entities by CURIE; those without a name are not in it. */
  names(curies: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Where the sentences are; an edge list has none. */
  readonly database?: Database;
}

/** Adds `--edges`, `--nodes` and `--skip-bad`. */
export function withGraphSource(command: Command): Command {
  return withSkipBad(
    command
      .option(
        "--edges <file>",
        "relations with years in place of the graph's own: a table with source_id, target_id, relation, from, first_year, last_year, or LION LBD's edges.csv; .gz too",
      )
      .option(
        "--nodes <file>",
        "the entities' types for --edges, a table with id, type, name, or LION LBD's nodes.csv; .gz too",
      ),
  );
}

/** Adds `--from-type` and `--target`. */
export function withPairOptions(command: Command): Command {
  const types = PAIR_ENTITY_TYPES.map((type) => type.toUpperCase()).join(", ");
  return command
    .addOption(new Option("--from-type <type>", types).argParser(pairEntityType).makeOptionMandatory())
    .addOption(
      new Option("--target <type>", `of the candidates: ${types}`)
        .argParser(pairEntityType)
        .makeOptionMandatory(),
    );
}

/** Opens the graph, hands it over and closes it again, whatever comes of it. */
export async function withGraph<Value>(
  options: GraphSourceOptions,
  use: (graph: SourcedGraph) => Promise<Value>,
): Promise<Value> {
  const { edges, nodes } = options;
  if (edges !== undefined && nodes !== undefined) {
    return use(await loadEdgeList({ edges, nodes, skipBad: options.skipBad }));
  }
  if (edges !== undefined || nodes !== undefined) {
    throw new BioWeftError("CONFIG", "--edges and --nodes go together; give both, or none for the graph");
  }
  return withOwnGraph(async (database) => {
    const adjacency = await buildAdjacency(() => readAdjacency(database));
    return use({
      adjacency,
      database,
      notes: [sizeNote(adjacency)],
      names: async (curies) =>
        new Map((await entitiesByCuries(database, curies)).flatMap((row) => nameEntry(row))),
    });
  });
}

/** An entity of the graph by its CURIE in any known spelling. Throws NOT_FOUND for one without relations. */
export function knownCurie({ adjacency }: SourcedGraph, text: string): string {
  const curie = canonicalCurie(text) ?? text.trim();
  if (adjacency.indexOf(curie) !== undefined) return curie;
  throw new BioWeftError("NOT_FOUND", `${curie} takes part in no relation of this graph; check its CURIE`);
}

/** An entity type by its name in any case. */
export function pairEntityType(text: string): PairEntityType {
  const found = PAIR_ENTITY_TYPES.find((type) => type.toLowerCase() === text.toLowerCase());
  if (found !== undefined) return found;
  throw new InvalidArgumentError(`give one of ${PAIR_ENTITY_TYPES.join(", ")}`);
}

async function loadEdgeList(
  options: Required<Pick<GraphSourceOptions, "edges" | "nodes" | "skipBad">>,
): Promise<SourcedGraph> {
  const rejections = countRejections(options.skipBad);
  if (await isLionEdges(options.edges)) return loadLionGraph(options, rejections);
  const { relations, names, selfRelations, unknownKinds } = await readYearedEdges(
    options.edges,
    options.nodes,
    rejections.options,
  );
  const adjacency = await buildAdjacency(async function* () {
    yield* relations;
  });
  const notes = [sizeNote(adjacency)];
  if (selfRelations > 0) notes.push(`${selfRelations} rows of an entity with itself left out`);
  if (unknownKinds > 0) notes.push(`${unknownKinds} rows of a kind that is not known taken as associations`);
  if (rejections.count() > 0) notes.push(`${rejections.count()} rows rejected`);
  return { adjacency, notes, names: async () => names };
}

async function loadLionGraph(
  { edges, nodes }: Required<Pick<GraphSourceOptions, "edges" | "nodes">>,
  rejections: ReturnType<typeof countRejections>,
): Promise<SourcedGraph> {
  const { relations, names, selfRelations, otherTypes } = await readLionGraph(
    edges,
    nodes,
    rejections.options,
  );
  const adjacency = await buildAdjacency(async function* () {
    yield* relations;
  });
  const notes = [sizeNote(adjacency)];
  if (selfRelations > 0) notes.push(`${selfRelations} edges of an entity with itself left out`);
  if (otherTypes > 0) notes.push(`${otherTypes} edges left out of what takes part in no relation here`);
  if (rejections.count() > 0) notes.push(`${rejections.count()} rows rejected`);
  return { adjacency, notes, names: async () => names };
}

function sizeNote({ relations, size }: Adjacency): string {
  return `${relations} relations of ${size} entities`;
}

function nameEntry(row: { readonly curie: string; readonly name: string } | undefined): [string, string][] {
  return row === undefined ? [] : [[row.curie, row.name]];
}

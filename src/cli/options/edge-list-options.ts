/** The options of commands that take a graph from an edge list with years, and reading it with what was left out said. */
import { type Command, InvalidArgumentError, Option } from "commander";
import { readYearedEdges } from "../../../ingest/formats/tables/yeared-edges.js";
import { PAIR_ENTITY_TYPES, type PairEntityType } from "../../core/relation-types.js";
import type { Adjacency } from "../../discovery/adjacency/adjacency.js";
import { buildAdjacency } from "../../discovery/adjacency/build-adjacency.js";
import { countRejections, withSkipBad } from "../../terminal/rejections.js";

/** An edge list's options as parsed. */
export interface EdgeListOptions {
  readonly edges: string;
  readonly nodes: string;
  readonly skipBad: boolean;
}

/** Which kind of pair is asked about. */
export interface PairOptions {
  readonly fromType: PairEntityType;
  readonly target: PairEntityType;
}

/** Adds `--edges`, `--nodes` and `--skip-bad`. */
export function withEdgeListOptions(command: Command): Command {
  return withSkipBad(
    command
      .requiredOption(
        "--edges <file>",
        "relations with years, a table with source_id, target_id, relation, from, first_year, last_year; .gz too",
      )
      .requiredOption("--nodes <file>", "the entities' types, a table with id, type, name; .gz too"),
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

/** Builds the adjacency of the list, and says in words what of it was left out. */
export async function loadEdgeList(
  options: EdgeListOptions,
): Promise<{ adjacency: Adjacency; notes: string[] }> {
  const rejections = countRejections(options.skipBad);
  const { relations, selfRelations, unknownKinds } = await readYearedEdges(
    options.edges,
    options.nodes,
    rejections.options,
  );
  const adjacency = await buildAdjacency(async function* () {
    yield* relations;
  });
  const notes = [`${adjacency.relations} relations of ${adjacency.size} entities`];
  if (selfRelations > 0) notes.push(`${selfRelations} rows of an entity with itself left out`);
  if (unknownKinds > 0) notes.push(`${unknownKinds} rows of a kind that is not known taken as associations`);
  if (rejections.count() > 0) notes.push(`${rejections.count()} rows rejected`);
  return { adjacency, notes };
}

function pairEntityType(text: string): PairEntityType {
  const found = PAIR_ENTITY_TYPES.find((type) => type.toLowerCase() === text.toLowerCase());
  if (found !== undefined) return found;
  throw new InvalidArgumentError(`give one of ${PAIR_ENTITY_TYPES.join(", ")}`);
}

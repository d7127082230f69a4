/**
 * Streams every believed relation out of the graph for discovery's in-memory adjacency, with the year, weight and kind of source of each paper
 * behind it: from these, belief as of any year is what a graph built from the papers of until then would have.
 */
import { z } from "zod";
import { kindWeights } from "../../core/belief.js";
import { relationEnds, relationTypeOf, type SourceKind } from "../../core/evidence.js";
import {
  ENTITY_TYPES,
  type EntityType,
  RELATION_TYPES,
  type RelationType,
} from "../../core/relation-types.js";
import type { Database } from "../neo4j/database.js";
import { supportRow } from "./read-relations.js";

/** What one kind of source contributes of a paper. */
interface RelationPaper {
  readonly year?: number;
  readonly weight: number;
  readonly source: SourceKind;
  readonly strongerSources: readonly SourceKind[];
}

/** One relation with the types of its ends. */
interface AdjacencyRelation {
  readonly subject: string;
  readonly subjectType: EntityType;
  readonly object: string;
  readonly objectType: EntityType;
  readonly type: RelationType;
  readonly belief: number;
  readonly firstYear?: number;
  readonly papers: readonly RelationPaper[];
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
  for await (const row of database.stream("adjacency", {})) yield toRelation(relationRow.parse(row));
}

/**
 * The relations that changed after a version, as they are now; one that is gone or not believed any more has a belief of 0.
 * Undefined where the changes are not all on record, or too many: then everything is to be read.
 */
export async function adjacencyChanges(
  database: Database,
  since: number,
  until: number,
): Promise<AdjacencyRelation[] | undefined> {
  const notes = (await database.read("changes-since", { version: since })).map((row) =>
    changeNote.parse(row),
  );
  const noted = notes.filter(({ version }) => version <= until);
  // A version is raised by one: where the notes have a gap, something changed that none of them says.
  if (noted.length !== until - since || noted.some(({ isWhole }) => !isWhole)) return undefined;
  const ids = [...new Set(noted.flatMap(({ relations }) => relations))];
  const rows = await database.read("adjacency-of-relations", { ids });
  const found = new Map(rows.map((row) => [String(row["id"]), toRelation(relationRow.parse(row))]));
  return ids.map((id) => found.get(id) ?? goneRelation(id));
}

const changeNote = z.object({
  version: z.number(),
  relations: z.array(z.string()),
  isWhole: z.boolean(),
});

function toRelation({ rows, firstYear, ...relation }: z.infer<typeof relationRow>): AdjacencyRelation {
  const papers = kindWeights(rows).map(({ weight, row: { year, sourceKind: source }, stronger }) => {
    const paper = { weight, source, strongerSources: stronger };
    return year === null ? paper : { ...paper, year };
  });
  return { ...relation, papers, ...(firstYear === null ? {} : { firstYear }) };
}

/** Stands for a relation that is to be taken out; the types of its ends do not matter. */
function goneRelation(id: string): AdjacencyRelation {
  const [subject, object] = relationEnds(id);
  const ends = { subject, subjectType: "Gene", object, objectType: "Gene" } as const;
  return { ...ends, type: relationTypeOf(id), belief: 0, papers: [] };
}

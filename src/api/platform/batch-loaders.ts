/**
 * One request's batching: whatever the resolvers of one level ask for goes to the graph in one statement, with
 * the paging of every parent inside it. Made anew for each request and each event of a subscription; what other requests
 * ask for at the same time may share the statement.
 */
import DataLoader from "dataloader";
import type { RelationDirection } from "../../core/qualifiers/direction.js";
import type { Database } from "../../graph/neo4j/database.js";
import { type EntityRow, entitiesByCuries } from "../../graph/read/read-entities.js";
import {
  bestEvidenceOfRelations,
  countEvidenceOfPublications,
  countEvidenceOfRelations,
  directionsOfRelations,
  type EvidenceGroupRow,
  type EvidenceQuery,
  type EvidenceRow,
  evidenceByIds,
  evidenceGroupsOfRelations,
  evidenceOfPublications,
  evidenceOfRelations,
  type PaperWeightRow,
  paperWeightsOfRelations,
} from "../../graph/read/read-evidence.js";
import {
  countNeighboursOfEntities,
  type NeighbourQuery,
  type NeighbourRow,
  neighboursOfEntities,
} from "../../graph/read/read-neighbours.js";
import { type PublicationRow, publicationsByPmids } from "../../graph/read/read-publications.js";
import {
  countRelationsOfEntities,
  type GraphPage,
  type PlacedRelation,
  type RelationCount,
  type RelationOrder,
  type RelationQuery,
  type RelationRow,
  relationCountsOfEntities,
  relationsByIds,
  relationsOfEntities,
} from "../../graph/read/read-relations.js";
import { readGraphVersion } from "../../graph/read/read-stats.js";
import { type TextRow, textsOfPublications } from "../../graph/read/read-texts.js";
import type { RequestLimits } from "./request-limits.js";
import type { SharedBatches } from "./shared-batches.js";

type ById<Row> = DataLoader<string, Row | undefined>;
type PageOf<Row> = DataLoader<string, readonly Row[]>;
type Count = DataLoader<string, number>;
type YearFilter = { readonly asOf: number | null };

/** Loads things by key within one request. A loader with arguments exists once for each set of arguments. */
export interface BatchLoaders {
  /** Entities by CURIE, as they are or as of a year. */
  entity(asOf?: number): ById<EntityRow>;
  readonly publication: ById<PublicationRow>;
  readonly evidence: ById<EvidenceRow>;
  readonly textsOfPublication: DataLoader<string, readonly TextRow[]>;
  /** Relations by id, as they are or as of a year. */
  relation(asOf?: number): ById<RelationRow>;
  relationsOfEntity(query: RelationQuery, order: RelationOrder, page: GraphPage): PageOf<PlacedRelation>;
  relationCountsOfEntity(query: RelationQuery): PageOf<RelationCount>;
  relationCountOfEntity(query: RelationQuery): Count;
  neighboursOfEntity(query: NeighbourQuery, page: GraphPage): PageOf<NeighbourRow>;
  neighbourCountOfEntity(query: NeighbourQuery): Count;
  evidenceOfRelation(query: EvidenceQuery, page: GraphPage): PageOf<EvidenceRow>;
  evidenceCountOfRelation(query: EvidenceQuery): Count;
  bestEvidenceOfRelation(filter: YearFilter): ById<EvidenceRow>;
  evidenceGroupsOfRelation(filter: YearFilter): PageOf<EvidenceGroupRow>;
  paperWeightsOfRelation(filter: YearFilter, page: GraphPage): PageOf<PaperWeightRow>;
  directionOfRelation(filter: YearFilter): ById<RelationDirection>;
  evidenceOfPublication(page: GraphPage): PageOf<EvidenceRow>;
  evidenceCountOfPublication(): Count;
  /** The graph's version, asked for once a request. */
  graphVersion(): Promise<string>;
}

/** Loaders over the graph for a request with these limits, with empty caches. */
export function createBatchLoaders(shared: SharedBatches, limits: RequestLimits): BatchLoaders {
  const family: Family = (name, batch) => perArguments(shared, limits, name, batch);
  const version = family("version", async (database) => [await readGraphVersion(database)]);
  return {
    entity: family("entity", entitiesByCuries),
    publication: family("publication", publicationsByPmids)(),
    evidence: family("evidence", evidenceByIds)(),
    textsOfPublication: family("texts", textsOfPublications)(),
    relation: family("relation", relationsByIds),
    ...entityLoaders(family),
    ...evidenceLoaders(family),
    graphVersion: () => version().load("now"),
  };
}

/** What hangs on entities. */
function entityLoaders(family: Family) {
  return {
    relationsOfEntity: family("relations", relationsOfEntities),
    relationCountsOfEntity: family("relation counts", relationCountsOfEntities),
    relationCountOfEntity: family("relation count", countRelationsOfEntities),
    neighboursOfEntity: family("neighbours", neighboursOfEntities),
    neighbourCountOfEntity: family("neighbour count", countNeighboursOfEntities),
  };
}

/** What stands behind relations, and what publications say. */
function evidenceLoaders(family: Family) {
  return {
    evidenceOfRelation: family("evidence of relations", evidenceOfRelations),
    evidenceCountOfRelation: family("evidence count", countEvidenceOfRelations),
    bestEvidenceOfRelation: family("best evidence", (database, ids, { asOf }: YearFilter) =>
      bestEvidenceOfRelations(database, ids, asOf),
    ),
    evidenceGroupsOfRelation: family("evidence groups", (database, ids, { asOf }: YearFilter) =>
      evidenceGroupsOfRelations(database, ids, asOf),
    ),
    paperWeightsOfRelation: family("paper weights", (database, ids, { asOf }: YearFilter, page: GraphPage) =>
      paperWeightsOfRelations(database, ids, asOf, page),
    ),
    directionOfRelation: family("direction", (database, ids, { asOf }: YearFilter) =>
      directionsOfRelations(database, ids, asOf),
    ),
    evidenceOfPublication: family("evidence of publications", evidenceOfPublications),
    evidenceCountOfPublication: family("evidence count of publications", countEvidenceOfPublications),
  };
}

/** Reads what stands behind keys, in their order, with arguments. */
type Batch<Arguments extends unknown[], Value> = (
  database: Database,
  keys: readonly string[],
  ...rest: Arguments
) => Promise<readonly Value[]>;

/** Makes a family of loaders: one for each distinct set of arguments, which reach the batch function unchanged. */
type Family = <Arguments extends unknown[], Value>(
  name: string,
  batch: Batch<Arguments, Value>,
) => (...rest: Arguments) => DataLoader<string, Value>;

function perArguments<Arguments extends unknown[], Value>(
  shared: SharedBatches,
  limits: RequestLimits,
  name: string,
  batch: Batch<Arguments, Value>,
): (...rest: Arguments) => DataLoader<string, Value> {
  const loaders = new Map<string, DataLoader<string, Value>>();
  const batchOf = (kind: string, rest: Arguments) => {
    const rowsAKey = Math.max(1, ...rest.map(pageLength));
    const read = (database: Database, keys: readonly string[]) => batch(database, keys, ...rest);
    return (keys: readonly string[]) => shared.ask({ kind, rowsAKey, read }, keys, limits);
  };
  return (...rest) => {
    // Most are asked for without any, once for every row of an answer.
    const kind = rest.every((one) => one === undefined) ? name : `${name} ${JSON.stringify(rest)}`;
    const loader = loaders.get(kind) ?? new DataLoader(batchOf(kind, rest));
    loaders.set(kind, loader);
    return loader;
  };
}

/** Rows that a page has at most; 1 for what is no page. */
function pageLength(argument: unknown): number {
  const isPage = typeof argument === "object" && argument !== null && "limit" in argument;
  return isPage ? Number(argument.limit) : 1;
}

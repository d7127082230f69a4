/**
 * One request's batching: whatever the resolvers of one level ask for goes to the graph in one statement, with
 * the paging of every parent inside it. Made anew for each request and each event of a subscription.
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

/** Loaders over the graph, with empty caches. */
export function createBatchLoaders(database: Database): BatchLoaders {
  let version: Promise<string> | undefined;
  return {
    entity: perArguments((curies, asOf?: number) => entitiesByCuries(database, curies, asOf)),
    publication: new DataLoader((pmids) => publicationsByPmids(database, pmids)),
    evidence: new DataLoader((ids) => evidenceByIds(database, ids)),
    textsOfPublication: new DataLoader((pmids) => textsOfPublications(database, pmids)),
    relation: perArguments((ids, asOf?: number) => relationsByIds(database, ids, asOf)),
    ...entityLoaders(database),
    ...evidenceLoaders(database),
    graphVersion: () => {
      version ??= readGraphVersion(database);
      return version;
    },
  };
}

/** What hangs on entities. */
function entityLoaders(database: Database) {
  return {
    relationsOfEntity: perArguments((curies, query: RelationQuery, order: RelationOrder, page: GraphPage) =>
      relationsOfEntities(database, curies, query, order, page),
    ),
    relationCountsOfEntity: perArguments((curies, query: RelationQuery) =>
      relationCountsOfEntities(database, curies, query),
    ),
    relationCountOfEntity: perArguments((curies, query: RelationQuery) =>
      countRelationsOfEntities(database, curies, query),
    ),
    neighboursOfEntity: perArguments((curies, query: NeighbourQuery, page: GraphPage) =>
      neighboursOfEntities(database, curies, query, page),
    ),
    neighbourCountOfEntity: perArguments((curies, query: NeighbourQuery) =>
      countNeighboursOfEntities(database, curies, query),
    ),
  };
}

/** What stands behind relations, and what publications say. */
function evidenceLoaders(database: Database) {
  return {
    evidenceOfRelation: perArguments((ids, query: EvidenceQuery, page: GraphPage) =>
      evidenceOfRelations(database, ids, query, page),
    ),
    evidenceCountOfRelation: perArguments((ids, query: EvidenceQuery) =>
      countEvidenceOfRelations(database, ids, query),
    ),
    bestEvidenceOfRelation: perArguments((ids, filter: YearFilter) =>
      bestEvidenceOfRelations(database, ids, filter.asOf),
    ),
    evidenceGroupsOfRelation: perArguments((ids, filter: YearFilter) =>
      evidenceGroupsOfRelations(database, ids, filter.asOf),
    ),
    paperWeightsOfRelation: perArguments((ids, filter: YearFilter, page: GraphPage) =>
      paperWeightsOfRelations(database, ids, filter.asOf, page),
    ),
    directionOfRelation: perArguments((ids, filter: YearFilter) =>
      directionsOfRelations(database, ids, filter.asOf),
    ),
    evidenceOfPublication: perArguments((pmids, page: GraphPage) =>
      evidenceOfPublications(database, pmids, page),
    ),
    evidenceCountOfPublication: perArguments((pmids) => countEvidenceOfPublications(database, pmids)),
  };
}

/** A family of loaders: one for each distinct set of arguments, which reach the batch function unchanged. */
function perArguments<Arguments extends unknown[], Value>(
  batch: (keys: readonly string[], ...rest: Arguments) => Promise<readonly Value[]>,
): (...rest: Arguments) => DataLoader<string, Value> {
  const family = new Map<string, DataLoader<string, Value>>();
  return (...rest) => {
    const key = JSON.stringify(rest);
    const loader = family.get(key) ?? new DataLoader((keys: readonly string[]) => batch(keys, ...rest));
    family.set(key, loader);
    return loader;
  };
}

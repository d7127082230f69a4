/**
 * One request's batching: whatever the resolvers of one level ask for goes to the graph in one statement, with
 * the paging of every parent inside it. Made anew for each request and each event of a subscription.
 */
import DataLoader from "dataloader";
import type { RelationDirection } from "../../core/qualifiers/direction.js";
import type { Database } from "../../graph/neo4j/database.js";
import { type EntityRow, entitiesByCuries } from "../../graph/read/read-entities.js";
import {
  countEvidenceOfPublications,
  countEvidenceOfRelations,
  directionsOfRelations,
  type EvidenceRow,
  evidenceByIds,
  evidenceOfPublications,
  evidenceOfRelations,
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
  type RelationQuery,
  type RelationRow,
  relationsByIds,
  relationsOfEntities,
} from "../../graph/read/read-relations.js";

type ById<Row> = DataLoader<string, Row | undefined>;
type PageOf<Row> = DataLoader<string, readonly Row[]>;
type Count = DataLoader<string, number>;
type YearFilter = { readonly asOf: number | null };

/** Loads things by key within one request. A loader with arguments exists once for each set of arguments. */
export interface BatchLoaders {
  readonly entity: ById<EntityRow>;
  readonly publication: ById<PublicationRow>;
  readonly evidence: ById<EvidenceRow>;
  /** Relations by id, as they are or as of a year. */
  relation(asOf?: number): ById<RelationRow>;
  relationsOfEntity(query: RelationQuery, page: GraphPage): PageOf<RelationRow>;
  relationCountOfEntity(query: RelationQuery): Count;
  neighboursOfEntity(query: NeighbourQuery, page: GraphPage): PageOf<NeighbourRow>;
  neighbourCountOfEntity(query: NeighbourQuery): Count;
  evidenceOfRelation(filter: YearFilter, page: GraphPage): PageOf<EvidenceRow>;
  evidenceCountOfRelation(filter: YearFilter): Count;
  directionOfRelation(filter: YearFilter): ById<RelationDirection>;
  evidenceOfPublication(page: GraphPage): PageOf<EvidenceRow>;
  evidenceCountOfPublication(): Count;
}

/** Loaders over the graph, with empty caches. */
export function createBatchLoaders(database: Database): BatchLoaders {
  return {
    entity: new DataLoader((curies) => entitiesByCuries(database, curies)),
    publication: new DataLoader((pmids) => publicationsByPmids(database, pmids)),
    evidence: new DataLoader((ids) => evidenceByIds(database, ids)),
    relation: perArguments((ids, asOf?: number) => relationsByIds(database, ids, asOf)),
    relationsOfEntity: perArguments((curies, query: RelationQuery, page: GraphPage) =>
      relationsOfEntities(database, curies, query, page),
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
    evidenceOfRelation: perArguments((ids, filter: YearFilter, page: GraphPage) =>
      evidenceOfRelations(database, ids, filter.asOf, page),
    ),
    evidenceCountOfRelation: perArguments((ids, filter: YearFilter) =>
      countEvidenceOfRelations(database, ids, filter.asOf),
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

/**
 * The schema, made from the decorators, and its printed form: the contract that `schema/schema.graphql` holds.
 */
import "reflect-metadata";
import { type GraphQLSchema, lexicographicSortSchema, printSchema } from "graphql";
import { buildSchemaSync, type PubSub } from "type-graphql";
import { BioWeftError } from "../../core/errors.js";
import { CurationResolver } from "../curation/curation.resolver.js";
import { CurationTasksResolver } from "../curation/curation-tasks.resolver.js";
import { ImpactResolver, RelationImpactResolver, RetractionResolver } from "../curation/impact.resolver.js";
import { ExtractionResolver } from "../extraction/extraction.resolver.js";
import { JobsResolver } from "../extraction/jobs.resolver.js";
import { ReadingResolver } from "../extraction/reading.resolver.js";
import { RelationDirectionResolver } from "../graph/direction.resolver.js";
import { EntityResolver, FoundEntitiesResolver } from "../graph/entity.resolver.js";
import { EntityLinksResolver, EntityRelationEdgeResolver } from "../graph/entity-links.resolver.js";
import { NeighbourResolver } from "../graph/neighbour.resolver.js";
import {
  EvidencePassageResolver,
  PassageMentionResolver,
  PassagesResolver,
} from "../graph/passage.resolver.js";
import { EvidenceResolver, PublicationResolver } from "../graph/publication.resolver.js";
import { RelationResolver } from "../graph/relation.resolver.js";
import { PaperBeliefResolver, RelationEvidenceResolver } from "../graph/relation-evidence.resolver.js";
import { GraphStatsResolver, OverviewResolver } from "../overview/overview.resolver.js";
import {
  CandidateLinkingResolver,
  CandidateResolver,
  DiscoveryResolver,
  LinkingResolver,
} from "../questions/discovery.resolver.js";
import { EvaluationResolver } from "../questions/evaluation.resolver.js";
import { ExplanationResolver, PairLinkingResolver } from "../questions/explanation.resolver.js";
import { HopResolver, PathResolver } from "../questions/path.resolver.js";
import { MetapathResolver, SignificanceResolver } from "../questions/significance.resolver.js";
import {
  StandingChangeResolver,
  StandingRankResolver,
  StandingResolver,
} from "../questions/standing.resolver.js";
import { loosenRoots, withSemanticNonNull } from "./nullable-roots.js";

/** type-graphql wants one as soon as there is a subscription; ours all bring streams of their own. */
const NO_PUB_SUB: PubSub = {
  publish: (topic) => refuse(topic),
  subscribe: (topic) => refuse(topic),
};

/** The executable schema. */
export function buildApiSchema(): GraphQLSchema {
  const schema = buildSchemaSync({
    resolvers: [
      CurationResolver,
      CurationTasksResolver,
      RetractionResolver,
      ImpactResolver,
      RelationImpactResolver,
      EntityResolver,
      FoundEntitiesResolver,
      EntityLinksResolver,
      EntityRelationEdgeResolver,
      RelationResolver,
      RelationEvidenceResolver,
      PaperBeliefResolver,
      RelationDirectionResolver,
      NeighbourResolver,
      PublicationResolver,
      EvidencePassageResolver,
      PassagesResolver,
      PassageMentionResolver,
      EvidenceResolver,
      PathResolver,
      HopResolver,
      DiscoveryResolver,
      CandidateResolver,
      CandidateLinkingResolver,
      LinkingResolver,
      ExplanationResolver,
      PairLinkingResolver,
      SignificanceResolver,
      MetapathResolver,
      EvaluationResolver,
      StandingResolver,
      StandingChangeResolver,
      StandingRankResolver,
      ExtractionResolver,
      JobsResolver,
      ReadingResolver,
      OverviewResolver,
      GraphStatsResolver,
    ],
    validate: true,
    pubSub: NO_PUB_SUB,
    // Initial values of classes are for TypeScript; defaults of the API are said in the decorators.
    disableInferringDefaultValues: true,
  });
  loosenRoots(schema);
  return schema;
}

/** The schema definition, sorted, so that a change shows as a change and nothing else does. */
export function emitSchema(): string {
  const header =
    "# Emitted from the decorators in src/api; `bioweft schema` writes it, `--check` compares.\n\n";
  const schema = buildApiSchema();
  return `${header}${withSemanticNonNull(printSchema(lexicographicSortSchema(schema)), schema)}\n`;
}

function refuse(topic: string): never {
  throw new BioWeftError(
    "INTERNAL",
    `nothing is published on topics such as "${topic}"; give the subscription a stream`,
  );
}

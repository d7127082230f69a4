/**
 * What stands behind a relation: its evidence, the row that shows it best, what each source says, and what each paper adds
 * to belief.
 */
import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import { SOURCE_KINDS } from "../../core/evidence.js";
import { required } from "../../core/required.js";
import { type Connection, PageArguments, pageRequest, toConnection } from "../platform/connection.js";
import type { ApiContext } from "../platform/context.js";
import { Evidence, EvidenceConnection } from "./evidence.type.js";
import {
  EvidenceFilter,
  EvidenceGroup,
  PaperBelief,
  PaperBeliefConnection,
  SourceReliability,
  toEvidenceQuery,
} from "./evidence-group.type.js";
import { findPublication } from "./publication.resolver.js";
import { Publication } from "./publication.type.js";
import { Relation } from "./relation.type.js";

/** A relation's evidence, whole and summed up. */
@Resolver(() => Relation)
export class RelationEvidenceResolver {
  @FieldResolver(() => EvidenceConnection, {
    description: "The sentences behind it, the most probable first.",
  })
  async evidence(
    @Root() relation: Relation,
    @Arg("filter", () => EvidenceFilter, { nullable: true, description: "Which rows." })
    filter: EvidenceFilter | null | undefined,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { loaders }: ApiContext,
  ): Promise<Connection<Evidence>> {
    const query = toEvidenceQuery(filter, relation.asOf);
    const request = pageRequest(page, 2, { name: "Relation.evidence", of: [relation.key, query] });
    const { limit, after } = request;
    return toConnection(
      await loaders.evidenceOfRelation(query, { limit, after }).load(relation.key),
      request,
      {
        node: (row) => new Evidence(row, relation.asOf),
        cursor: (row) => [row.probability, row.id],
        count: () => loaders.evidenceCountOfRelation(query).load(relation.key),
      },
    );
  }

  @FieldResolver(() => Evidence, {
    nullable: true,
    description: "The row that shows it best: one that counts and has a sentence, of the surest source.",
  })
  async bestEvidence(
    @Root() { key, asOf }: Relation,
    @Ctx() { loaders }: ApiContext,
  ): Promise<Evidence | null> {
    const row = await loaders.bestEvidenceOfRelation({ asOf }).load(key);
    return row === undefined ? null : new Evidence(row, asOf);
  }

  @FieldResolver(() => [EvidenceGroup], {
    description: "What each source says of it, the one that says most first.",
  })
  async evidenceGroups(
    @Root() { key, asOf }: Relation,
    @Ctx() { loaders }: ApiContext,
  ): Promise<EvidenceGroup[]> {
    const rows = await loaders.evidenceGroupsOfRelation({ asOf }).load(key);
    return rows.map((row) => new EvidenceGroup(row));
  }

  @FieldResolver(() => PaperBeliefConnection, {
    description:
      "What each paper adds to its belief, the heaviest first: belief can be worked out again from these.",
  })
  async beliefByPaper(
    @Root() relation: Relation,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { loaders }: ApiContext,
  ): Promise<Connection<PaperBelief>> {
    const { key, asOf, papers } = relation;
    const request = pageRequest(page, 2, { name: "Relation.beliefByPaper", of: [key, asOf] });
    const { limit, after } = request;
    return toConnection(await loaders.paperWeightsOfRelation({ asOf }, { limit, after }).load(key), request, {
      node: (row) => new PaperBelief(row, asOf),
      cursor: (row) => [row.weight, row.pmid],
      count: async () => papers,
    });
  }

  @Query(() => [SourceReliability], {
    description:
      "How far each kind of source is taken at its word; with these, belief can be worked out again.",
  })
  sourceReliabilities(): SourceReliability[] {
    return SOURCE_KINDS.map((kind) => new SourceReliability(kind));
  }
}

/** The paper and the row behind a part of a belief. */
@Resolver(() => PaperBelief)
export class PaperBeliefResolver {
  @FieldResolver(() => Publication, { description: "The paper." })
  async publication(@Root() { pmid }: PaperBelief, @Ctx() context: ApiContext): Promise<Publication> {
    return required((await findPublication(context, pmid)) ?? undefined, `the paper ${pmid} of a belief`);
  }

  @FieldResolver(() => Evidence, { description: "Its best row, which gives the weight." })
  async evidence(
    @Root() { evidenceKey, asOf }: PaperBelief,
    @Ctx() { loaders }: ApiContext,
  ): Promise<Evidence> {
    return new Evidence(required(await loaders.evidence.load(evidenceKey), `evidence ${evidenceKey}`), asOf);
  }
}

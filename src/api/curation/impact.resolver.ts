/**
 * Retracting papers, and what would fall without one.
 */
import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from "type-graphql";
import { BioWeftError } from "../../core/errors.js";
import { relationEnds } from "../../core/evidence.js";
import { impactOfPublication } from "../../graph/read/read-impact.js";
import { retractPublications } from "../../graph/write/write-retractions.js";
import { findRelations } from "../graph/lookup.js";
import { findPublication } from "../graph/publication.resolver.js";
import { Publication } from "../graph/publication.type.js";
import { Relation } from "../graph/relation.type.js";
import { type Connection, PageArguments, toConnectionOfAll } from "../platform/connection.js";
import type { ApiContext } from "../platform/context.js";
import { StandingQuestion } from "../questions/standing.type.js";
import { Impact, RelationImpact, RelationImpactConnection, Retraction } from "./impact.type.js";
import { curatorOf } from "./judging.js";

/** A PubMed identifier. */
const PMID = /^[1-9]\d{0,8}$/;

/** Retracting papers. */
@Resolver(() => Retraction)
export class RetractionResolver {
  @Mutation(() => Retraction, {
    description:
      "Retracts a paper, or takes that back: its evidence counts nothing then, now and when it is read again, and belief follows at once. `impactOf` says before what will change.",
  })
  async retract(
    @Arg("pmid", () => String, { description: "Its PubMed identifier." }) asked: string,
    @Arg("curator", () => String, {
      description: "Who says so; the name of the key or token where one is sent.",
    })
    curator: string,
    @Arg("undo", () => Boolean, { defaultValue: false, description: "Takes a retraction back." })
    undo: boolean,
    @Ctx() context: ApiContext,
  ): Promise<Retraction> {
    const by = curatorOf(context, curator);
    const pmid = asked.trim();
    if (!PMID.test(pmid)) {
      throw new BioWeftError("BAD_INPUT", `"${asked}" is no PubMed identifier; give one such as "7057783"`);
    }
    return new Retraction(pmid, await retractPublications(context.database, [pmid], { undo, by }));
  }

  @FieldResolver(() => Publication, {
    nullable: true,
    description: "The paper; null where the graph does not have it.",
  })
  publication(@Root() { pmid }: Retraction, @Ctx() context: ApiContext): Promise<Publication | null> {
    return findPublication(context, pmid);
  }
}

/** What a paper holds up. */
@Resolver(() => Impact)
export class ImpactResolver {
  @Query(() => Impact, {
    nullable: true,
    description:
      "What would change if a paper were retracted: which relations lose belief, and which fall. Null where the graph has no such paper.",
  })
  async impactOf(
    @Arg("pmid", () => String, { description: "Its PubMed identifier." }) pmid: string,
    @Ctx() context: ApiContext,
  ): Promise<Impact | null> {
    const paper = await findPublication(context, pmid);
    if (paper === null) return null;
    return new Impact(paper, await impactOfPublication(context.database, paper.pmid));
  }

  @FieldResolver(() => Publication, { description: "The paper." })
  publication(@Root() { paper }: Impact): Publication {
    return paper;
  }

  @FieldResolver(() => RelationImpactConnection, {
    description: "The relations that would lose belief, by how much, the most first.",
  })
  async relations(
    @Root() { paper, impacts }: Impact,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { loaders }: ApiContext,
  ): Promise<Connection<RelationImpact>> {
    const list = { name: "Impact.relations", of: paper.pmid, version: await loaders.graphVersion() };
    return toConnectionOfAll(
      impacts.map((impact) => new RelationImpact(impact)),
      page,
      list,
    );
  }

  @FieldResolver(() => [StandingQuestion], {
    description:
      "Saved questions that may be answered otherwise then: a relation of their start, their end or a candidate that they follow would lose belief.",
  })
  async questions(@Root() { impacts }: Impact, @Ctx() { standing }: ApiContext): Promise<StandingQuestion[]> {
    const touched = new Set(impacts.flatMap(({ relation }) => relationEnds(relation)));
    const saved = await standing.all();
    return saved
      .filter(({ question: { from, to }, answer }) =>
        [from, ...(to === undefined ? [] : [to]), ...(answer?.ranks ?? []).map(({ curie }) => curie)].some(
          (curie) => touched.has(curie),
        ),
      )
      .map((question) => new StandingQuestion(question));
  }
}

/** The relation that would lose belief. */
@Resolver(() => RelationImpact)
export class RelationImpactResolver {
  @FieldResolver(() => Relation, { description: "The relation, as it is now." })
  async relation(@Root() { relationKey }: RelationImpact, @Ctx() context: ApiContext): Promise<Relation> {
    const [relation] = await findRelations(context, [relationKey]);
    if (relation !== undefined) return relation;
    throw new BioWeftError("INTERNAL", `relation ${relationKey} has evidence and is not there`);
  }
}

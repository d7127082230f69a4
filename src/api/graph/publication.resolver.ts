/**
 * Publications with their evidence, and evidence with the publication and relation it belongs to.
 */
import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import { BioWeftError } from "../../core/errors.js";
import { type Connection, PageArguments, pageRequest, toConnection } from "../platform/connection.js";
import type { ApiContext } from "../platform/context.js";
import { askedPmid } from "./asked-values.js";
import { Entity } from "./entity.type.js";
import { Evidence, EvidenceConnection } from "./evidence.type.js";
import { entityOf, findRelations } from "./lookup.js";
import { Publication } from "./publication.type.js";
import { Relation } from "./relation.type.js";

/** The publication with a PMID; null where the graph has none. */
export async function findPublication({ loaders }: ApiContext, pmid: string): Promise<Publication | null> {
  const row = await loaders.publication.load(askedPmid(pmid));
  return row === undefined ? null : new Publication(row);
}

/** Finding papers, and what one says. */
@Resolver(() => Publication)
export class PublicationResolver {
  @Query(() => Publication, {
    nullable: true,
    description: "One publication; null where the graph has none.",
  })
  publication(
    @Arg("pmid", () => String, { description: "Its PubMed identifier." }) pmid: string,
    @Ctx() context: ApiContext,
  ): Promise<Publication | null> {
    return findPublication(context, pmid);
  }

  @FieldResolver(() => EvidenceConnection, { description: "What it says, the most probable first." })
  async evidence(
    @Root() publication: Publication,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { loaders }: ApiContext,
  ): Promise<Connection<Evidence>> {
    const request = pageRequest(page, 2, { name: "Publication.evidence", of: publication.pmid });
    return toConnection(await loaders.evidenceOfPublication(request).load(publication.pmid), request, {
      node: (row) => new Evidence(row),
      cursor: (row) => [row.probability, row.id],
      count: () => loaders.evidenceCountOfPublication().load(publication.pmid),
    });
  }
}

/** From a row of evidence to its paper and its relation. */
@Resolver(() => Evidence)
export class EvidenceResolver {
  @FieldResolver(() => Publication, { description: "The paper that says so." })
  async publication(@Root() evidence: Evidence, @Ctx() context: ApiContext): Promise<Publication> {
    const publication = await findPublication(context, evidence.pmid);
    if (publication !== null) return publication;
    throw new BioWeftError("INTERNAL", "evidence without its publication", {
      place: { pmid: evidence.pmid },
    });
  }

  @FieldResolver(() => Entity, {
    nullable: true,
    description: "The end that acts on the other; null where neither does, and where nobody says.",
  })
  async subject(
    @Root() { subjectCurie, asOf }: Evidence,
    @Ctx() context: ApiContext,
  ): Promise<Entity | null> {
    return subjectCurie === null ? null : entityOf(context, subjectCurie, asOf);
  }

  @FieldResolver(() => Relation, { description: "The relation that it supports, as all papers make it." })
  async relation(@Root() evidence: Evidence, @Ctx() context: ApiContext): Promise<Relation> {
    const [relation] = await findRelations(context, [evidence.relationKey], evidence.asOf);
    if (relation !== undefined) return relation;
    throw new BioWeftError("INTERNAL", "evidence without its relation", { place: { pmid: evidence.pmid } });
  }
}

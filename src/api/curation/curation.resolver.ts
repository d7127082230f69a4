/**
 * Curation: judging evidence, undoing that, the audit trail, and how far curators agree.
 */
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from "type-graphql";
import { curatorAgreements } from "../../core/curation/agreement.js";
import { BioWeftError } from "../../core/errors.js";
import {
  countCurations,
  readClaim,
  readCurations,
  readJudgedBySeveral,
} from "../../graph/read/read-curations.js";
import { undoCuration, writeCuration } from "../../graph/write/write-curations.js";
import { askedPmid } from "../graph/asked-values.js";
import { Evidence } from "../graph/evidence.type.js";
import { findRelations } from "../graph/lookup.js";
import { Relation } from "../graph/relation.type.js";
import {
  type Connection,
  PageArguments,
  pageRequest,
  toConnection,
  toConnectionOfAll,
} from "../platform/connection.js";
import type { ApiContext } from "../platform/context.js";
import { keyOf } from "../platform/global-id.js";
import { CuratorAgreement, CuratorAgreementConnection } from "./agreement.type.js";
import { CurationConnection, CurationEntry } from "./curation.type.js";
import { JudgementArguments, judgementOf } from "./judgement-arguments.js";
import { curationOf, curatorOf } from "./judging.js";

/** Judging evidence. */
@Resolver(() => CurationEntry)
export class CurationResolver {
  @Mutation(() => CurationEntry, {
    description:
      "Judges what a paper says, in the place of the curator's last judgement on it. Belief follows at once; nothing is lost, and `undoCuration` takes it back.",
  })
  async curate(
    @Arg("evidence", () => ID, { description: "The `id` of the evidence." }) id: string,
    @Args(() => JudgementArguments) judgement: JudgementArguments,
    @Ctx() context: ApiContext,
  ): Promise<CurationEntry> {
    const claim = await readClaim(context.database, keyOf("Evidence", id));
    if (claim === undefined)
      throw new BioWeftError("NOT_FOUND", `the graph has no evidence "${id}" any more`);
    const judged = await judgementOf(context, judgement, [claim.subjectEnd, claim.objectEnd]);
    return curationOf(context, await writeCuration(context.database, claim, judged));
  }

  @Mutation(() => CurationEntry, {
    description: "Undoes a judgement. It stays in the audit trail; belief follows.",
  })
  async undoCuration(
    @Arg("id", () => String, { description: "The judgement's `id`." }) id: string,
    @Arg("curator", () => String, {
      description: "Who undoes it; the name of the key or token where one is sent.",
    })
    curator: string,
    @Ctx() context: ApiContext,
  ): Promise<CurationEntry> {
    if (!(await undoCuration(context.database, id, curatorOf(context, curator)))) {
      throw new BioWeftError("NOT_FOUND", `no judgement "${id}" holds; \`curations\` lists them`);
    }
    return curationOf(context, id);
  }

  @Query(() => CurationConnection, { description: "The audit trail: who judged what, the latest first." })
  async curations(
    @Arg("evidence", () => ID, { nullable: true, description: "Only of this evidence." }) evidence:
      | string
      | null
      | undefined,
    @Arg("pmid", () => String, { nullable: true, description: "Only of this paper." }) pmid:
      | string
      | null
      | undefined,
    @Arg("curator", () => String, { nullable: true, description: "Only of this curator." }) curator:
      | string
      | null
      | undefined,
    @Arg("held", () => Boolean, {
      nullable: true,
      description: "True for those that still hold, false for the others.",
    })
    held: boolean | null | undefined,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { database }: ApiContext,
  ): Promise<Connection<CurationEntry>> {
    const query = {
      ...{
        evidence: evidence == null ? null : keyOf("Evidence", evidence),
        pmid: pmid == null ? null : askedPmid(pmid),
      },
      ...{ curator: curator ?? null, held: held ?? null },
    };
    const request = pageRequest(page, 2, { name: "Query.curations", of: query });
    return toConnection(await readCurations(database, query, request), request, {
      node: (row) => new CurationEntry(row),
      cursor: (row) => [row.at, row.id],
      count: () => countCurations(database, query),
    });
  }

  @Query(() => CuratorAgreementConnection, {
    description:
      "How far every two curators agree who judged something in common, in all and by relation type, those with most in common first. What was undone does not count.",
  })
  async curationAgreement(
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { database, loaders }: ApiContext,
  ): Promise<Connection<CuratorAgreement>> {
    const agreements = curatorAgreements(await readJudgedBySeveral(database));
    const list = { name: "Query.curationAgreement", version: await loaders.graphVersion() };
    return toConnectionOfAll(
      agreements.map((agreement) => new CuratorAgreement(agreement)),
      page,
      list,
    );
  }

  @FieldResolver(() => Evidence, { nullable: true, description: "What was judged; null where it is gone." })
  async evidence(
    @Root() { evidenceKey }: CurationEntry,
    @Ctx() { loaders }: ApiContext,
  ): Promise<Evidence | null> {
    const row = await loaders.evidence.load(evidenceKey);
    return row === undefined ? null : new Evidence(row);
  }

  @FieldResolver(() => Relation, {
    nullable: true,
    description: "The relation that was judged, as it stands now.",
  })
  async relation(
    @Root() { relationKey }: CurationEntry,
    @Ctx() context: ApiContext,
  ): Promise<Relation | null> {
    return (await findRelations(context, [relationKey]))[0] ?? null;
  }
}

/**
 * Curation: judging evidence, undoing that, the audit trail, and what to judge next.
 */
import { Arg, Args, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import { curatorAgreements } from "../../core/curation/agreement.js";
import type { CurationCorrection, CurationVerdict } from "../../core/curation/curation.js";
import { BioWeftError } from "../../core/errors.js";
import {
  countCurations,
  readClaim,
  readCurationQueue,
  readCurations,
  readJudgedBySeveral,
} from "../../graph/read/read-curations.js";
import { undoCuration, writeCuration } from "../../graph/write/write-curations.js";
import { askedPmid, canonicalId } from "../graph/asked-values.js";
import { Evidence } from "../graph/evidence.type.js";
import { findRelations, knownEntity } from "../graph/lookup.js";
import { Relation } from "../graph/relation.type.js";
import {
  type Connection,
  PageArguments,
  pageRequest,
  pageSize,
  toConnection,
  toConnectionOfAll,
} from "../platform/connection.js";
import type { ApiContext } from "../platform/context.js";
import { keyOf } from "../platform/global-id.js";
import { refusal } from "../platform/refusal.js";
import { CuratorAgreement, CuratorAgreementConnection } from "./agreement.type.js";
import {
  CorrectionInput,
  CurationConnection,
  CurationEntry,
  CurationTask,
  VerdictEnum,
} from "./curation.type.js";

/** The longest comment and name, in characters. */
const LONGEST_COMMENT = 2_000;
const LONGEST_NAME = 100;
const ALL = { evidence: null, pmid: null, curator: null, held: null };

/** Judging evidence. */
@Resolver(() => CurationEntry)
export class CurationResolver {
  @Mutation(() => CurationEntry, {
    description:
      "Judges what a paper says, in the place of the curator's last judgement on it. Belief follows at once; nothing is lost, and `undoCuration` takes it back.",
  })
  async curate(
    @Arg("evidence", () => ID, { description: "The `id` of the evidence." }) id: string,
    @Arg("verdict", () => VerdictEnum, { description: "What the curator says." }) verdict: CurationVerdict,
    @Arg("curator", () => String, {
      description: "Who says so; the name of the key or token where one is sent.",
    })
    curator: string,
    @Arg("correction", () => CorrectionInput, {
      nullable: true,
      description: "What the paper says instead; with CORRECT.",
    })
    correction: CorrectionInput | null | undefined,
    @Arg("comment", () => String, { nullable: true, description: "Why, in at most 2,000 characters." })
    comment: string | null | undefined,
    @Ctx() context: ApiContext,
  ): Promise<CurationEntry> {
    const name = curatorOf(context, curator);
    const claim = await readClaim(context.database, keyOf("Evidence", id));
    if (claim === undefined)
      throw new BioWeftError("NOT_FOUND", `the graph has no evidence "${id}" any more`);
    if ((comment ?? "").length > LONGEST_COMMENT) {
      throw new BioWeftError(
        "BAD_INPUT",
        `the comment has ${comment?.length} characters; give at most ${LONGEST_COMMENT}`,
      );
    }
    const corrected = await checkedCorrection(context, verdict, correction, [
      claim.subjectEnd,
      claim.objectEnd,
    ]);
    const written = await writeCuration(context.database, claim, {
      ...{ verdict, curator: name, comment: comment ?? null, correction: corrected },
    });
    return curationOf(context, written);
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

  @Query(() => [CurationTask], {
    description:
      "What programs extracted and no curator has judged, by how much a verdict is expected to change belief.",
  })
  async curationQueue(
    @Arg("entity", () => String, {
      nullable: true,
      description: "Only relations of the entity with this CURIE.",
    })
    entity: string | null | undefined,
    @Arg("first", () => Int, {
      nullable: true,
      defaultValue: 25,
      description: "How many, at most 100; 25 unless told.",
    })
    first: number | null | undefined,
    @Ctx() { database, loaders }: ApiContext,
  ): Promise<CurationTask[]> {
    const queue = await readCurationQueue(
      database,
      entity == null ? null : canonicalId(entity),
      pageSize(first),
    );
    const rows = await Promise.all(queue.map(({ id }) => loaders.evidence.load(id)));
    return queue.flatMap(({ change }, index) => {
      const row = rows[index];
      return row === undefined ? [] : [new CurationTask(new Evidence(row), change, index + 1)];
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

/** The evidence to judge. */
@Resolver(() => CurationTask)
export class CurationTaskResolver {
  @FieldResolver(() => Evidence, { description: "The row to judge." })
  evidence(@Root() { row }: CurationTask): Evidence {
    return row;
  }
}

async function curationOf({ database }: ApiContext, id: string): Promise<CurationEntry> {
  const [found] = await readCurations(database, ALL, { limit: 1, after: null }, id);
  if (found !== undefined) return new CurationEntry(found);
  throw new BioWeftError("INTERNAL", `judgement ${id} was written and is not there`);
}

/** Whoever is known is named so, so that nobody judges in another's name. Throws FORBIDDEN for another name. */
export function curatorOf({ caller }: ApiContext, curator: string): string {
  if (caller.isAnonymous) return named(curator);
  if (curator.trim() === caller.name) return caller.name;
  throw refusal("FORBIDDEN", `you are known as "${caller.name}"; give that name as curator`);
}

function named(curator: string): string {
  const name = curator.trim();
  if (name !== "" && name.length <= LONGEST_NAME && !name.includes("|")) return name;
  throw new BioWeftError(
    "BAD_INPUT",
    `give the curator's name in 1 to ${LONGEST_NAME} characters, without "|"`,
  );
}

/** The correction with known ends; null where there is none. Throws BAD_INPUT for one that says nothing, or is out of place. */
async function checkedCorrection(
  context: ApiContext,
  verdict: CurationVerdict,
  asked: CorrectionInput | null | undefined,
  ends: readonly [string, string],
): Promise<CurationCorrection | null> {
  const said = Object.values(asked ?? {}).some((value) => value != null);
  if (said !== (verdict === "correct")) {
    throw new BioWeftError(
      "BAD_INPUT",
      "give `correction` with CORRECT, with something to correct, and not otherwise",
    );
  }
  if (asked == null || !said) return null;
  const known = async (curie: string | null | undefined) =>
    curie == null ? undefined : (await knownEntity(context, curie)).curie;
  const [subject, object, acts] = await Promise.all([
    known(asked.subject),
    known(asked.object),
    known(asked.acts),
  ]);
  const now = [subject ?? ends[0], object ?? ends[1]];
  if (now[0] === now[1])
    throw new BioWeftError("BAD_INPUT", "both ends are one entity; a relation needs two");
  if (acts !== undefined && !now.includes(acts)) {
    throw new BioWeftError(
      "BAD_INPUT",
      `${acts} is no end of the relation; \`acts\` names one of ${now.join(" and ")}`,
    );
  }
  return { type: asked.type ?? undefined, subject, object, acts };
}

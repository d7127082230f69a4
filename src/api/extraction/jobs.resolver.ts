/**
 * The list of extractions, and what an operator does with it: submit many, pause, resume, drive again what failed.
 * One extraction by itself is extraction.resolver.ts's.
 */
import { Arg, Args, Ctx, Field, ID, InputType, Int, Mutation, Query, Resolver } from "type-graphql";
import { isAtLeast } from "../../core/api/access.js";
import { BioWeftError } from "../../core/errors.js";
import type { JobFilter, JobPriority, JobStage } from "../../core/extraction-job.js";
import { type Connection, PageArguments, pageRequest, toConnection } from "../platform/connection.js";
import type { ApiContext } from "../platform/context.js";
import { JobPriorityEnum, JobStageEnum } from "../platform/enums.js";
import { keyOf } from "../platform/global-id.js";
import { ExtractionJob, ExtractionJobConnection } from "./extraction.type.js";
import { MAX_SUBMITTED } from "./extraction-limits.js";
import { ExtractionQueue } from "./jobs.type.js";

@InputType({ description: "Which extractions; what is left out or null does not restrict." })
class ExtractionFilter {
  @Field(() => [ID], { nullable: true, description: "By `id`." })
  readonly ids?: string[] | null;

  @Field(() => [JobStageEnum], {
    nullable: true,
    description: "In one of these stages; FAILED gives the dead letters.",
  })
  readonly stages?: JobStage[] | null;

  @Field(() => JobPriorityEnum, { nullable: true, description: "Of this priority." })
  readonly priority?: JobPriority | null;

  @Field(() => Boolean, { nullable: true, description: "Paused, or not." })
  readonly paused?: boolean | null;
}

const FILTER = { nullable: true, description: "Which ones; all where absent." } as const;

/** Extractions as a list, and acting on many of them. */
@Resolver()
export class JobsResolver {
  @Query(() => ExtractionJobConnection, { description: "Extractions, the last submitted first." })
  async extractionJobs(
    @Arg("filter", () => ExtractionFilter, FILTER) filter: ExtractionFilter | null | undefined,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { jobs }: ApiContext,
  ): Promise<Connection<ExtractionJob>> {
    const wanted = toJobFilter(filter);
    const request = pageRequest(page, 2);
    const [millis, id] = request.after ?? [];
    const after = millis === undefined ? null : ([Number(millis), String(id)] as const);
    return toConnection(await jobs.list(wanted, { limit: request.limit, after }), request, {
      node: (job) => new ExtractionJob(job),
      cursor: (job) => [job.submittedAtMillis, job.id],
      count: () => jobs.count(wanted),
    });
  }

  @Query(() => ExtractionQueue, { description: "All extractions together, as they are now." })
  async extractionQueue(@Ctx() { jobs, caller }: ApiContext): Promise<ExtractionQueue> {
    return new ExtractionQueue(await jobs.overview(), isAtLeast(caller.role, "CURATOR"));
  }

  @Mutation(() => Int, {
    description:
      "Submits many publications at once, at most 10,000, without waiting for anything; gives how many extractions were started, and not there already.",
  })
  extractPublications(
    @Arg("pmids", () => [String], { description: "PubMed identifiers." }) pmids: string[],
    @Arg("priority", () => JobPriorityEnum, { defaultValue: "BULK", description: "Who waits for them." })
    priority: JobPriority,
    @Ctx() { jobs }: ApiContext,
  ): Promise<number> {
    if (pmids.length > MAX_SUBMITTED) {
      const reason = `${pmids.length} PMIDs are given; send at most ${MAX_SUBMITTED} at once`;
      throw new BioWeftError("BAD_INPUT", reason);
    }
    return jobs.submitMany(
      pmids.map((pmid) => pmid.trim()),
      { priority },
    );
  }

  @Mutation(() => Int, {
    description:
      "Keeps extractions from being begun, and takes those in hand back to their beginning; gives how many.",
  })
  pauseExtractions(
    @Arg("filter", () => ExtractionFilter, FILTER) filter: ExtractionFilter | null | undefined,
    @Ctx() { jobs }: ApiContext,
  ): Promise<number> {
    return jobs.pause(toJobFilter(filter));
  }

  @Mutation(() => Int, { description: "Lets paused extractions go on; gives how many." })
  resumeExtractions(
    @Arg("filter", () => ExtractionFilter, FILTER) filter: ExtractionFilter | null | undefined,
    @Ctx() { jobs }: ApiContext,
  ): Promise<number> {
    return jobs.resume(toJobFilter(filter));
  }

  @Mutation(() => Int, {
    description:
      "Starts failed and cancelled extractions anew, as if they had just been submitted; gives how many.",
  })
  redriveExtractions(
    @Arg("filter", () => ExtractionFilter, FILTER) filter: ExtractionFilter | null | undefined,
    @Ctx() { jobs }: ApiContext,
  ): Promise<number> {
    return jobs.redrive(toJobFilter(filter));
  }
}

function toJobFilter(filter: ExtractionFilter | null | undefined): JobFilter {
  const { ids, stages, priority, paused } = filter ?? {};
  return {
    ...(ids == null ? {} : { ids: ids.map((id) => keyOf("ExtractionJob", id)) }),
    ...(stages == null ? {} : { stages }),
    ...(priority == null ? {} : { priority }),
    ...(paused == null ? {} : { isPaused: paused }),
  };
}

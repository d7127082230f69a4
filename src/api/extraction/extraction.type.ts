/**
 * Live extraction as the API shows it: jobs, and what submitting a PMID can give.
 */
import { GraphQLDateTimeISO } from "graphql-scalars";
import { createUnionType, Field, Float, Int, ObjectType } from "type-graphql";
import type { ErrorCode } from "../../core/errors.js";
import {
  JOB_STAGES,
  type ExtractionJob as Job,
  type JobPriority,
  type JobStage,
  type SubmitOutcome,
} from "../../core/extraction-job.js";
import { connectionTypes } from "../platform/connection.js";
import { FaultCodeEnum, JobPriorityEnum, JobStageEnum } from "../platform/enums.js";
import { publicMessage } from "../platform/fault.js";
import { toGlobalId } from "../platform/global-id.js";
import { Node } from "../platform/node.type.js";
import { PublicationReading } from "./reading.type.js";

@ObjectType("ExtractionFault", { simpleResolvers: true, description: "Why an extraction failed." })
class ExtractionFault {
  @Field(() => FaultCodeEnum, { description: "What kind of failure it is." })
  readonly code: ErrorCode;

  @Field(() => String, { description: "What happened, where, and what to do about it." })
  readonly message: string;

  @Field(() => Boolean, { description: "Whether submitting again may help." })
  readonly retryable: boolean;

  constructor(fault: NonNullable<Job["error"]>) {
    this.code = fault.code;
    this.message = publicMessage(fault.code, fault.message);
    this.retryable = fault.retryable;
  }
}

@ObjectType("ExtractionStageTime", {
  simpleResolvers: true,
  description: "When an extraction reached a stage.",
})
class ExtractionStageTime {
  @Field(() => JobStageEnum, { description: "The stage." })
  readonly stage: JobStage;

  @Field(() => GraphQLDateTimeISO, { description: "When this attempt reached it." })
  readonly reachedAt: Date;

  constructor(stage: JobStage, atMillis: number) {
    this.stage = stage;
    this.reachedAt = new Date(atMillis);
  }
}

@ObjectType("ExtractionJob", {
  implements: Node,
  simpleResolvers: true,
  description:
    "One live extraction. Submitting the same publication to the same model again gives the same job.",
})
export class ExtractionJob extends Node {
  @Field(() => String, { description: "PubMed identifier of the publication." })
  readonly pmid: string;

  @Field(() => String, { description: "Id of the model that classifies." })
  readonly model: string;

  @Field(() => String, { nullable: true, description: "The publication's title; null until fetched." })
  readonly title: string | null;

  @Field(() => JobStageEnum, { description: "How far it has come." })
  readonly stage: JobStage;

  @Field(() => [ExtractionStageTime], { description: "The stages that it has reached, in order." })
  readonly stages: readonly ExtractionStageTime[];

  @Field(() => JobPriorityEnum, { description: "Who waits for it." })
  readonly priority: JobPriority;

  @Field(() => Boolean, { description: "Whether it waits to be resumed." })
  readonly paused: boolean;

  @Field(() => Int, { description: "How often it was begun." })
  readonly attempts: number;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: "When it is tried again after the failure in `error`; null where it is not.",
  })
  readonly retryAt: Date | null;

  @Field(() => Int, { description: "Pairs of entities to classify; 0 until annotated." })
  readonly pairs: number;

  @Field(() => Int, { description: "How many of them are classified." })
  readonly pairsScored: number;

  @Field(() => Int, {
    description:
      "How many of them are not classified, as the document names more entities than are read at once; 0 until scored.",
  })
  readonly pairsLeftOut: number;

  @Field(() => Float, {
    nullable: true,
    description: "Pairs classified a second; null unless some are and others are not.",
  })
  readonly pairsPerSecond: number | null;

  @Field(() => Float, {
    nullable: true,
    description: "Seconds until all pairs are classified at this rate; null unless that is known.",
  })
  readonly secondsLeft: number | null;

  @Field(() => Int, {
    description:
      "Relations of this publication and model that stand in the graph, once it has ended: of an extraction that failed or was cancelled, those of an earlier one.",
  })
  readonly relations: number;

  @Field(() => ExtractionFault, {
    nullable: true,
    description: "Why it failed, or is tried again; null unless it did or is.",
  })
  readonly error: ExtractionFault | null;

  @Field(() => GraphQLDateTimeISO, { description: "When it was submitted." })
  readonly submittedAt: Date;

  @Field(() => GraphQLDateTimeISO, { description: "When it last changed." })
  readonly updatedAt: Date;

  constructor(job: Job) {
    super(toGlobalId("ExtractionJob", job.id));
    this.pmid = job.pmid;
    this.model = job.model;
    this.title = job.title ?? null;
    this.stage = job.stage;
    this.stages = JOB_STAGES.flatMap((stage) => {
      const atMillis = job.reachedAtMillis[stage];
      return atMillis === undefined ? [] : [new ExtractionStageTime(stage, atMillis)];
    });
    this.priority = job.priority;
    this.paused = job.isPaused;
    this.attempts = job.attempts;
    this.retryAt = job.retryAtMillis === undefined ? null : new Date(job.retryAtMillis);
    this.pairsPerSecond = pairsPerSecond(job);
    this.secondsLeft =
      this.pairsPerSecond === null ? null : (job.pairs - job.pairsScored) / this.pairsPerSecond;
    this.pairs = job.pairs;
    this.pairsScored = job.pairsScored;
    // Once a document is scored, what has not been asked never will be.
    this.pairsLeftOut = job.stage === "SCORED" || job.stage === "WRITTEN" ? job.pairs - job.pairsScored : 0;
    this.relations = job.relations;
    this.error = job.error === undefined ? null : new ExtractionFault(job.error);
    this.submittedAt = new Date(job.submittedAtMillis);
    this.updatedAt = new Date(job.updatedAtMillis);
  }
}

/** A page of extractions. */
export const ExtractionJobConnection = connectionTypes("ExtractionJob", "extractions", () => ExtractionJob);

function pairsPerSecond({ stage, pairs, pairsScored, updatedAtMillis, reachedAtMillis }: Job): number | null {
  const { ANNOTATED: begun = updatedAtMillis } = reachedAtMillis;
  if (stage !== "ANNOTATED" || pairsScored === 0 || pairsScored >= pairs || updatedAtMillis <= begun)
    return null;
  return pairsScored / ((updatedAtMillis - begun) / 1000);
}

@ObjectType("PublicationNotFound", {
  simpleResolvers: true,
  description: "PubTator3 does not know this PMID; its extraction failed with NOT_FOUND.",
})
class PublicationNotFound {
  @Field(() => String, { description: "The PMID that was asked for." })
  readonly pmid: string;

  @Field(() => String, { description: "The same in words." })
  readonly message: string;

  constructor(pmid: string) {
    this.pmid = pmid;
    this.message = `PubTator3 has no publication with PMID ${pmid}`;
  }
}

@ObjectType("NoAbstract", {
  simpleResolvers: true,
  description:
    "The publication has no abstract, so there is nothing to extract from; its extraction failed with NOT_FOUND.",
})
class NoAbstract {
  @Field(() => String, { description: "The PMID that was asked for." })
  readonly pmid: string;

  @Field(() => String, { description: "The publication's title." })
  readonly title: string;

  @Field(() => String, { description: "The same in words." })
  readonly message: string;

  constructor(pmid: string, title: string) {
    this.pmid = pmid;
    this.title = title;
    this.message = `PMID ${pmid} has a title but no abstract`;
  }
}

/** Outcomes that a client must tell apart, as a union. */
export const ExtractPublicationResult = createUnionType({
  name: "ExtractPublicationResult",
  description:
    "What submitting a PMID can give: the extraction, with `dryRun` what it would add, or why there is nothing to extract where that is known at once. Whatever else fails, the extraction says so in `error`.",
  types: () => [ExtractionJob, PublicationReading, PublicationNotFound, NoAbstract] as const,
});

/** What the job service answered, as a member of the union. */
export function toExtractPublicationResult(outcome: SubmitOutcome) {
  switch (outcome.kind) {
    case "job":
      return new ExtractionJob(outcome.job);
    case "publication-not-found":
      return new PublicationNotFound(outcome.pmid);
    case "no-abstract":
      return new NoAbstract(outcome.pmid, outcome.title);
  }
}

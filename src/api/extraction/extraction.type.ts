/**
 * Live extraction as the API shows it: jobs, and what submitting a PMID can give.
 */
import { GraphQLDateTimeISO } from "graphql-scalars";
import { createUnionType, Field, Int, ObjectType } from "type-graphql";
import type { ErrorCode } from "../../core/errors.js";
import type { ExtractionJob as Job, JobStage, SubmitOutcome } from "../../core/extraction-job.js";
import { FaultCodeEnum, JobStageEnum } from "../platform/enums.js";
import { publicMessage } from "../platform/fault.js";
import { toGlobalId } from "../platform/global-id.js";
import { Node } from "../platform/node.type.js";

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

  @Field(() => JobStageEnum, { description: "How far it has come." })
  readonly stage: JobStage;

  @Field(() => Int, { description: "Pairs of entities to classify; 0 until annotated." })
  readonly pairs: number;

  @Field(() => Int, { description: "How many of them are classified." })
  readonly pairsScored: number;

  @Field(() => Int, {
    description:
      "How many of them are not classified, as the document names more entities than are read at once; 0 until scored.",
  })
  readonly pairsLeftOut: number;

  @Field(() => Int, { description: "Relations written; 0 until written." })
  readonly relations: number;

  @Field(() => ExtractionFault, { nullable: true, description: "Why it failed; null unless it did." })
  readonly error: ExtractionFault | null;

  @Field(() => GraphQLDateTimeISO, { description: "When it was submitted." })
  readonly submittedAt: Date;

  @Field(() => GraphQLDateTimeISO, { description: "When it last changed." })
  readonly updatedAt: Date;

  constructor(job: Job) {
    super(toGlobalId("ExtractionJob", job.id));
    this.pmid = job.pmid;
    this.model = job.model;
    this.stage = job.stage;
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

@ObjectType("PublicationNotFound", {
  simpleResolvers: true,
  description: "PubTator3 does not know this PMID; nothing was started.",
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
  description: "The publication has no abstract, so there is nothing to extract from; nothing was started.",
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
  description: "What submitting a PMID can give. Failures of PubTator3 are errors with a code, not members.",
  types: () => [ExtractionJob, PublicationNotFound, NoAbstract] as const,
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

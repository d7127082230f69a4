/**
 * All extractions together as the API shows them: how many are in each stage, how fast they end, and who does them.
 */
import { Field, Float, Int, ObjectType } from "type-graphql";
import { JOB_STAGES, type JobStage, type JobsOverview, type JobWorker } from "../../core/extraction-job.js";
import { JobStageEnum } from "../platform/enums.js";

@ObjectType("ExtractionStageCount", { simpleResolvers: true, description: "How many are in a stage." })
class ExtractionStageCount {
  @Field(() => JobStageEnum, { description: "The stage." })
  readonly stage: JobStage;

  @Field(() => Int, { description: "How many extractions are in it." })
  readonly count: number;

  constructor(stage: JobStage, count: number) {
    this.stage = stage;
    this.count = count;
  }
}

@ObjectType("ExtractionWorker", {
  simpleResolvers: true,
  description: "A process that does extractions, or did within the last week.",
})
class ExtractionWorker {
  @Field(() => String, { nullable: true, description: "The machine's name; null for whoever only reads." })
  readonly host: string | null;

  @Field(() => Int, {
    nullable: true,
    description: "The process's number there; null for whoever only reads.",
  })
  readonly pid: number | null;

  @Field(() => String, { description: "Id of the model that it has." })
  readonly model: string;

  @Field(() => Boolean, { description: "Whether it has given a sign of life of late." })
  readonly alive: boolean;

  @Field(() => Int, { description: "Extractions that it has in hand." })
  readonly jobs: number;

  constructor(worker: JobWorker, showsPlace: boolean) {
    this.host = showsPlace ? worker.host : null;
    this.pid = showsPlace ? worker.pid : null;
    this.model = worker.model;
    this.alive = worker.isAlive;
    this.jobs = worker.jobs;
  }
}

@ObjectType("ExtractionQueue", {
  simpleResolvers: true,
  description: "All extractions together, as they are now.",
})
export class ExtractionQueue {
  @Field(() => [ExtractionStageCount], { description: "Every stage with how many are in it." })
  readonly stages: readonly ExtractionStageCount[];

  @Field(() => Int, { description: "Not begun, or left by a process that is gone." })
  readonly waiting: number;

  @Field(() => Int, { description: "In somebody's hand." })
  readonly running: number;

  @Field(() => Int, { description: "Waiting to be resumed." })
  readonly paused: number;

  @Field(() => Float, { description: "How many ended a second, within the last minute." })
  readonly perSecond: number;

  @Field(() => Float, {
    nullable: true,
    description: "Seconds until those that wait and run have ended at this rate; null unless that is known.",
  })
  readonly secondsLeft: number | null;

  @Field(() => [ExtractionWorker], { description: "Who does them." })
  readonly workers: readonly ExtractionWorker[];

  /** Where workers run is shown to those who may act on extractions alone. */
  constructor(overview: JobsOverview, showsPlaces: boolean) {
    this.stages = JOB_STAGES.map((stage) => new ExtractionStageCount(stage, overview.stages[stage]));
    this.waiting = overview.waiting;
    this.running = overview.running;
    this.paused = overview.paused;
    this.perSecond = overview.perSecond;
    this.secondsLeft = overview.secondsLeft ?? null;
    this.workers = overview.workers.map((worker) => new ExtractionWorker(worker, showsPlaces));
  }
}

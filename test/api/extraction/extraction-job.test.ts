/** A job as GraphQL shows it: which pairs it left out is said once it is scored, never before. */
import { describe, expect, it } from "vitest";
import { ExtractionJob } from "../../../src/api/extraction/extraction.type.js";
import { JOB_STAGES, type JobStage } from "../../../src/core/extraction-job.js";
import { aJob } from "../../support/jobs.js";

const leftOut = (stage: JobStage, pairs: number, pairsScored: number) =>
  new ExtractionJob(aJob({ stage, pairs, pairsScored })).pairsLeftOut;

describe("the pairs that a job left out", () => {
  it("are those of a scored document that were not asked", () => {
    const told = Object.fromEntries(JOB_STAGES.map((stage) => [stage, leftOut(stage, 3_763, 2_000)]));
    const open = Object.fromEntries(JOB_STAGES.map((stage) => [stage, 0]));
    expect(told).toEqual({ ...open, SCORED: 1_763, WRITTEN: 1_763 });
    expect(leftOut("WRITTEN", 3, 3)).toBe(0);
  });
});

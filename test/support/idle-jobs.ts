/**
 * The job service of a server without a model: refuses, as it would in production, with the project's error.
 */
import { BioWeftError } from "../../src/core/errors.js";
import type { ExtractionService } from "../../src/core/extraction-job.js";

/** No jobs, and none accepted. */
export function idleJobs(): ExtractionService {
  const refuse = async (): Promise<never> => {
    throw new BioWeftError("MODEL", "no model is loaded; start the server with one");
  };
  return {
    submit: refuse,
    submitMany: refuse,
    read: refuse,
    classify: refuse,
    job: async () => undefined,
    list: async () => [],
    count: async () => 0,
    overview: refuse,
    pause: async () => 0,
    resume: async () => 0,
    redrive: async () => 0,
    cancel: async () => undefined,
    progress: async () => undefined,
    close: async () => undefined,
  };
}

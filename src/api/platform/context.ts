/**
 * What every resolver can reach: the graph, the jobs, the models, and the loaders of this one request.
 */
import type { FindMentions } from "../../core/annotation.js";
import type { ExtractionService } from "../../core/extraction-job.js";
import type { ModelInfo } from "../../core/prediction.js";
import type { Database } from "../../graph/neo4j/database.js";

import { type BatchLoaders, createBatchLoaders } from "./batch-loaders.js";
import type { DiscoverySearch } from "./discovery-search.js";
import type { StandingQuestions } from "./standing-questions.js";

/** What the server was started with; lives as long as it does. */
export interface ApiServices {
  readonly database: Database;
  readonly jobs: ExtractionService;
  readonly models: readonly ModelInfo[];
  readonly discovery: DiscoverySearch;
  readonly standing: StandingQuestions;
  /** The recogniser, for free text. */
  readonly findMentions: FindMentions;
}

/** One request, or one event of a subscription. */
export interface ApiContext extends ApiServices {
  readonly loaders: BatchLoaders;
  /** Shown in errors and written to the log, so that the two can be matched. */
  readonly requestId: string;
  /** Set when the client goes away before it is answered: what is done for this request alone may stop then. */
  readonly signal: AbortSignal;
}

/** A context with fresh loaders. */
export function createContext(services: ApiServices, requestId: string, signal: AbortSignal): ApiContext {
  return { ...services, loaders: createBatchLoaders(services.database), requestId, signal };
}

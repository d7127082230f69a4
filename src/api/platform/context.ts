/**
 * What every resolver can reach: the graph, the jobs, the models, and the loaders of this one request; all of it within the
 * limits of the request.
 */
import type { FindMentions } from "../../core/annotation.js";
import type { ExtractionService } from "../../core/extraction-job.js";
import type { ModelInfo } from "../../core/prediction.js";
import type { Database } from "../../graph/neo4j/database.js";
import { type BatchLoaders, createBatchLoaders } from "./batch-loaders.js";
import type { Caller } from "./caller.js";
import type { DatabaseWatch } from "./database-watch.js";
import type { DiscoverySearch } from "./discovery-search.js";
import type { RequestLimits } from "./request-limits.js";
import { type OnStatement, RequestSearch, requestDatabase, requestJobs } from "./request-services.js";
import type { SharedBatches } from "./shared-batches.js";
import type { StandingQuestions } from "./standing-questions.js";
import type { TextTurns } from "./text-turns.js";

/** What the server was started with; lives as long as it does. */
export interface ApiServices {
  readonly database: Database;
  readonly watch: DatabaseWatch;
  readonly jobs: ExtractionService;
  readonly models: readonly ModelInfo[];
  readonly discovery: DiscoverySearch;
  readonly standing: StandingQuestions;
  /** The recogniser, for free text. */
  readonly findMentions: FindMentions;
  /** Whose turn it is to have a free text read. */
  readonly texts: TextTurns;
  readonly onStatement: OnStatement;
  /** Where what several requests ask for at a time meets. */
  readonly shared: SharedBatches;
}

/** Whose request it is, and how long it may go on. */
interface RequestFrame {
  /** Shown in errors and written to the log, so that the two can be matched. */
  readonly requestId: string;
  readonly caller: Caller;
  readonly limits: RequestLimits;
}

/** One request, or one event of a subscription. */
export interface ApiContext extends Omit<ApiServices, "discovery">, RequestFrame {
  readonly discovery: RequestSearch;
  readonly loaders: BatchLoaders;
  /** Set when the request is to stop, its reason the error: what is done for this request alone stops then. */
  readonly signal: AbortSignal;
}

/** A context with fresh loaders; release its limits when it is answered. */
export function createContext(services: ApiServices, frame: RequestFrame): ApiContext {
  const { limits } = frame;
  limits.afterwards(services.watch.over(limits));
  const database = requestDatabase(services.database, limits, services.watch, services.onStatement);
  return {
    ...services,
    ...frame,
    database,
    discovery: new RequestSearch(services.discovery, limits),
    jobs: requestJobs(services.jobs, limits),
    findMentions: (text, entities) => limits.within(() => services.findMentions(text, entities)),
    loaders: createBatchLoaders(services.shared, limits),
    signal: limits.signal,
  };
}

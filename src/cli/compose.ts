/**
 * A graph behind its API, from the first open port to the last closed file: what `up` and `serve` share. The port
 * is opened first, so that health can be asked while the rest starts.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { findingThread } from "../../ingest/lexicon/finding-thread.js";
import { pubTator3OfJobs } from "../../ingest/sources/pubtator3/client.js";
import { listenApiServer } from "../api/server/server.js";
import { type Config, PACKAGE_ROOT, readConfig } from "../core/config.js";
import { messageOf } from "../core/errors.js";
import { log } from "../core/log.js";
import type { RelationClassifier } from "../core/prediction.js";
import { readLearnedModel } from "../discovery/rankers/learned-weights.js";
import type { Database } from "../graph/neo4j/database.js";
import { readServerVersion } from "../graph/neo4j/read-server-version.js";
import { checkDatabaseChoice, openGraph } from "../graph/open-graph.js";
import { createExtractionService } from "../jobs/live.js";
import { loadChosenModelApart } from "../lab/evaluation/chosen-model.js";
import { aborted, onInterrupt } from "../terminal/interrupt.js";
import { printLines } from "../terminal/report.js";
import { EXPORT_FORMS } from "./options/export-forms.js";
import type { ModelOptions } from "./options/model-option.js";
import { startTracing } from "./tracing.js";

/** What differs between the commands. */
interface ServedGraph {
  /** Refuses a data folder that another command uses. */
  readonly exclusive: boolean;
  /** What classifies new publications. */
  readonly model: ModelOptions;
  /** Runs on the open graph before the API answers. */
  readonly prepare?: (
    parts: {
      readonly database: Database;
      readonly classifier: RelationClassifier;
      readonly signal: AbortSignal;
    },
    stage: (text: string) => void,
  ) => Promise<void>;
}

/** Serves until Ctrl-C or SIGTERM, then closes everything in the opposite order. */
export async function serveGraph(served: ServedGraph): Promise<void> {
  // The database ends by itself what it has begun to; the next start waits for that.
  const interrupt = onInterrupt({ exitCode: 0 });
  const closers: Array<() => Promise<void>> = [];
  try {
    const config = readConfig();
    closers.push(await startTracing(config.tracing));
    await start(served, config, interrupt.signal, closers);
    await aborted(interrupt.signal);
    process.stderr.write("stopping\n");
  } finally {
    for (const close of closers.reverse()) await closeQuietly(close);
    interrupt.release();
  }
}

/** Opens one thing after the other; returns early, with what is open in `closers`, once it is to stop. */
async function start(
  served: ServedGraph,
  config: Config,
  signal: AbortSignal,
  closers: Array<() => Promise<void>>,
): Promise<void> {
  const api = await listenApiServer({
    port: config.port,
    host: config.api.host,
    settings: config.api,
    redisUrl: config.redisUrl,
  });
  closers.push(() => api.close());
  const stage = (text: string): void => {
    api.stage(text);
    process.stderr.write(`${text}\n`);
  };
  await checkDatabaseChoice(config);
  // What can be wrong with the model is found before the database, which takes longest, is started.
  stage("loading the model");
  const learned =
    config.discoveryWeights === undefined ? undefined : await readLearnedModel(config.discoveryWeights);
  const classifier = await loadChosenModelApart(served.model);
  closers.push(() => classifier.dispose());
  if (signal.aborted) return;
  stage(config.neo4j === undefined ? "starting the database" : `connecting to ${config.neo4j.uri}`);
  const { database, close } = await openGraph(config, served);
  closers.push(close);
  if (signal.aborted) return;
  await served.prepare?.({ database, classifier, signal }, stage);
  if (signal.aborted) return;
  const source = pubTator3OfJobs(config);
  const { redisUrl } = config;
  const redis = redisUrl === undefined ? {} : { redisUrl };
  const jobs = await createExtractionService({ source, classifier, database, ...redis });
  closers.push(() => jobs.close());
  const { findMentions, warmUp, close: closeThread } = findingThread();
  closers.push(closeThread);
  // The first text does not wait for the names that come along; what is wrong with them it will be told.
  warmUp().catch((fault: unknown) => log("warn", "the lexicon cannot be used", { fault: messageOf(fault) }));
  const neo4j = await readServerVersion(database);
  const versions = { bioweft: ownVersion(), neo4j, node: process.versions.node };
  const adjacencyFile = join(config.home, "discovery", "graph.adjacency");
  const models = [classifier.info];
  await api.ready({
    ...{ database, jobs, models, versions, findMentions, learned, adjacencyFile },
    exportForms: EXPORT_FORMS,
  });
  sayReady(api.url);
}

/** Says where it answers, with a question to begin with. */
function sayReady(url: string): void {
  printLines(
    "",
    `BioWeft is ready:  ${url}/graphql`,
    "",
    "Ask it, for example, what fish oil might help against, by way of what:",
    `  curl -s ${url}/graphql -H 'content-type: application/json' -d '{"query":"{ discover(from: \\"MESH:D005395\\", targetType: DISEASE, first: 3) { nodes { entity { name } linkingTerms(first: 5) { nodes { entity { name } } } } } }"}'`,
    "",
    "Ctrl-C stops everything.",
  );
}

function ownVersion(): string {
  return String(JSON.parse(readFileSync(join(PACKAGE_ROOT, "package.json"), "utf8")).version);
}

/** A close that fails must not keep the others from closing. */
async function closeQuietly(close: () => Promise<void>): Promise<void> {
  try {
    await close();
  } catch (fault) {
    log("warn", "something did not close cleanly", { fault: messageOf(fault) });
  }
}

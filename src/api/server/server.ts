/**
 * The HTTP server: listens at once and answers 503 until it is given a graph, then serves GraphQL, its
 * subscriptions and the explorer on one port. Opens and closes nothing that it was given.
 */
import { randomUUID } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import cors from "@fastify/cors";
import websocketPlugin from "@fastify/websocket";
import fastify, { type FastifyInstance } from "fastify";
import { handleProtocols } from "graphql-ws";
import type { FindMentions } from "../../core/annotation.js";
import { type ApiSettings, LOCAL_SETTINGS } from "../../core/api/api-settings.js";
import { BioWeftError, messageOf } from "../../core/errors.js";
import type { ExtractionService } from "../../core/extraction-job.js";
import { log } from "../../core/log.js";
import type { ModelInfo } from "../../core/prediction.js";
import type { LearnedModel } from "../../discovery/rankers/learned-weights.js";
import type { ExportForm } from "../../graph/export/export-form.js";
import { GRAPH_FORMS } from "../../graph/export/graph-forms.js";
import type { Database } from "../../graph/neo4j/database.js";
import { MAX_WAITING_TEXTS } from "../extraction/extraction-limits.js";
import type { ApiServices } from "../platform/context.js";
import { DatabaseWatch } from "../platform/database-watch.js";
import { DiscoverySearch } from "../platform/discovery-search.js";
import { refusal } from "../platform/refusal.js";
import type { RequestLimits } from "../platform/request-limits.js";
import type { OnStatement } from "../platform/request-services.js";
import { SharedBatches } from "../platform/shared-batches.js";
import { StandingQuestions } from "../platform/standing-questions.js";
import { TextTurns } from "../platform/text-turns.js";
import { Authentication } from "./access/authentication.js";
import { Origins } from "./access/origins.js";
import { serveExplorer } from "./explorer.js";
import { createGraphqlEndpoint } from "./graphql-endpoint.js";
import { type ApiVersions, Health } from "./health.js";
import { refuseAddress, refuseConnection, requireHost, shapeFaults } from "./http-faults.js";
import { KeptDocuments } from "./limits/kept-documents.js";
import { OperationGate } from "./limits/operation-gate.js";
import { RateLimit } from "./limits/rate-limit.js";
import { Sockets } from "./limits/sockets.js";
import { readTrustedDocuments } from "./limits/trusted-documents.js";
import { Metrics } from "./metrics.js";
import { traceRequests } from "./request-spans.js";
import { route, type ServerState } from "./routes.js";
import { buildApiSchema } from "./schema.js";

/** Where to listen, and by which rules. */
interface ApiAddress {
  /** 0 asks the system for a free port. */
  readonly port: number;
  readonly host: string;
  /** Those of a server on this machine alone, if not given. */
  readonly settings?: Partial<ApiSettings>;
  /** Where rates are counted that several servers share. */
  readonly redisUrl?: string | undefined;
}

/** What the API needs to answer. */
interface ApiParts {
  readonly database: Database;
  readonly jobs: ExtractionService;
  /** The loaded models; the first one is the default. */
  readonly models: readonly ModelInfo[];
  readonly versions: ApiVersions;
  /** Finds names in free text. */
  readonly findMentions: FindMentions;
  /** What discovery's learned ranker learned; without it, it is not asked. */
  readonly learned?: LearnedModel | undefined;
  /** Where discovery keeps its copy of the graph between two starts; it keeps none without. */
  readonly adjacencyFile?: string | undefined;
  /** The formats of exports; those of the graph alone without. */
  readonly exportForms?: readonly ExportForm[];
}

/** A server that answers. */
export interface ApiServer {
  readonly url: string;
  readonly port: number;
  /** Lets what is under way end for a moment, then ends it; the database and the jobs stay the caller's. */
  close(): Promise<void>;
}

/** A server that listens and is not ready yet. */
interface StartingApiServer extends ApiServer {
  /** What `/health` says is going on. */
  stage(stage: string): void;
  /** Begins to answer. */
  ready(parts: ApiParts): Promise<void>;
}

/** The largest request, in bytes: the longest text in four-byte letters with the most mentions is a third of it. */
const MAX_BODY_BYTES = 1_000_000;
/** How long what is under way may go on once the server is to stop. */
const DRAIN_MILLIS = 1_000;
const POLL_MILLIS = 20;

/** Listens at once; everything answers 503 until `ready`. Throws CONFIG where the port is taken. */
export async function listenApiServer(address: ApiAddress): Promise<StartingApiServer> {
  const settings = { ...LOCAL_SETTINGS, ...address.settings, host: address.host };
  const server = new Server(settings, address.redisUrl);
  const app = await openApp(settings, server.state);
  const url = await listen(app, address);
  return {
    url,
    port: Number(new URL(url).port),
    stage: (stage) => {
      server.state.stage = stage;
    },
    ready: (parts) => server.ready(parts),
    close: () => server.close(app),
  };
}

/** What a server holds besides its port. */
class Server {
  readonly #underWay = new Set<RequestLimits>();
  readonly #sockets = new Sockets();
  readonly #rates: RateLimit | undefined;
  readonly state: ServerState;
  #discovery: DiscoverySearch | undefined;
  #standing: StandingQuestions | undefined;

  constructor(settings: ApiSettings, redisUrl: string | undefined) {
    const metrics = new Metrics({ sockets: () => this.#sockets.size, underWay: () => this.#underWay.size });
    this.state = { stage: "starting", isStopping: false, settings, metrics };
    const { costAMinute } = settings;
    this.#rates = costAMinute === 0 ? undefined : new RateLimit(costAMinute, redisUrl);
  }

  async ready(parts: ApiParts): Promise<void> {
    const { state } = this;
    const { settings, metrics } = state;
    const { database, versions, models } = parts;
    this.#discovery = new DiscoverySearch(database, {
      learned: parts.learned,
      file: parts.adjacencyFile,
    });
    this.#standing = new StandingQuestions(database, this.#discovery);
    const watch = new DatabaseWatch(database);
    const onStatement: OnStatement = (statement, millis, isFailed) =>
      metrics.statement(statement, millis, isFailed);
    const services: ApiServices = {
      ...parts,
      discovery: this.#discovery,
      standing: this.#standing,
      watch,
      texts: new TextTurns(MAX_WAITING_TEXTS),
      onStatement,
      shared: new SharedBatches({ database, watch, onStatement }),
    };
    const { trustedDocuments, maxCost, tokens } = settings;
    const trusted = trustedDocuments === undefined ? undefined : readTrustedDocuments(trustedDocuments);
    const schema = buildApiSchema();
    const authentication = new Authentication(database, services.watch, tokens);
    const gate = new OperationGate(schema, { maxCost, rates: this.#rates, trusted });
    const documents = new KeptDocuments();
    const underWay = this.#underWay;
    state.endpoint = await createGraphqlEndpoint(
      { schema, services, settings, authentication, gate, documents, metrics, trusted, underWay },
      this.#sockets,
    );
    state.authentication = authentication;
    const { exportForms: forms = GRAPH_FORMS } = parts;
    const streamed = { discovery: this.#discovery, rates: this.#rates, settings, underWay };
    state.streams = { database, forms, authentication, ...streamed };
    state.health = new Health(database, { versions, model: models[0] ?? null });
    await this.#standing.begin();
  }

  async close(app: FastifyInstance): Promise<void> {
    this.state.isStopping = true;
    this.#sockets.close();
    await this.#drained(DRAIN_MILLIS);
    const stopped = new BioWeftError("CANCELLED", "the server stops; ask again soon", { retryable: true });
    for (const limits of this.#underWay) limits.end(stopped);
    await this.#drained(DRAIN_MILLIS / 4);
    await app.close();
    await this.state.endpoint?.stop();
    await this.#standing?.dispose();
    await this.#discovery?.dispose();
    await this.#rates?.close();
  }

  async #drained(millis: number): Promise<void> {
    for (const end = Date.now() + millis; this.#underWay.size > 0 && Date.now() < end; ) {
      await setTimeout(POLL_MILLIS);
    }
  }
}

/** The framework with everything that goes before an answer. */
async function openApp(settings: ApiSettings, state: ServerState): Promise<FastifyInstance> {
  const app = fastify({
    genReqId: () => randomUUID(),
    forceCloseConnections: true,
    bodyLimit: MAX_BODY_BYTES,
    trustProxy: settings.trustProxy,
    // Whoever sends its request so slowly, or says nothing for so long, is let go.
    requestTimeout: 30_000,
    connectionTimeout: 120_000,
    clientErrorHandler: refuseConnection,
    frameworkErrors: refuseAddress,
    http: { requireHostHeader: false },
  });
  const origins = new Origins(settings.host, settings.origins);
  shapeFaults(app, { detail: settings.errorDetail, hideSchema: !settings.introspection });
  // subtle: before all hooks that refuse. It marks what wants to be a socket in a hook of its own, and ends the connection of
  // what it has marked and was refused, which nobody else knows of: it would stay, and keep the server from closing.
  await app.register(websocketPlugin, {
    options: { maxPayload: MAX_BODY_BYTES, handleProtocols },
    preClose: endSockets,
  });
  traceRequests(app);
  app.addHook("onRequest", async (request, reply) => {
    requireHost(request);
    origins.check(request.headers.origin, request.headers.host);
    const isToBeAnswered = !state.isStopping || request.url === "/health";
    if (!isToBeAnswered) throw refusal("NOT_READY", "the server stops; ask again soon");
    // Elsewhere a socket would be opened, only to be closed when its client agrees.
    if (request.ws && request.routeOptions.url !== "/graphql") reply.callNotFound();
  });
  app.addHook("onResponse", async (request, reply) => {
    const name = request.routeOptions.url ?? "none";
    state.metrics.request(name, reply.statusCode, reply.elapsedTime);
    if (!settings.accessLog) return;
    const { method, id: requestId, ip } = request;
    const millis = Math.round(reply.elapsedTime);
    log("info", "answered", { requestId, method, route: name, status: reply.statusCode, millis, ip });
  });
  await app.register(cors, {
    origin: (origin, answer) => answer(null, origins.isListed(origin)),
    methods: ["GET", "POST", "OPTIONS"],
    allowedHeaders: ["content-type", "authorization", "x-api-key", "apollo-require-preflight"],
    exposedHeaders: ["x-request-id", "retry-after", "x-graph-version"],
    maxAge: 600,
  });
  route(app, state, await serveExplorer(app));
  return app;
}

/** Ends the sockets that were told that the server goes, and did not go. */
function endSockets(this: FastifyInstance, done: () => void): void {
  for (const socket of this.websocketServer.clients) socket.terminate();
  this.websocketServer.close(done);
}

async function listen(app: FastifyInstance, { port, host }: ApiAddress): Promise<string> {
  try {
    await app.listen({ port, host });
  } catch (cause) {
    await app.close();
    throw new BioWeftError(
      "CONFIG",
      `cannot listen on ${host}:${port} (${messageOf(cause)}); set PORT to a free port, HOST to an address of this machine`,
      { cause },
    );
  }
  const bound = app.server.address();
  const chosen = typeof bound === "object" && bound !== null ? bound.port : port;
  const name = host === "0.0.0.0" || host === "::" ? "localhost" : host;
  return `http://${name}:${chosen}`;
}

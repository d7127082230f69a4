/**
 * The HTTP server: listens at once and answers 503 until it is given a graph, then serves GraphQL, its
 * subscriptions and the explorer on one port. Opens and closes nothing that it was given.
 */
import { randomUUID } from "node:crypto";
import websocketPlugin from "@fastify/websocket";
import fastify, { type FastifyInstance } from "fastify";
import type { FindMentions } from "../../core/annotation.js";
import { BioWeftError, messageOf } from "../../core/errors.js";
import type { ExtractionService } from "../../core/extraction-job.js";
import { log } from "../../core/log.js";
import type { ModelInfo } from "../../core/prediction.js";
import type { LearnedModel } from "../../discovery/rankers/learned-weights.js";
import type { Database } from "../../graph/neo4j/database.js";
import { readGraphStats } from "../../graph/read/read-stats.js";
import { DiscoverySearch } from "../platform/discovery-search.js";
import { StandingQuestions } from "../platform/standing-questions.js";
import { serveExplorer } from "./explorer.js";
import { createGraphqlEndpoint, type GraphqlEndpoint, type TextRoute } from "./graphql-endpoint.js";
import { landingPage } from "./landing-page.js";
import { buildApiSchema } from "./schema.js";

/** What runs, as `/health` shows it. */
interface ApiVersions {
  readonly bioweft: string;
  readonly neo4j: string;
  readonly node: string;
}

/** Where to listen. */
interface ApiAddress {
  /** 0 asks the system for a free port. */
  readonly port: number;
  readonly host: string;
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
  /** Whether clients may ask for the schema; true if not given. */
  readonly introspection?: boolean;
}

/** A server that answers. */
export interface ApiServer {
  readonly url: string;
  readonly port: number;
  /** Ends open requests and subscriptions; the database and the jobs stay the caller's. */
  close(): Promise<void>;
}

/** A server that listens and is not ready yet. */
interface StartingApiServer extends ApiServer {
  /** What `/health` says is going on. */
  stage(stage: string): void;
  /** Begins to answer. */
  ready(parts: ApiParts): Promise<void>;
}

/** Listens at once; everything answers 503 until `ready`. Throws CONFIG where the port is taken. */
export async function listenApiServer(address: ApiAddress): Promise<StartingApiServer> {
  const state: State = { stage: "starting" };
  const app = fastify({ genReqId: () => randomUUID(), forceCloseConnections: true, bodyLimit: 1_000_000 });
  await app.register(websocketPlugin, { options: { maxPayload: 1_000_000 } });
  const hasExplorer = await serveExplorer(app);
  route(app, state, hasExplorer);
  const url = await listen(app, address);
  const port = Number(new URL(url).port);
  return {
    url,
    port,
    stage: (stage) => {
      state.stage = stage;
    },
    ready: async (parts) => {
      state.discovery = new DiscoverySearch(parts.database, {
        learned: parts.learned,
        file: parts.adjacencyFile,
      });
      state.standing = new StandingQuestions(parts.database, state.discovery);
      const services = { ...parts, discovery: state.discovery, standing: state.standing };
      state.endpoint = await createGraphqlEndpoint(buildApiSchema(), services, {
        introspection: parts.introspection ?? true,
      });
      state.parts = parts;
      await state.standing.begin();
    },
    close: async () => {
      await app.close();
      await state.endpoint?.stop();
      await state.standing?.dispose();
      await state.discovery?.dispose();
    },
  };
}

interface State {
  stage: string;
  endpoint?: GraphqlEndpoint;
  discovery?: DiscoverySearch;
  standing?: StandingQuestions;
  parts?: ApiParts;
}

function route(app: FastifyInstance, state: State, hasExplorer: boolean): void {
  const page = (request: { protocol: string; host: string }) =>
    landingPage(`${request.protocol}://${request.host}/graphql`);
  app.get("/health", (_request, reply) =>
    health(state).then(({ code, body }) => reply.code(code).send(body)),
  );
  if (!hasExplorer) app.get("/", (request, reply) => reply.type("text/html").send(page(request)));
  app.route<TextRoute>({
    method: "POST",
    url: "/graphql",
    handler: async function (request, reply) {
      return state.endpoint === undefined
        ? reply.code(503).type("application/json").send(notReady(state.stage))
        : state.endpoint.http.call(this, request, reply);
    },
  });
  app.route<TextRoute>({
    method: "GET",
    url: "/graphql",
    handler: async function (request, reply) {
      const isQuery = new URL(request.url, "http://localhost").searchParams.size > 0;
      if (isQuery && state.endpoint !== undefined) return state.endpoint.http.call(this, request, reply);
      return reply.type("text/html").send(page(request));
    },
    wsHandler: function (socket, request) {
      if (state.endpoint === undefined) socket.close(1013, `not ready: ${state.stage}`);
      else void state.endpoint.websocket.call(this, socket, request);
    },
  });
}

async function health({ parts, stage }: State): Promise<{ code: number; body: object }> {
  if (parts === undefined) return { code: 503, body: { status: "starting", stage } };
  try {
    const { publications, entities, relations, evidence } = await readGraphStats(parts.database);
    const graph = { publications, entities, relations, evidence };
    const model = parts.models[0] ?? null;
    return { code: 200, body: { status: "ready", versions: parts.versions, model, graph } };
  } catch (fault) {
    log("error", "health cannot count the graph", { reason: messageOf(fault) });
    return { code: 503, body: { status: "unavailable", stage: "the graph database does not answer" } };
  }
}

function notReady(stage: string): string {
  const extensions = { code: "NOT_READY", retryable: true };
  return JSON.stringify({ errors: [{ message: `not ready: ${stage}; try again soon`, extensions }] });
}

async function listen(app: FastifyInstance, { port, host }: ApiAddress): Promise<string> {
  try {
    await app.listen({ port, host });
  } catch (cause) {
    await app.close();
    throw new BioWeftError(
      "CONFIG",
      `cannot listen on ${host}:${port} (${messageOf(cause)}); set PORT to a free port`,
      { cause },
    );
  }
  const bound = app.server.address();
  const chosen = typeof bound === "object" && bound !== null ? bound.port : port;
  const name = host === "0.0.0.0" || host === "::" ? "localhost" : host;
  return `http://${name}:${chosen}`;
}

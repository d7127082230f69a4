/**
 * What the server answers at which address: GraphQL, health, meters, and a page for browsers.
 */
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { ApiSettings } from "../../core/api/api-settings.js";
import { requireRole } from "../platform/caller.js";
import { refusal } from "../platform/refusal.js";
import type { Authentication } from "./access/authentication.js";
import { credentialsOf, type GraphqlEndpoint, type TextRoute } from "./graphql-endpoint.js";
import type { Health } from "./health.js";
import { landingPage, sandboxPage } from "./landing-page.js";
import type { Metrics } from "./metrics.js";
import { routeStreams, type StreamParts } from "./streamed-routes.js";

/** What the routes answer with; what is missing is not there yet. */
export interface ServerState {
  stage: string;
  isStopping: boolean;
  readonly settings: ApiSettings;
  readonly metrics: Metrics;
  endpoint?: GraphqlEndpoint;
  health?: Health;
  authentication?: Authentication;
  streams?: StreamParts;
}

/** Declares all routes; `/` only where the explorer, which has it, is not served. */
export function route(app: FastifyInstance, state: ServerState, hasExplorer: boolean): void {
  app.get("/health", async (_request, reply) => {
    const { code, body } = await healthOf(state);
    return reply.code(code).send(body);
  });
  app.get("/metrics", async (request, reply) => {
    const caller = await state.authentication?.callerOf(credentialsOf(request));
    if (caller !== undefined) requireRole(caller, "ADMIN", "reading the server's meters");
    const { type, text } = await state.metrics.read();
    return reply.type(type).send(text);
  });
  if (!hasExplorer)
    app.get("/", (request, reply) => reply.type("text/html").send(landingPage(endpointUrl(request))));
  graphqlRoutes(app, state);
  routeStreams(app, () => begun(state.streams, state));
}

function graphqlRoutes(app: FastifyInstance, state: ServerState): void {
  app.route<TextRoute>({
    method: "POST",
    url: "/graphql",
    handler: async function (request, reply) {
      return ready(state).http.call(this, request, reply);
    },
  });
  app.route<TextRoute>({
    method: "GET",
    url: "/graphql",
    handler: async function (request, reply) {
      const isQuery = new URL(request.url, "http://localhost").searchParams.size > 0;
      if (isQuery) return ready(state).http.call(this, request, reply);
      const url = endpointUrl(request);
      return reply.type("text/html").send(state.settings.sandbox ? sandboxPage(url) : landingPage(url));
    },
    wsHandler: function (socket, request) {
      if (state.endpoint === undefined) socket.close(1013, `not ready: ${state.stage}`);
      else void state.endpoint.websocket.call(this, socket, request);
    },
  });
}

function endpointUrl({ protocol, host }: FastifyRequest): string {
  return `${protocol}://${host}/graphql`;
}

function ready(state: ServerState): GraphqlEndpoint {
  return begun(state.endpoint, state);
}

/** Throws NOT_READY for what is not there yet. */
function begun<Part>(part: Part | undefined, { stage }: ServerState): Part {
  if (part === undefined) throw refusal("NOT_READY", `not ready: ${stage}; try again soon`);
  return part;
}

async function healthOf({ health, stage, isStopping }: ServerState): Promise<{ code: number; body: object }> {
  if (isStopping) return { code: 503, body: { status: "stopping", stage: "ending what is under way" } };
  if (health === undefined) return { code: 503, body: { status: "starting", stage } };
  return health.look();
}

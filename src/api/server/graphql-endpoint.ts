/**
 * GraphQL over HTTP (Apollo Server) and over WebSocket (graphql-ws), on one schema, with the same limits and the
 * same masking of errors.
 */
import type { ServerResponse } from "node:http";
import { ApolloServer, type ApolloServerPlugin, type GraphQLRequestListener } from "@apollo/server";
import { ApolloServerPluginCacheControlDisabled } from "@apollo/server/plugin/disabled";
import { fastifyApolloHandler } from "@as-integrations/fastify";
import type { WebsocketHandler } from "@fastify/websocket";
import type {
  FastifyRequest,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
  RouteGenericInterface,
  RouteHandlerMethod,
} from "fastify";
import type { Caller } from "../platform/caller.js";
import { type ApiContext, createContext } from "../platform/context.js";
import { type EndpointParts, millisFor, openLimits, outcomeOf, shownErrors } from "./endpoint-parts.js";
import { DOCUMENT_RULES, PARSE_OPTIONS } from "./limits/document-rules.js";
import type { CostReport } from "./limits/operation-gate.js";
import type { Sockets } from "./limits/sockets.js";
import type { TrustedDocuments } from "./limits/trusted-documents.js";
import { nameOperation } from "./request-spans.js";
import { socketEndpoint } from "./socket-endpoint.js";

/** Apollo answers with finished text. */
export interface TextRoute extends RouteGenericInterface {
  Reply: string;
}

type HttpHandler = RouteHandlerMethod<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  TextRoute
>;

/** Both transports, ready to be routed. */
export interface GraphqlEndpoint {
  readonly http: HttpHandler;
  readonly websocket: WebsocketHandler;
  stop(): Promise<void>;
}

/** Starts Apollo Server over the schema. */
export async function createGraphqlEndpoint(
  parts: EndpointParts,
  sockets: Sockets,
): Promise<GraphqlEndpoint> {
  const { schema, services, settings, trusted } = parts;
  const apollo = new ApolloServer<ApiContext>({
    schema,
    introspection: settings.introspection,
    validationRules: [...DOCUMENT_RULES],
    parseOptions: PARSE_OPTIONS,
    documentStore: parts.documents,
    csrfPrevention: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    // Without the plugin that reckons how long an answer may be kept, which looks at every field of it.
    plugins: [admitAndMask(parts), ApolloServerPluginCacheControlDisabled()],
    ...(trusted === undefined ? {} : { persistedQueries: { cache: closedCache(trusted) } }),
  });
  await apollo.start();
  const callers = new WeakMap<FastifyRequest, Caller>();
  const run = fastifyApolloHandler(apollo, {
    context: async (request, reply) => {
      const caller = callers.get(request) ?? (await parts.authentication.callerOf(credentialsOf(request)));
      const limits = openLimits(parts, untilGone(reply.raw), millisFor(undefined, settings));
      reply.raw.once("close", () => limits.release());
      return createContext(services, { requestId: request.id, caller, limits });
    },
  });
  const http: HttpHandler = async function (request, reply) {
    // Before Apollo, which would call a wrong key a fault of ours.
    callers.set(request, await parts.authentication.callerOf(credentialsOf(request)));
    return run.call(this, request, reply);
  };
  return { http, websocket: socketEndpoint(parts, sockets), stop: () => apollo.stop() };
}

/** What a request says of who asks. */
export function credentialsOf(request: FastifyRequest) {
  const apiKey = request.headers["x-api-key"];
  return {
    authorization: request.headers.authorization,
    apiKey: Array.isArray(apiKey) ? apiKey[0] : apiKey,
    address: request.ip,
  };
}

/** Set when the connection closes before the answer has gone out. */
function untilGone(response: ServerResponse): AbortSignal {
  const gone = new AbortController();
  response.once("close", () => {
    if (!response.writableFinished) gone.abort();
  });
  return gone.signal;
}

/** The documents of the list, as Apollo asks for them; none is ever added. */
function closedCache(trusted: TrustedDocuments) {
  return {
    get: async (key: string) => trusted.get(key.replace(/^apq:/, "")),
    set: async () => undefined,
    delete: async () => undefined,
  };
}

/** Charges each operation before it runs, and replaces the errors of its answer by what a client may see of them. */
function admitAndMask(parts: EndpointParts): ApolloServerPlugin<ApiContext> {
  return { requestDidStart: async () => listener(parts) };
}

function listener({ gate, settings, metrics }: EndpointParts): GraphQLRequestListener<ApiContext> {
  let cost: CostReport | undefined;
  return {
    didResolveOperation: async ({ request, document, source, operation, contextValue }) => {
      nameOperation(operation?.operation, operation?.name?.value);
      const millis = millisFor(operation?.operation, settings);
      if (millis !== undefined) contextValue.limits.allow(millis);
      const { operationName, variables } = request;
      cost = await gate.admit({ document, source, operationName, variables }, contextValue.caller);
    },
    willSendResponse: async ({ response, errors, contextValue, operation }) => {
      const { requestId, caller, limits } = contextValue;
      limits.release();
      response.http.headers.set("cache-control", "no-store");
      if (response.body.kind !== "single") return;
      const { singleResult } = response.body;
      if (errors !== undefined) singleResult.errors = shownErrors(errors, requestId, settings);
      if (cost !== undefined) singleResult.extensions = { ...singleResult.extensions, cost };
      metrics.operation("http", outcomeOf(singleResult.errors), cost?.requested ?? 0);
      if (operation === undefined) await gate.chargeRefused(caller).catch(() => undefined);
    },
  };
}

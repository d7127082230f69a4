/**
 * GraphQL over HTTP (Apollo Server) and over WebSocket (graphql-ws), on one schema, with the same limits and the
 * same masking of errors.
 */
import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";
import { ApolloServer, type ApolloServerPlugin } from "@apollo/server";
import { fastifyApolloHandler } from "@as-integrations/fastify";
import type { WebsocketHandler } from "@fastify/websocket";
import type {
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
  RouteGenericInterface,
  RouteHandlerMethod,
} from "fastify";
import {
  type DocumentNode,
  type ExecutionArgs,
  type FormattedExecutionResult,
  type GraphQLSchema,
  NoSchemaIntrospectionCustomRule,
  specifiedRules,
  validate,
} from "graphql";
import { makeHandler } from "graphql-ws/use/@fastify/websocket";
import { type ApiContext, type ApiServices, createContext } from "../platform/context.js";
import { toFault } from "../platform/fault.js";
import { depthLimit, MAX_DEPTH } from "./depth-limit.js";
import { executeUntilGone, socketContext, subscribeAnew } from "./socket-operations.js";

/** Apollo answers with finished text. */
export interface TextRoute extends RouteGenericInterface {
  Reply: string;
}

/** Both transports, ready to be routed. */
export interface GraphqlEndpoint {
  readonly http: RouteHandlerMethod<
    RawServerDefault,
    RawRequestDefaultExpression,
    RawReplyDefaultExpression,
    TextRoute
  >;
  readonly websocket: WebsocketHandler;
  stop(): Promise<void>;
}

/** Starts Apollo Server over the schema. `introspection` lets clients ask for the schema. */
export async function createGraphqlEndpoint(
  schema: GraphQLSchema,
  services: ApiServices,
  options: { readonly introspection: boolean },
): Promise<GraphqlEndpoint> {
  const apollo = new ApolloServer<ApiContext>({
    schema,
    introspection: options.introspection,
    validationRules: [depthLimit(MAX_DEPTH)],
    csrfPrevention: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    plugins: [maskErrors],
  });
  await apollo.start();
  return {
    http: fastifyApolloHandler(apollo, {
      context: async (request, reply) => {
        void reply.header("x-request-id", request.id);
        return createContext(services, request.id, untilGone(reply.raw));
      },
    }),
    websocket: websocketHandler(schema, services, options.introspection),
    stop: () => apollo.stop(),
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

/** Replaces every error of a response by what a client may see of it. */
const maskErrors: ApolloServerPlugin<ApiContext> = {
  requestDidStart: async () => ({
    willSendResponse: async ({ response, errors, contextValue }) => {
      if (response.body.kind !== "single" || errors === undefined) return;
      response.body.singleResult.errors = errors.map((error) => toFault(error, contextValue.requestId));
    },
  }),
};

function websocketHandler(
  schema: GraphQLSchema,
  services: ApiServices,
  introspection: boolean,
): WebsocketHandler {
  const rules = [
    ...specifiedRules,
    depthLimit(MAX_DEPTH),
    ...(introspection ? [] : [NoSchemaIntrospectionCustomRule]),
  ];
  return makeHandler({
    schema,
    context: () => socketContext(services),
    execute: executeUntilGone,
    validate: (checked: GraphQLSchema, document: DocumentNode) => validate(checked, document, rules),
    subscribe: (args: ExecutionArgs) => subscribeAnew(args, services),
    onError: (_context, _id, _payload, errors) => {
      const requestId = randomUUID();
      return errors.map((error) => toFault(error, requestId));
    },
    onNext: (_context, _id, _payload, args, result): FormattedExecutionResult | undefined => {
      if (result.errors === undefined) return undefined;
      const { requestId } = args.contextValue as ApiContext;
      const errors = result.errors.map((error) => toFault(error, requestId));
      return { data: result.data ?? null, errors };
    },
  });
}

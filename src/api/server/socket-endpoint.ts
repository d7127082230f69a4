/**
 * GraphQL over WebSocket (graphql-ws): the same documents, limits, roles and faults as over HTTP. What is wrong with one
 * operation ends that operation and leaves the socket open.
 */
import { randomUUID } from "node:crypto";
import type { WebsocketHandler } from "@fastify/websocket";
import type { FastifyRequest } from "fastify";
import { type ExecutionArgs, type FormattedExecutionResult, GraphQLError, getOperationAST } from "graphql";
import { type Context, makeServer, type SubscribePayload } from "graphql-ws";
import { z } from "zod";
import type { Caller } from "../platform/caller.js";
import { createContext } from "../platform/context.js";
import { refusal } from "../platform/refusal.js";
import {
  asGraphqlError,
  type EndpointParts,
  millisFor,
  openLimits,
  outcomeOf,
  shownErrors,
} from "./endpoint-parts.js";
import { checkedDocument } from "./limits/document-rules.js";
import { MAX_OPERATIONS, type Sockets } from "./limits/sockets.js";
import { executeUntilGone, type SocketContext, subscribeAnew } from "./socket-operations.js";
import { type SocketExtra, serveSocket } from "./socket-transport.js";

type SocketState = Context<Record<string, unknown>, SocketExtra>;

/** The code with which a socket is closed whose caller cannot be checked now. */
const TRY_AGAIN_LATER = 1013;

/** The handler of one server's sockets. */
export function socketEndpoint(parts: EndpointParts, sockets: Sockets): WebsocketHandler {
  const { services, settings, metrics } = parts;
  const server = makeServer<Record<string, unknown>, SocketExtra>({
    onConnect: (state: SocketState) => mayConnect(parts, state),
    onSubscribe: async (state: SocketState, _id, payload) => {
      try {
        return await admitted(parts, state, payload);
      } catch (fault) {
        return [asGraphqlError(fault)];
      }
    },
    execute: executeUntilGone,
    subscribe: (args: ExecutionArgs) => subscribeAnew(args, services, settings.deadlineSeconds * 1000),
    onError: (_context, _id, _payload, errors) => {
      const shown = shownErrors(errors, randomUUID(), settings);
      metrics.operation("websocket", outcomeOf(shown), 0);
      return shown;
    },
    onNext: (_context, _id, _payload, args, result): FormattedExecutionResult => {
      const { requestId, cost } = args.contextValue as SocketContext;
      const errors =
        result.errors === undefined ? undefined : shownErrors(result.errors, requestId, settings);
      metrics.operation("websocket", outcomeOf(errors), cost.requested);
      return {
        data: result.data ?? null,
        ...(errors === undefined ? {} : { errors }),
        extensions: { ...result.extensions, cost },
      };
    },
  });
  return (socket, request) => {
    if (sockets.admit(socket, request.ip)) serveSocket(server, socket, request);
  };
}

/** False closes the socket. Browsers cannot set headers here, so what opens it may hold them instead. */
async function mayConnect(parts: EndpointParts, state: SocketState): Promise<boolean> {
  try {
    await callerOf(parts, state);
    return true;
  } catch (fault) {
    if (!(fault instanceof GraphQLError)) state.extra.socket.close(TRY_AGAIN_LATER, "try again later");
    return false;
  }
}

const paramsShape = z.object({
  authorization: z.string().optional(),
  Authorization: z.string().optional(),
  apiKey: z.string().optional(),
});

/** Asked for every operation: a key may be revoked, and a token expire, while a socket is open. */
function callerOf(
  { authentication }: EndpointParts,
  { connectionParams, extra }: SocketState,
): Promise<Caller> {
  const { request } = extra;
  const params = paramsShape.safeParse(connectionParams ?? {}).data ?? {};
  return authentication.callerOf({
    authorization: params.authorization ?? params.Authorization ?? request.headers.authorization,
    apiKey: params.apiKey ?? headerOf(request, "x-api-key"),
    address: request.ip,
  });
}

function headerOf(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/** What is to be executed, checked and charged; or why not. */
async function admitted(
  parts: EndpointParts,
  state: SocketState,
  payload: SubscribePayload,
): Promise<ExecutionArgs | readonly GraphQLError[]> {
  const { schema, settings, gate, documents, services, trusted } = parts;
  if (Object.keys(state.subscriptions).length > MAX_OPERATIONS) {
    throw refusal("RATE_LIMITED", `at most ${MAX_OPERATIONS} operations of one socket go on at a time`);
  }
  const caller = await callerOf(parts, state);
  const source = sourceOf(payload, trusted);
  const document = documents.of(source, () => checkedDocument(source, schema, settings));
  if (!("kind" in document)) {
    await gate.chargeRefused(caller);
    return document;
  }
  const { operationName, variables } = payload;
  const operation = getOperationAST(document, operationName);
  if (operation == null) {
    await gate.chargeRefused(caller);
    return [unresolved(operationName)];
  }
  const cost = await gate.admit({ document, source, operationName, variables }, caller);
  const gone = new AbortController();
  const limits = openLimits(parts, gone.signal, millisFor(operation.operation, settings));
  const context = createContext(services, { requestId: randomUUID(), caller, limits });
  const contextValue: SocketContext = { ...context, gone, cost };
  return {
    schema,
    document,
    contextValue,
    ...(operationName == null ? {} : { operationName }),
    ...(variables == null ? {} : { variableValues: variables }),
  };
}

/** The refusal of a document that does not say which operation is meant, with the code that Apollo gives it over HTTP. */
function unresolved(name: string | null | undefined): GraphQLError {
  const message =
    name == null
      ? "Must provide operation name if query contains multiple operations."
      : `Unknown operation named "${name}".`;
  return new GraphQLError(message, { extensions: { code: "OPERATION_RESOLUTION_FAILURE" } });
}

const persistedShape = z.object({ persistedQuery: z.object({ sha256Hash: z.string() }) });

/** The text, or the trusted document that a hash names. */
function sourceOf({ query, extensions }: SubscribePayload, trusted: EndpointParts["trusted"]): string {
  const hash = persistedShape.safeParse(extensions).data?.persistedQuery.sha256Hash;
  return (query === "" && hash !== undefined ? trusted?.get(hash) : undefined) ?? query;
}

/**
 * What a WebSocket runs: operations whose client may go away, by closing the socket or by calling off the one
 * operation. Each is a stream, since that is what graphql-ws ends then; the context's signal follows it.
 */
import {
  createSourceEventStream,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  getOperationAST,
} from "graphql";
import { inSpan, type SpanForm } from "../../core/telemetry/spans.js";
import { type ApiContext, type ApiServices, createContext } from "../platform/context.js";
import { RequestLimits } from "../platform/request-limits.js";
import type { CostReport } from "./limits/operation-gate.js";

/** The context of an operation that came by socket. */
export interface SocketContext extends ApiContext {
  /** Set when its client has gone away. */
  readonly gone: AbortController;
  readonly cost: CostReport;
}

type Results = AsyncIterableIterator<ExecutionResult>;

/** graphql's `execute` as a stream of its one result. */
export function executeUntilGone(args: ExecutionArgs): Results {
  const { gone, limits } = args.contextValue as SocketContext;
  let isAsked = false;
  return resultsOf(
    async () => {
      if (isAsked) return { done: true, value: undefined };
      isAsked = true;
      const value = await inSpan(spanOf(args), async () => execute(args));
      limits.release();
      return { done: false, value };
    },
    async () => {
      gone.abort();
      limits.release();
    },
  );
}

/**
 * graphql's `subscribe`, but each event is resolved with loaders of its own, so none answers from an old cache, and within
 * so many milliseconds of its own.
 */
export async function subscribeAnew(args: ExecutionArgs, services: ApiServices, millis: number) {
  const { requestId, caller, gone, limits } = args.contextValue as SocketContext;
  const events = await createSourceEventStream(args);
  if (!(Symbol.asyncIterator in events)) {
    limits.release();
    return events;
  }
  const source = events[Symbol.asyncIterator]();
  return resultsOf(
    async () => {
      const event = await source.next();
      if (event.done === true) {
        limits.release();
        return { done: true, value: undefined };
      }
      const own = new RequestLimits(gone.signal, millis);
      const contextValue = createContext(services, { requestId, caller, limits: own });
      const value = await inSpan(spanOf(args), async () =>
        execute({ ...args, rootValue: event.value, contextValue }),
      );
      own.release();
      return { done: false, value };
    },
    async () => {
      gone.abort();
      limits.release();
      await source.return?.();
    },
  );
}

/** An operation of a socket, or an event of one, has no request to be below. */
function spanOf({ document, operationName, contextValue }: ExecutionArgs): SpanForm {
  const operation = getOperationAST(document, operationName);
  const attributes = {
    "graphql.operation.type": operation?.operation,
    "graphql.operation.name": operation?.name?.value,
    "bioweft.request_id": (contextValue as SocketContext).requestId,
  };
  return { name: "WEBSOCKET /graphql", kind: "answers", attributes };
}

/** subtle: no async generator, which would end only with its next result, for which nobody waits any more. */
function resultsOf(next: Results["next"], leave: () => Promise<void>): Results {
  const results: Results = {
    [Symbol.asyncIterator]: () => results,
    next,
    return: async () => {
      await leave();
      return { done: true, value: undefined };
    },
  };
  return results;
}

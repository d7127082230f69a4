/**
 * What a WebSocket runs: operations whose client may go away, by closing the socket or by calling off the one
 * operation. Each is a stream, since that is what graphql-ws ends then; the context's signal follows it.
 */
import { randomUUID } from "node:crypto";
import { createSourceEventStream, type ExecutionArgs, type ExecutionResult, execute } from "graphql";
import { type ApiContext, type ApiServices, createContext } from "../platform/context.js";

/** The context of an operation that came by socket. */
interface SocketContext extends ApiContext {
  /** Says that its client has gone away. */
  readonly goAway: () => void;
}

type Results = AsyncIterableIterator<ExecutionResult>;

/** A context whose signal is set when the operation is called off. */
export function socketContext(services: ApiServices): SocketContext {
  const gone = new AbortController();
  const context = createContext(services, randomUUID(), gone.signal);
  return { ...context, goAway: () => gone.abort() };
}

/** graphql's `execute` as a stream of its one result. */
export function executeUntilGone(args: ExecutionArgs): Results {
  const { goAway } = args.contextValue as SocketContext;
  let isAsked = false;
  return resultsOf(
    async () => {
      if (isAsked) return { done: true, value: undefined };
      isAsked = true;
      return { done: false, value: await execute(args) };
    },
    async () => goAway(),
  );
}

/** graphql's `subscribe`, but each event is resolved with loaders of its own, so none answers from an old cache. */
export async function subscribeAnew(args: ExecutionArgs, services: ApiServices) {
  const events = await createSourceEventStream(args);
  if (!(Symbol.asyncIterator in events)) return events;
  const { requestId, signal, goAway } = args.contextValue as SocketContext;
  const source = events[Symbol.asyncIterator]();
  return resultsOf(
    async () => {
      const event = await source.next();
      if (event.done === true) return { done: true, value: undefined };
      const contextValue = createContext(services, requestId, signal);
      return { done: false, value: await execute({ ...args, rootValue: event.value, contextValue }) };
    },
    async () => {
      goAway();
      await source.return?.();
    },
  );
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

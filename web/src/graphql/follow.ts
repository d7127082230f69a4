/**
 * Follows a subscription over graphql-ws, which is fetched when the first one begins. A connection that breaks is made
 * again, and the server begins with how things stand.
 */
import type { Client } from "graphql-ws";
import type { Document } from "./client.js";
import { type ApiFault, offlineFault } from "./fault.js";
import { storedKey } from "./sign-in.js";

let client: Promise<Client> | undefined;

/** Hears every event until it is ended; gives the way to end it. */
export function follow<Data, Variables extends Record<string, unknown>>(
  document: Document<Data, Variables>,
  variables: Variables,
  hear: { readonly next: (data: Data) => void; readonly failed: (fault: ApiFault) => void },
): () => void {
  let isEnded = false;
  let end = () => {};
  connected().then((socket) => {
    if (isEnded) return;
    end = socket.subscribe<Data>(
      { query: document.toString(), variables },
      {
        next: ({ data }) => data != null && hear.next(data),
        error: () => hear.failed(offlineFault()),
        complete: () => {},
      },
    );
  });
  return () => {
    isEnded = true;
    end();
  };
}

function connected(): Promise<Client> {
  client ??= import("graphql-ws").then(({ createClient }) =>
    createClient({
      url: `${location.origin.replace(/^http/, "ws")}/graphql`,
      retryAttempts: Number.POSITIVE_INFINITY,
      shouldRetry: () => true,
      connectionParams: () => {
        const key = storedKey();
        return key === undefined ? {} : { authorization: `Bearer ${key}` };
      },
    }),
  );
  return client;
}

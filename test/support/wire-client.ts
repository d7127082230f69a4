/**
 * A client that sends what it is told, byte for byte: HTTP with any headers and bodies, and WebSockets of graphql-ws's
 * protocol that are spoken by hand, for what a well-kept client would never send.
 */
import { once } from "node:events";
import WebSocket from "ws";
import type { ApiServer } from "../../src/api/server/server.js";

/** An answer as it came. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The errors of the body; empty where it has none or is no JSON. */
  readonly errors: readonly WireError[];
  readonly data: Record<string, unknown> | null;
}

/** One error of an answer. */
export interface WireError {
  readonly message: string;
  readonly extensions?: Record<string, unknown>;
}

type Address = Pick<ApiServer, "url">;

/** Sends a request; `path` is what follows the server's address. */
export async function send(server: Address, path: string, init: RequestInit = {}): Promise<WireAnswer> {
  const response = await fetch(`${server.url}${path}`, init);
  const text = await response.text();
  const { errors, data } = parsed(text);
  return {
    status: response.status,
    headers: response.headers,
    text,
    errors: errors ?? [],
    data: data ?? null,
  };
}

/** Posts an operation with headers of the test's own. */
export function post(
  server: Address,
  operation: { readonly query?: unknown; readonly variables?: unknown } & Record<string, unknown>,
  headers: Readonly<Record<string, string>> = {},
): Promise<WireAnswer> {
  return send(server, "/graphql", {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(operation),
  });
}

function parsed(text: string): { errors?: WireError[]; data?: Record<string, unknown> } {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

/** A message of the protocol. */
export interface WireMessage {
  readonly type: string;
  readonly id?: string;
  readonly payload?: unknown;
}

/** A socket that is spoken by hand. */
export interface WireSocket {
  readonly socket: WebSocket;
  /** All that came, in order. */
  readonly messages: readonly WireMessage[];
  /** Sends a message, or a text as it stands. */
  say(message: WireMessage | string): void;
  /** The first message that passes, of those that came or come within 5 s. */
  heard(passes: (message: WireMessage) => boolean): Promise<WireMessage>;
  /** Its code and reason once it is closed. */
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
  end(): void;
}

/** Opens a socket; it is acknowledged already unless `greets` is false. Fails where the server refuses it. */
export async function openSocket(
  server: Address,
  options: {
    readonly headers?: Record<string, string>;
    readonly params?: unknown;
    readonly greets?: boolean;
  } = {},
): Promise<WireSocket> {
  const { headers = {}, params, greets = true } = options;
  const socket = new WebSocket(`${server.url.replace("http", "ws")}/graphql`, "graphql-transport-ws", {
    headers,
  });
  const wire = wireSocket(socket);
  await once(socket, "open");
  if (greets) {
    wire.say({ type: "connection_init", ...(params === undefined ? {} : { payload: params }) });
    const { code } = await Promise.race([
      wire.heard(({ type }) => type === "connection_ack").then(() => ({ code: 0 })),
      wire.closed,
    ]);
    if (code !== 0) throw new Error(`the socket was closed with ${code}`);
  }
  return wire;
}

function wireSocket(socket: WebSocket): WireSocket {
  const messages: WireMessage[] = [];
  const waiting = new Set<() => void>();
  socket.on("message", (data) => {
    messages.push(JSON.parse(String(data)));
    for (const look of [...waiting]) look();
  });
  socket.on("error", () => undefined);
  const closed = new Promise<{ code: number; reason: string }>((resolve) =>
    socket.once("close", (code, reason) => resolve({ code, reason: String(reason) })),
  );
  const say = (message: WireMessage | string) =>
    socket.send(typeof message === "string" ? message : JSON.stringify(message));
  const heard = (passes: (message: WireMessage) => boolean) =>
    new Promise<WireMessage>((resolve, reject) => {
      const late = setTimeout(
        () => reject(new Error(`no such message came; ${JSON.stringify(messages)}`)),
        5_000,
      );
      const look = () => {
        const found = messages.find(passes);
        if (found === undefined) return;
        clearTimeout(late);
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      look();
    });
  return { socket, messages, say, heard, closed, end: () => socket.terminate() };
}

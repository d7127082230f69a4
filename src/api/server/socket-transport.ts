/**
 * One WebSocket under graphql-ws's protocol: what comes and goes, whether its client is still there, and how it ends. A
 * client that goes, or sends what is no protocol, is an everyday thing and no fault of ours.
 */
import type { FastifyRequest } from "fastify";
import { CloseCode, type Server } from "graphql-ws";
import type { WebSocket } from "ws";
import { messageOf } from "../../core/errors.js";
import { log } from "../../core/log.js";

/** What a socket's context knows of it. */
export interface SocketExtra {
  readonly socket: WebSocket;
  readonly request: FastifyRequest;
}

/** A client is asked so often whether it is there, and cut off when it has not said so until the next time. */
const ALIVE_MILLIS = 12_000;

/** Hands a socket that has just been opened to the protocol. */
export function serveSocket(server: Server<SocketExtra>, socket: WebSocket, request: FastifyRequest): void {
  // Told by `close` what becomes of it; without a listener an error would end the process.
  socket.on("error", () => undefined);
  const stopAsking = askWhetherAlive(socket);
  const closed = server.opened(
    {
      protocol: socket.protocol,
      send: (text) => sent(socket, text),
      close: (code, reason) => socket.close(code, reason),
      onMessage: (hear) =>
        socket.on("message", (data) => {
          hear(String(data)).catch((fault: unknown) => endWith(socket, fault));
        }),
    },
    { socket, request },
  );
  socket.once("close", (code, reason) => {
    stopAsking();
    void closed(code, String(reason));
  });
}

/** Settles when the text has left us; a client that went meanwhile needs it no more. */
function sent(socket: WebSocket, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    if (socket.readyState !== socket.OPEN) return resolve();
    socket.send(text, (fault) => {
      if (fault == null || socket.readyState !== socket.OPEN) resolve();
      else reject(fault);
    });
  });
}

function endWith(socket: WebSocket, fault: unknown): void {
  if (socket.readyState !== socket.OPEN) return;
  log("error", "a message of a socket could not be dealt with", {
    reason: messageOf(fault),
    stack: fault instanceof Error ? fault.stack : undefined,
  });
  socket.close(CloseCode.InternalServerError, "Internal server error");
}

function askWhetherAlive(socket: WebSocket): () => void {
  let isAlive = true;
  socket.on("pong", () => {
    isAlive = true;
  });
  const timer = setInterval(() => {
    if (!isAlive) return socket.terminate();
    isAlive = false;
    if (socket.readyState === socket.OPEN) socket.ping();
  }, ALIVE_MILLIS);
  return () => clearInterval(timer);
}

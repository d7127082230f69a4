/**
 * How many WebSockets a client may have open, and how much of what it was sent it may leave unread: one that floods or does
 * not read is cut off, so that it costs nobody else memory.
 */
import type { WebSocket } from "ws";

/** Sockets that one address may have open at a time. */
const MAX_SOCKETS = 50;
/** Operations that one socket may have under way. */
export const MAX_OPERATIONS = 50;
/** Bytes that may wait to be read by a client. */
const MAX_UNREAD_BYTES = 8_000_000;
const LOOK_MILLIS = 1_000;

/** The code with which a socket is closed that wants too much (RFC 6455: policy). */
const POLICY = 1008;

/** The open sockets. */
export class Sockets {
  readonly #open = new Map<WebSocket, string>();
  readonly #timer: NodeJS.Timeout;

  constructor() {
    this.#timer = setInterval(() => this.#look(), LOOK_MILLIS);
    this.#timer.unref();
  }

  /** How many there are. */
  get size(): number {
    return this.#open.size;
  }

  /** Counts a socket; false, with the socket closed, where its address has too many. */
  admit(socket: WebSocket, address: string): boolean {
    const count = [...this.#open.values()].filter((one) => one === address).length;
    if (count >= MAX_SOCKETS) {
      socket.close(POLICY, `at most ${MAX_SOCKETS} sockets a client`);
      return false;
    }
    this.#open.set(socket, address);
    const check = () => this.#cutOff(socket);
    socket.on("message", check);
    socket.on("ping", check);
    socket.once("close", () => this.#open.delete(socket));
    return true;
  }

  /** Tells all that the server goes. */
  close(): void {
    clearInterval(this.#timer);
    for (const socket of this.#open.keys()) socket.close(1001, "the server stops");
  }

  #look(): void {
    for (const socket of this.#open.keys()) this.#cutOff(socket);
  }

  #cutOff(socket: WebSocket): void {
    if (socket.bufferedAmount > MAX_UNREAD_BYTES) socket.terminate();
  }
}

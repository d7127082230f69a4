/**
 * What a process of Node holds, asked over its inspector: its garbage is collected before it is looked at, so that the figures are
 * of what cannot be let go. The process is started with `INSPECTED` and says on stderr where it listens.
 */
import { once } from "node:events";
import WebSocket from "ws";

/** What a process that is to be looked at is started with: a port of its own, for this machine alone. */
export const INSPECTED = ["--inspect=127.0.0.1:0"];

/** Megabytes. */
export interface HeldMemory {
  /** Objects of the main thread. */
  readonly heap: number;
  /** Buffers, and what else objects hold outside of the heap. */
  readonly outside: number;
}

/** Collects garbage and looks. `said` is what the process has written. */
export async function heldMemory(said: string): Promise<HeldMemory> {
  const address = /Debugger listening on (ws:\S+)/.exec(said)?.[1];
  if (address === undefined) throw new Error("the process was started without an inspector");
  const socket = new WebSocket(address);
  await once(socket, "open");
  try {
    // Twice: what the first time is only made ready to go (weak references, buffers) goes the second time.
    for (const _time of [1, 2]) await asked(socket, "HeapProfiler.collectGarbage");
    const expression = "JSON.stringify(process.memoryUsage())";
    const { result } = await asked(socket, "Runtime.evaluate", { expression });
    const { heapUsed, external } = JSON.parse(result.value);
    return { heap: heapUsed / 1e6, outside: external / 1e6 };
  } finally {
    // A process waits for its inspectors before it ends.
    socket.close();
    await once(socket, "close");
  }
}

let asks = 0;

/** Sends a command and waits for what it gives. */
// biome-ignore lint/suspicious/noExplicitAny: every command of the protocol has a form of its own
function asked(socket: WebSocket, method: string, params: object = {}): Promise<any> {
  const id = ++asks;
  return new Promise((resolve, reject) => {
    const read = (data: WebSocket.RawData) => {
      const answer = JSON.parse(String(data));
      if (answer.id !== id) return;
      socket.off("message", read);
      if (answer.error === undefined) resolve(answer.result);
      else reject(new Error(`${method}: ${answer.error.message}`));
    };
    socket.on("message", read);
    socket.send(JSON.stringify({ id, method, params }));
  });
}

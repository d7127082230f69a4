/**
 * A named pipe as a stream that waits without a thread. Node's file streams read and write pipes in its threads, which a
 * process that is to end waits for: as long as the other side holds the pipe open and does nothing.
 */
import { open, type PathLike } from "node:fs";
import { Socket } from "node:net";
import { promisify } from "node:util";

/** Opens a named pipe, once the other side has; the stream closes it. Throws the system's faults. */
export async function openPipe(path: PathLike, direction: "read" | "write"): Promise<Socket> {
  const fd = await promisify(open)(path, direction === "read" ? "r" : "w");
  return new Socket({ fd, readable: direction === "read", writable: direction === "write" });
}

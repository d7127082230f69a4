/**
 * The bytes of what a reader was named: a file, a pipe, or standard input (`-`, /dev/stdin). Each is opened once and
 * read from its beginning to its end, so what must be known first is looked at in the stream and stays in it.
 */
import { createReadStream } from "node:fs";
import { access, constants, stat } from "node:fs/promises";
import type { Readable } from "node:stream";
import { BioWeftError, messageOf } from "../../../src/core/errors.js";
import { openPipe } from "../../../src/core/files/pipe-stream.js";

/** The name by which options mean standard input. */
const STANDARD_INPUT = "-";
// Opening these again fails where the input is a socket, as it is under many programs.
const STANDARD_INPUT_PATHS = new Set([
  STANDARD_INPUT,
  "/dev/stdin",
  "/dev/fd/0",
  "/proc/self/fd/0",
  `/proc/${process.pid}/fd/0`,
]);
let isStandardInputTaken = false;

/** Whether a name means standard input, which has neither a folder nor neighbours. */
export function isStandardInput(file: string): boolean {
  return STANDARD_INPUT_PATHS.has(file);
}

/**
 * Streams a file's bytes. Throws NOT_FOUND for one that cannot be opened or read, BAD_INPUT for standard input that
 * was read before.
 */
export async function* fileChunks(file: string): AsyncGenerator<Buffer> {
  let stream: Readable | undefined;
  try {
    stream = await openInput(file);
    for await (const chunk of stream) yield chunk as Buffer;
  } catch (cause) {
    throw cause instanceof BioWeftError ? cause : unreadable(file, cause);
  } finally {
    stream?.destroy();
  }
}

async function openInput(file: string): Promise<Readable> {
  if (isStandardInput(file)) return standardInput(file);
  return (await stat(file)).isFIFO()
    ? openPipe(file, "read")
    : createReadStream(file, { highWaterMark: 1 << 18 });
}

/** Throws NOT_FOUND for the first file that is not there or may not be read, before anything long begins. */
export async function checkReadable(files: readonly string[]): Promise<void> {
  for (const file of files) {
    if (isStandardInput(file)) continue;
    await access(file, constants.R_OK).catch((cause: unknown) => {
      throw unreadable(file, cause);
    });
  }
}

function unreadable(file: string, cause: unknown): BioWeftError {
  const reason = `cannot be read (${messageOf(cause)}); check the path and its permissions`;
  return new BioWeftError("NOT_FOUND", reason, { place: { file }, cause });
}

/** The beginning of a stream, and the whole of it again. */
interface Peeked {
  /** The first bytes, as many as were asked for or as there are. */
  readonly head: Buffer;
  readonly chunks: AsyncGenerator<Buffer>;
}

/** Looks at the first bytes of a stream, which is to be read on through `chunks`. Throws what the stream throws. */
export async function peekChunks(source: AsyncGenerator<Buffer>, bytes: number): Promise<Peeked> {
  const read: Buffer[] = [];
  let size = 0;
  while (size < bytes) {
    const { done, value } = await source.next();
    if (done === true) break;
    read.push(value);
    size += value.length;
  }
  const chunks = async function* () {
    try {
      yield* read.splice(0);
      yield* source;
    } finally {
      await source.return(undefined);
    }
  };
  return { head: Buffer.concat(read).subarray(0, bytes), chunks: chunks() };
}

/**
 * A file that has to be read more than once: a regular one from the disk each time; what a pipe gives is kept in memory,
 * as it comes only once. Throws like `fileChunks`.
 */
export async function rereadChunks(file: string): Promise<() => AsyncIterable<Buffer>> {
  const isRegular = !isStandardInput(file) && (await isRegularFile(file));
  if (isRegular) return () => fileChunks(file);
  const kept: Buffer[] = [];
  for await (const chunk of fileChunks(file)) kept.push(chunk);
  return async function* () {
    yield* kept;
  };
}

/** What is not there is for the reader to report. */
async function isRegularFile(file: string): Promise<boolean> {
  return stat(file).then(
    (entry) => entry.isFile(),
    () => true,
  );
}

function standardInput(file: string): Readable {
  if (isStandardInputTaken) {
    const reason = "standard input can be read only once; name files for the others";
    throw new BioWeftError("BAD_INPUT", reason, { place: { file } });
  }
  isStandardInputTaken = true;
  return process.stdin;
}

/**
 * Files that appear under their name only when they are whole: whoever fails or is stopped leaves the old file, or none.
 * What is given goes into a file beside the one that the name leads to, which is renamed at the end. A pipe, a device or
 * standard output (`-`) is written through, piece by piece.
 */
import { createWriteStream, rmSync } from "node:fs";
import { constants, type FileHandle, open, rename, rm } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { BioWeftError, messageOf } from "../errors.js";
import { type OutputPlace, outputPlace, type PresentFile } from "./output-place.js";
import { openPipe } from "./pipe-stream.js";

/** A file's text or bytes, or what makes them piece by piece as they are written. */
type FileContent =
  | string
  | Uint8Array
  | (() => Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>);

/**
 * Writes a file, or through what can only be written through. Throws BAD_INPUT for one that cannot be written, CANCELLED
 * where whoever reads has gone, and what making the content throws.
 */
export async function writeWholeFile(file: string, content: FileContent): Promise<void> {
  try {
    const place = await outputPlace(file);
    if (place.kind === "file") await replaceFile(place.path, place.present, content);
    else await writeThrough(place, content);
  } catch (fault) {
    throw fault instanceof Error && "syscall" in fault ? unwritable(file, fault) : fault;
  }
}

/** Whether a file's name is that of one whose writer was killed before it was whole. */
export function isUnfinished(name: string): boolean {
  return /\.unfinished-\d+$/.test(name);
}

/** Files that are being written. */
const unfinishedFiles = new Set<string>();
const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/** Removes what is not whole, for whoever ends the process without waiting for its writers. */
export function removeUnfinished(): void {
  for (const file of unfinishedFiles) rmSync(file, { force: true });
}

async function replaceFile(
  file: string,
  present: PresentFile | undefined,
  content: FileContent,
): Promise<void> {
  // The process's number, so that two that write the same file at once each finish a whole one.
  const unfinished = `${file}.unfinished-${process.pid}`;
  begin(unfinished);
  try {
    const handle = await open(unfinished, "w");
    try {
      if (present !== undefined) await keepRights(handle, present);
      if (typeof content !== "function") await handle.writeFile(content);
      else await pipeline(content, handle.createWriteStream());
    } finally {
      // A stream has closed it already, which is no fault.
      await handle.close();
    }
    await rename(unfinished, file);
  } finally {
    await rm(unfinished, { force: true });
    end(unfinished);
  }
}

async function keepRights(handle: FileHandle, { mode, uid, gid }: PresentFile): Promise<void> {
  // Nobody else may give files away.
  if (process.getuid?.() === 0) await handle.chown(uid, gid);
  await handle.chmod(mode);
}

async function writeThrough(
  place: Exclude<OutputPlace, { kind: "file" }>,
  content: FileContent,
): Promise<void> {
  const pieces = typeof content === "function" ? content : () => [content];
  if (place.kind === "pipe") await pipeline(pieces, await openPipe(place.path, "write"));
  else if (place.kind === "device") {
    const handle = await open(place.path, constants.O_WRONLY);
    await pipeline(pieces, handle.createWriteStream());
  } else if (place.descriptor === 1) await writeStandard(process.stdout, pieces());
  else if (place.descriptor === 2) await writeStandard(process.stderr, pieces());
  else await pipeline(pieces, createWriteStream("", { fd: place.descriptor, autoClose: false }));
}

/** Writes to a stream that stays open, no faster than it is read. */
async function writeStandard(
  stream: NodeJS.WriteStream,
  pieces: Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>,
): Promise<void> {
  for await (const piece of pieces) {
    await new Promise<void>((resolve, reject) => {
      const isTaken = stream.write(piece, (fault) => {
        if (fault !== null && fault !== undefined) reject(fault);
        else if (!isTaken) resolve();
      });
      if (isTaken) resolve();
    });
  }
  await new Promise<void>((resolve, reject) => {
    stream.write("", (fault) => (fault !== null && fault !== undefined ? reject(fault) : resolve()));
  });
}

/** From now on a Ctrl-C that nobody else listens for leaves nothing unfinished behind. */
function begin(unfinished: string): void {
  if (unfinishedFiles.size === 0) {
    process.on("exit", removeUnfinished);
    for (const signal of SIGNALS) process.on(signal, endedBySignal);
  }
  unfinishedFiles.add(unfinished);
}

function end(unfinished: string): void {
  unfinishedFiles.delete(unfinished);
  if (unfinishedFiles.size > 0) return;
  process.off("exit", removeUnfinished);
  for (const signal of SIGNALS) process.off(signal, endedBySignal);
}

function endedBySignal(signal: NodeJS.Signals): void {
  // Whoever listens too decides when it ends.
  if (process.listenerCount(signal) > 1) return;
  removeUnfinished();
  process.off(signal, endedBySignal);
  process.kill(process.pid, signal);
}

function unwritable(file: string, cause: Error): BioWeftError {
  const place = { file };
  if ("code" in cause && cause.code === "EPIPE") {
    return new BioWeftError("CANCELLED", "whoever reads it has gone", { place, cause });
  }
  const reason = `cannot be written (${messageOf(cause)}); check its folder, its permissions and the disk`;
  return new BioWeftError("BAD_INPUT", reason, { place, cause });
}

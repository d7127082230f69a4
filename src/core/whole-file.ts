/**
 * Files that appear under their name only when they are whole: whoever fails or is stopped leaves the old file, or none.
 * What is given goes into a file beside it, which is renamed at the end.
 */
import { open, rename, rm, writeFile } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { BioWeftError, messageOf } from "./errors.js";

/** A file's text or bytes, or what makes them piece by piece as they are written. */
export type FileContent =
  | string
  | Uint8Array
  | (() => Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>);

/** Writes a file. Throws BAD_INPUT for one that cannot be written, and what making the content throws. */
export async function writeWholeFile(file: string, content: FileContent): Promise<void> {
  // The process's number, so that two that write the same file at once each finish a whole one.
  const unfinished = `${file}.unfinished-${process.pid}`;
  try {
    if (typeof content === "function")
      await pipeline(content, (await open(unfinished, "w")).createWriteStream());
    else await writeFile(unfinished, content);
    await rename(unfinished, file);
  } catch (fault) {
    throw fault instanceof Error && "syscall" in fault ? unwritable(file, fault) : fault;
  } finally {
    await rm(unfinished, { force: true });
  }
}

/** Whether a file's name is that of one whose writer was killed before it was whole. */
export function isUnfinished(name: string): boolean {
  return /\.unfinished-\d+$/.test(name);
}

function unwritable(file: string, cause: Error): BioWeftError {
  const reason = `cannot be written (${messageOf(cause)}); check its folder, its permissions and the disk`;
  return new BioWeftError("BAD_INPUT", reason, { place: { file }, cause });
}

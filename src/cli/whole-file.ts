/**
 * Files that appear under their name only when they are whole: a command that fails or is stopped leaves none.
 */
import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { BioWeftError, messageOf } from "../core/errors.js";

/** Streams lines into a file. Throws BAD_INPUT for one that cannot be written, and what the lines throw. */
export async function writeWholeFile(file: string, lines: () => AsyncIterable<string>): Promise<void> {
  const unfinished = `${file}.unfinished-${process.pid}`;
  try {
    await pipeline(lines, createWriteStream(unfinished));
    await rename(unfinished, file);
  } catch (fault) {
    throw fault instanceof Error && "syscall" in fault ? unwritable(file, fault) : fault;
  } finally {
    await rm(unfinished, { force: true });
  }
}

function unwritable(file: string, cause: Error): BioWeftError {
  const reason = `cannot be written (${messageOf(cause)}); check its folder, its permissions and the disk`;
  return new BioWeftError("BAD_INPUT", reason, { place: { file }, cause });
}

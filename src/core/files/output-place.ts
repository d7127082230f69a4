/**
 * Where a file's name leads that something is to be written to: a regular file, which may be replaced, or what can only
 * be written through: a pipe, a device, an open descriptor, standard output (`-`). Links are followed to their end, so
 * that they stay; nothing is opened here.
 */
import { access, constants, lstat, readlink, realpath } from "node:fs/promises";
import { dirname, resolve } from "node:path";

/** A name's end. `mode` and the owner are those of a file that is there. */
export type OutputPlace =
  | { readonly kind: "file"; readonly path: string; readonly present?: PresentFile }
  | { readonly kind: "pipe"; readonly path: string }
  | { readonly kind: "device"; readonly path: string }
  | { readonly kind: "descriptor"; readonly descriptor: number };

/** What is kept of a file when it is replaced. */
export interface PresentFile {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

// As many as Linux follows.
const MAX_LINKS = 40;

/** Whether a name means standard output, so that nothing else may be said there. */
export function isStandardOutput(file: string): boolean {
  return descriptorOf(file) === 1;
}

/** Follows a name to its end. Throws the system's faults, EACCES for a file that may not be written among them. */
export async function outputPlace(file: string): Promise<OutputPlace> {
  let path = file === "-" ? file : resolve(file);
  for (let links = 0; links < MAX_LINKS; links += 1) {
    const descriptor = descriptorOf(path);
    if (descriptor !== undefined) return { kind: "descriptor", descriptor };
    const entry = await lstat(path).catch((fault: NodeJS.ErrnoException) => {
      if (fault.code === "ENOENT") return undefined;
      throw fault;
    });
    if (entry === undefined) return { kind: "file", path };
    if (!entry.isSymbolicLink()) {
      if (!entry.isFile()) return { kind: entry.isFIFO() ? "pipe" : "device", path };
      await access(path, constants.W_OK);
      const { mode, uid, gid } = entry;
      return { kind: "file", path, present: { mode: mode & 0o7777, uid, gid } };
    }
    path = resolve(await realpath(dirname(path)), await readlink(path));
  }
  // The system's own words for a circle of links.
  await access(file);
  return { kind: "device", path };
}

/** The open descriptor that a name means; opening it again would be another opening, or fail where it is a socket. */
function descriptorOf(file: string): number | undefined {
  if (file === "-" || file === "/dev/stdout") return 1;
  if (file === "/dev/stderr") return 2;
  const [, folder, number] = /^(\/dev\/fd|\/proc\/(?:self|\d+)\/fd)\/(\d+)$/.exec(file) ?? [];
  const isOurs = folder === "/dev/fd" || folder === "/proc/self/fd" || folder === `/proc/${process.pid}/fd`;
  return isOurs ? Number(number) : undefined;
}

/**
 * How setup knows that something it made is still good, and how it replaces it: a fingerprint of what it was
 * made from, kept inside the folder, which is built aside and renamed into place whole.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const STAMP = ".made-from";

/** SHA-256 over files and the files of folders (in a fixed order), and over any further words. */
export function fingerprint(paths, ...words) {
  const hash = createHash("sha256");
  for (const path of paths.flatMap(filesOf)) hash.update(path).update("\0").update(readFileSync(path));
  for (const word of words) hash.update("\0").update(word);
  return hash.digest("hex");
}

/** Whether a folder was made from what this fingerprint stands for. */
export function isFresh(folder, print) {
  const stamp = join(folder, STAMP);
  return existsSync(stamp) && readFileSync(stamp, "utf8") === print;
}

/** Has `make(temporary)` fill a new folder, then puts it in the place of `folder`: all of it or nothing. */
export async function replaceFolder(folder, print, make) {
  const temporary = `${folder}.making-${process.pid}`;
  rmSync(temporary, { recursive: true, force: true });
  mkdirSync(temporary, { recursive: true });
  try {
    await make(temporary);
    writeFileSync(join(temporary, STAMP), print);
    mkdirSync(dirname(folder), { recursive: true });
    rmSync(folder, { recursive: true, force: true });
    renameSync(temporary, folder);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

function filesOf(path) {
  if (!existsSync(path)) return [];
  let entries;
  try {
    entries = readdirSync(path, { withFileTypes: true });
  } catch {
    return [path]; // a file, not a folder
  }
  return entries
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? filesOf(join(path, entry.name)) : [join(path, entry.name)]));
}

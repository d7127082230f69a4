/**
 * Unpacks what a publisher offers. Files that the corpus declares go to the top of the folder, wherever the
 * archive keeps them, so that the folder has the layout that the readers expect; all else keeps its place.
 * Archives inside an archive are unpacked too. Paths that lead out of the folder are refused by the libraries.
 */
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { extract } from "tar";
import type { Entry, ZipFile } from "yauzl";
import { BioWeftError, messageOf } from "../../src/core/errors.js";
import { openZip } from "../../src/core/files/zip-file.js";
import type { Download } from "./publisher.js";

/** How deep archives may lie in one another. */
const DEEPEST = 2;

/** Unpacks an archive into a folder. Throws BAD_INPUT for one that is broken or tries to leave the folder. */
export async function unpackFile(
  file: string,
  kind: NonNullable<Download["unpack"]>,
  folder: string,
  declared: readonly string[],
): Promise<void> {
  await mkdir(folder, { recursive: true });
  try {
    if (kind === "zip") await unpackZip(file, folder);
    else if (kind === "tar.gz") await extract({ file, cwd: folder, strict: true });
    else await pipeline(createReadStream(file), createGunzip(), createWriteStream(gunzipped(file, folder)));
    await unpackInner(folder, DEEPEST);
  } catch (cause) {
    const reason = `cannot be unpacked (${messageOf(cause)}); fetch it again, and check the disk`;
    throw new BioWeftError("BAD_INPUT", reason, { place: { file }, cause });
  }
  await liftDeclared(folder, declared);
}

function gunzipped(file: string, folder: string): string {
  return join(folder, basename(file).replace(/\.gz$/, ""));
}

async function unpackZip(file: string, folder: string): Promise<void> {
  const { zip } = await openZip(file);
  try {
    for await (const entry of zip.eachEntry()) await unpackEntry(zip, entry, folder);
  } finally {
    zip.close();
  }
}

async function unpackEntry(zip: ZipFile, entry: Entry, folder: string): Promise<void> {
  const path = join(folder, entry.fileName);
  if (entry.fileName.endsWith("/")) {
    await mkdir(path, { recursive: true });
    return;
  }
  await mkdir(dirname(path), { recursive: true });
  await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(path));
}

/** ChemProt's archive holds one archive a split. */
async function unpackInner(folder: string, depth: number): Promise<void> {
  if (depth === 0) return;
  for (const name of await filesIn(folder)) {
    if (!name.endsWith(".zip")) continue;
    const archive = join(folder, name);
    await unpackZip(archive, dirname(archive));
    await rm(archive);
    await unpackInner(dirname(archive), depth - 1);
  }
}

/** Moves each declared file or folder to where the corpus's reader looks for it. */
async function liftDeclared(folder: string, declared: readonly string[]): Promise<void> {
  for (const path of await filesIn(folder)) {
    const name = declared.find((one) => `/${path}/`.includes(`/${one}/`));
    if (name === undefined) continue;
    const wanted = path.slice(`/${path}/`.indexOf(`/${name}/`));
    if (wanted === path) continue;
    await mkdir(dirname(join(folder, wanted)), { recursive: true });
    await rename(join(folder, path), join(folder, wanted));
  }
}

/** Paths of all files in a folder, relative to it, in a fixed order. */
async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(folder, "/").length))
    .sort();
}

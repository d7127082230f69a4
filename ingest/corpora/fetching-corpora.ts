/**
 * Which corpora are here, and how the others come: downloaded from their publishers into a folder beside the
 * wanted one, unpacked there, moved into place when all of it is whole. Whether the licence suits the user is
 * asked by the caller.
 */
import { mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { BioWeftError } from "../../src/core/errors.js";
import { type FetchFileOptions, fetchFile } from "../download/fetch-file.js";
import { checkFirst, type FirstChecksum } from "../download/first-checksums.js";
import type { Download } from "../download/publisher.js";
import { unpackFile } from "../download/unpacking.js";
import type { CorpusDeclaration } from "./corpus.js";

/** How a corpus is fetched. */
interface FetchCorpusOptions
  extends Pick<FetchFileOptions, "signal" | "retries" | "retryDelayMillis" | "silenceMillis"> {
  /** Another address that holds the same files by the same paths: a mirror, or a test. */
  readonly baseUrl?: string;
  readonly onProgress?: (file: string, bytes: number, total: number | undefined) => void;
  /** The file of first checksums, for downloads whose publisher states none; without it they are not compared. */
  readonly checksums?: string;
  /** Hears the checksum of each such download. */
  readonly onChecksum?: (file: string, checksum: FirstChecksum) => void;
}

/** The splits of a corpus whose files a folder has, in its published layout. */
export async function splitsIn(corpus: CorpusDeclaration, folder: string): Promise<string[]> {
  const here: string[] = [];
  for (const [split, files] of Object.entries(corpus.files)) {
    const found = await Promise.all(files.map((name) => exists(join(folder, name))));
    if (found.length > 0 && found.every(Boolean)) here.push(split);
  }
  return here;
}

/**
 * Downloads a corpus into `folder`, which must not hold anything yet. Throws as fetchFile does, NOT_FOUND for a
 * corpus that has no download, BAD_INPUT for a folder in use, an archive that cannot be unpacked or a file that is
 * not the one first fetched. What was downloaded before a failure is kept, and the next call goes on from there.
 */
export async function fetchCorpus(
  corpus: CorpusDeclaration,
  folder: string,
  options: FetchCorpusOptions = {},
): Promise<void> {
  const downloads = corpus.publisher?.downloads ?? [];
  if (downloads.length === 0) throw noDownload(corpus);
  await checkFree(folder);
  const unfinished = `${folder}.unfinished`;
  const whole = join(unfinished, "whole");
  await makeFolder(unfinished);
  await rm(whole, { recursive: true, force: true });
  await mkdir(whole);
  for (const download of downloads) await fetchPart(download, corpus, { unfinished, whole }, options);
  await rm(folder, { recursive: true, force: true });
  await rename(whole, folder);
  await rm(unfinished, { recursive: true });
}

async function fetchPart(
  download: Download,
  corpus: CorpusDeclaration,
  folders: { readonly unfinished: string; readonly whole: string },
  { baseUrl, onProgress, checksums, onChecksum, ...options }: FetchCorpusOptions,
): Promise<void> {
  const url = new URL(download.url);
  const name = basename(decodeURIComponent(url.pathname));
  const file = join(folders.unfinished, name);
  const { bytes, sha256, md5 } = download;
  // A file under its own name was whole and checked when an earlier run put it there.
  if (!(await exists(file))) {
    await fetchFile(baseUrl === undefined ? url.href : mirrored(url, baseUrl), file, {
      ...options,
      ...(bytes === undefined ? {} : { bytes }),
      ...(sha256 === undefined ? {} : { sha256 }),
      ...(md5 === undefined ? {} : { md5 }),
      ...(onProgress === undefined ? {} : { onProgress: (done, total) => onProgress(name, done, total) }),
    });
  }
  try {
    if (checksums !== undefined && sha256 === undefined && md5 === undefined) {
      onChecksum?.(name, await checkFirst(url.href, file, checksums));
    }
    await place(download, name, corpus, folders);
  } catch (fault) {
    await rm(file, { force: true });
    throw fault;
  }
}

/** Puts a whole file, or what it holds, where the corpus's reader looks for it. */
async function place(
  download: Download,
  name: string,
  corpus: CorpusDeclaration,
  folders: { readonly unfinished: string; readonly whole: string },
): Promise<void> {
  const file = join(folders.unfinished, name);
  if (download.unpack === undefined) {
    await rename(file, join(folders.whole, name));
    return;
  }
  await unpackFile(file, download.unpack, folders.whole, Object.values(corpus.files).flat());
}

function mirrored(url: URL, baseUrl: string): string {
  return `${baseUrl.replace(/\/+$/, "")}${url.pathname}`;
}

function noDownload({ name, publisher }: CorpusDeclaration): BioWeftError {
  const where = publisher === undefined ? "its publisher" : publisher.page;
  const reason = `${name} has no address to download from; get it from ${where} and name its folder with --from`;
  return new BioWeftError("NOT_FOUND", reason);
}

async function checkFree(folder: string): Promise<void> {
  const names = await readdir(folder).catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === "ENOENT") return [];
    throw unwritable(folder, fault);
  });
  if (names.length === 0) return;
  const reason = "something is here already; remove it, or name another folder with --to";
  throw new BioWeftError("BAD_INPUT", reason, { place: { file: folder } });
}

async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true }).catch((cause: Error) => {
    throw unwritable(folder, cause);
  });
}

function unwritable(folder: string, cause: Error): BioWeftError {
  const reason = `cannot be written (${cause.message}); name another folder with --to`;
  return new BioWeftError("BAD_INPUT", reason, { place: { file: folder }, cause });
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/**
 * Downloads one file of the Hugging Face hub so that an interruption costs nothing: what came stays in FILE.part and
 * the next try asks for the rest. The file appears under its name whole and with the checksum that the hub's listing
 * gives, or not at all.
 */
import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import { downloadFile, HubApiError, type ListFileEntry } from "@huggingface/hub";
import pRetry from "p-retry";
import { BioWeftError, messageOf } from "../../core/errors.js";

/** Where a file is: the hub's address, the repository and the revision. */
export interface HubPlace {
  readonly hubUrl: string;
  readonly name: string;
  readonly revision: string;
}

/** How a download goes. */
export interface HubOptions {
  readonly signal?: AbortSignal;
  /** Bytes of a file that are here, and of how many. */
  readonly onProgress?: (file: string, bytes: number, total: number) => void;
  /** Wait before the first retry, half a second by default; it doubles each time. */
  readonly retryDelayMillis?: number;
}

const RETRIES = 3;

/**
 * Brings one file of a listing to `file`; does nothing where it is there already. Throws as `hubFault` says, and
 * UPSTREAM_UNAVAILABLE where what came is not what the listing says.
 */
export async function fetchHubFile(
  place: HubPlace,
  entry: ListFileEntry,
  file: string,
  options: HubOptions,
): Promise<void> {
  if (await isWhole(file, entry)) return;
  await mkdir(dirname(file), { recursive: true });
  await pRetry(() => fetchOnce(place, entry, file, options), {
    retries: RETRIES,
    minTimeout: options.retryDelayMillis ?? 500,
    factor: 2,
    shouldRetry: ({ error }) => error instanceof BioWeftError && error.code === "UPSTREAM_UNAVAILABLE",
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  }).catch((fault: unknown) => {
    if (options.signal?.aborted !== true) throw fault;
    throw new BioWeftError("CANCELLED", "the download was stopped; the same command goes on with it", {
      cause: fault,
    });
  });
}

/** One request for what is missing, then the check. */
async function fetchOnce(
  place: HubPlace,
  entry: ListFileEntry,
  file: string,
  { signal, onProgress }: HubOptions,
): Promise<void> {
  const part = `${file}.part`;
  const size = sizeOf(entry);
  let have = await bytesIn(part);
  if (have > size) {
    await rm(part);
    have = 0;
  }
  try {
    if (have < size || size === 0) {
      const { hubUrl, name, revision } = place;
      const blob = await downloadFile({ hubUrl, repo: name, revision, path: entry.path, xet: false });
      if (blob === null) throw new BioWeftError("NOT_FOUND", `${name} has no ${entry.path} any more`);
      const rest = have === 0 ? blob : blob.slice(have, size);
      const counted = new Transform({
        transform(chunk: Buffer, _, done) {
          have += chunk.length;
          onProgress?.(entry.path, have, size);
          done(null, chunk);
        },
      });
      const body = Readable.fromWeb(rest.stream() as ReadableStream);
      const to = createWriteStream(part, { flags: have === 0 ? "w" : "a" });
      await pipeline(body, counted, to, ...(signal === undefined ? [] : [{ signal }]));
    }
  } catch (fault) {
    throw hubFault(fault, place);
  }
  if (!(await isWhole(part, entry))) {
    await rm(part);
    const reason = `${place.name}: ${entry.path} does not have the checksum that the hub lists; try again`;
    throw new BioWeftError("UPSTREAM_UNAVAILABLE", reason);
  }
  await rename(part, file);
}

/** What a failure of the hub means: NOT_FOUND, RATE_LIMITED or UPSTREAM_UNAVAILABLE; ours are passed on. */
export function hubFault(fault: unknown, { hubUrl, name, revision }: HubPlace): BioWeftError {
  if (fault instanceof BioWeftError) return fault;
  const status = fault instanceof HubApiError ? fault.statusCode : undefined;
  if (status === 401 || status === 403 || status === 404) {
    const reason = `${hubUrl} has no public model ${name} at revision ${revision}; a folder of that name is not here either`;
    return new BioWeftError("NOT_FOUND", reason, { cause: fault });
  }
  if (status === 429) {
    return new BioWeftError("RATE_LIMITED", `${hubUrl} asks to slow down; try again later`, { cause: fault });
  }
  const reason = `${name} is no folder here and could not be fetched from ${hubUrl}: ${messageOf(fault)}; the same command goes on with it`;
  return new BioWeftError("UPSTREAM_UNAVAILABLE", reason, { cause: fault });
}

function sizeOf(entry: ListFileEntry): number {
  return entry.lfs?.size ?? entry.size;
}

async function bytesIn(file: string): Promise<number> {
  return stat(file).then(
    ({ size }) => size,
    () => 0,
  );
}

/** Whether a file is as the hub lists it: the SHA-256 of big files, Git's own checksum of small ones. */
async function isWhole(file: string, entry: ListFileEntry): Promise<boolean> {
  const size = sizeOf(entry);
  if ((await bytesIn(file)) !== size) return false;
  const hash = entry.lfs === undefined ? createHash("sha1").update(`blob ${size}\0`) : createHash("sha256");
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest("hex") === (entry.lfs?.oid ?? entry.oid);
}

/**
 * Downloads one file over HTTP so that an interruption costs nothing: what came stays in `FILE.part`, and the
 * next try asks for the rest (Range), on condition that the file is still the same (If-Range) where no checksum will
 * tell. A server that ignores that is taken from the start. The file appears under its name whole and checked, or not at all.
 * Source: RFC 9110, sections 13.1.5 and 14.
 */
import { createWriteStream } from "node:fs";
import { rename, rm, stat } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import pRetry from "p-retry";
import { BioWeftError, messageOf } from "../../src/core/errors.js";
import { checkFile, contentName, type Expected } from "./check-file.js";
import { checkAnswer, totalBytes } from "./http-answer.js";
import { forgetOrigin, type PartOrigin, readOrigin, writeOrigin } from "./part-origin.js";

/** How a download goes; `bytes` and checksums are checked where they are known. */
export interface FetchFileOptions extends Expected {
  readonly signal?: AbortSignal;
  /** Bytes here so far, and of how many where the server says so. */
  readonly onProgress?: (bytes: number, total: number | undefined) => void;
  /** Tries after the first, for what may pass: cut connections and faults of the server. 3 by default. */
  readonly retries?: number;
  /** Wait before the first retry; it doubles each time. */
  readonly retryDelayMillis?: number;
  /** How long the server may be silent. */
  readonly silenceMillis?: number;
}

/**
 * Downloads `url` to `file`. Throws NOT_FOUND (401, 403, 404, 410), RATE_LIMITED (429), UPSTREAM_UNAVAILABLE (other
 * refusals, no or a cut connection), TIMEOUT, BAD_INPUT (another size or checksum than published; a file that
 * cannot be written) or CANCELLED. What came is kept, except where it proved wrong.
 */
export async function fetchFile(url: string, file: string, options: FetchFileOptions = {}): Promise<void> {
  await pRetry(() => fetchOnce(url, file, options), {
    retries: options.retries ?? 3,
    minTimeout: options.retryDelayMillis ?? 500,
    factor: 2,
    shouldRetry: ({ error }) =>
      error instanceof BioWeftError && ["UPSTREAM_UNAVAILABLE", "TIMEOUT"].includes(error.code),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  }).catch((fault: unknown) => {
    throw options.signal?.aborted ? cancelled(url, fault) : fault;
  });
  const part = partOf(file);
  try {
    await checkFile(part, url, options);
  } catch (fault) {
    await discard(file);
    throw fault;
  }
  await rename(part, file);
  await forgetOrigin(part);
}

/** One request for what is missing; returns once the part is whole. */
async function fetchOnce(url: string, file: string, options: FetchFileOptions): Promise<void> {
  const part = partOf(file);
  const content = contentName(options);
  const origin = await readOrigin(part, { url, content });
  const have = origin === undefined ? 0 : await sizeOf(part);
  if (have > 0 && have === origin?.total) return;
  const silence = startSilence(options);
  try {
    const response = await request(url, restFrom(have, origin, content), silence.signal);
    if (response.status === 416) {
      await discard(file);
      throw new BioWeftError("UPSTREAM_UNAVAILABLE", `${url} has changed since the download began; again`);
    }
    checkAnswer(response, url);
    const resumed = response.status === 206 && have > 0;
    const from = resumed ? have : 0;
    const total = totalBytes(response, from);
    await writeOrigin(part, { url, content, validator: validatorOf(response), total });
    await receive(response, part, { from, total, silence, options });
    checkWhole(url, await sizeOf(part), total);
  } catch (fault) {
    throw toFault(fault, url, file, silence, options);
  } finally {
    silence.stop();
  }
}

function request(
  url: string,
  rest: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Response> {
  return fetch(url, { signal, headers: { "accept-encoding": "identity", ...rest } });
}

/** The headers that ask for what is missing; none where nothing tells whether it belongs to what we have. */
function restFrom(
  have: number,
  origin: PartOrigin | undefined,
  content: string | undefined,
): Readonly<Record<string, string>> {
  if (have === 0 || origin === undefined) return {};
  const range = `bytes=${have}-`;
  // The checksum tells in the end, whatever address or server the rest comes from.
  if (content !== undefined && origin.content === content) return { range };
  return origin.validator === undefined ? {} : { range, "if-range": origin.validator };
}

async function receive(
  response: Response,
  part: string,
  state: {
    readonly from: number;
    readonly total: number | undefined;
    readonly silence: Silence;
    readonly options: FetchFileOptions;
  },
): Promise<void> {
  let bytes = state.from;
  const counted = async function* (chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      bytes += chunk.length;
      state.silence.broken();
      state.options.onProgress?.(bytes, state.total);
      yield chunk;
    }
  };
  const body = response.body === null ? Readable.from([]) : Readable.fromWeb(response.body);
  await pipeline(body, counted, createWriteStream(part, { flags: state.from > 0 ? "a" : "w" }));
}

/** A strong validator of the file as the server has it; a weak one may stand for other bytes. */
function validatorOf(response: Response): string | undefined {
  const tag = response.headers.get("etag");
  if (tag !== null && !tag.startsWith("W/")) return tag;
  return response.headers.get("last-modified") ?? undefined;
}

function checkWhole(url: string, bytes: number, total: number | undefined): void {
  if (total === undefined || bytes === total) return;
  const reason = `${url} ended after ${bytes} of ${total} bytes; run the command again to go on from there`;
  throw new BioWeftError("UPSTREAM_UNAVAILABLE", reason);
}

interface Silence {
  readonly signal: AbortSignal;
  readonly timedOut: () => boolean;
  /** Something came: begin to count again. */
  broken(): void;
  stop(): void;
}

/** Ends a request when the server says nothing for too long, or the caller gives up. */
function startSilence({ silenceMillis = 30_000, signal }: FetchFileOptions): Silence {
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), silenceMillis);
  return {
    signal: signal === undefined ? deadline.signal : AbortSignal.any([signal, deadline.signal]),
    timedOut: () => deadline.signal.aborted,
    broken: () => timer.refresh(),
    stop: () => clearTimeout(timer),
  };
}

function toFault(
  fault: unknown,
  url: string,
  file: string,
  silence: Silence,
  options: FetchFileOptions,
): BioWeftError {
  if (fault instanceof BioWeftError) return fault;
  if (options.signal?.aborted) return cancelled(url, fault);
  if (silence.timedOut()) {
    return new BioWeftError("TIMEOUT", `${url} fell silent; run the command again to go on`, {
      cause: fault,
    });
  }
  // Only the file system names a path; everything else is the connection.
  if (fault instanceof Error && ("path" in fault || ("syscall" in fault && fault.syscall === "write"))) {
    const reason = `cannot be written (${fault.message}); check the folder, its permissions and the disk`;
    return new BioWeftError("BAD_INPUT", reason, { place: { file }, cause: fault });
  }
  const why = fault instanceof Error && fault.cause instanceof Error ? fault.cause.message : messageOf(fault);
  const reason = `${url} cannot be reached or broke off: ${why}; check the network and run it again to go on`;
  return new BioWeftError("UPSTREAM_UNAVAILABLE", reason, { cause: fault });
}

function cancelled(url: string, cause: unknown): BioWeftError {
  return new BioWeftError("CANCELLED", `stopped; ${url} goes on from there when it is run again`, { cause });
}

function partOf(file: string): string {
  return `${file}.part`;
}

async function discard(file: string): Promise<void> {
  await rm(partOf(file), { force: true });
  await forgetOrigin(partOf(file));
}

async function sizeOf(file: string): Promise<number> {
  return stat(file).then(
    ({ size }) => size,
    () => 0,
  );
}

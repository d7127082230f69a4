/**
 * Publications fetched from PubTator3 once and kept in a file, JSON Lines as document-jsonl.ts writes them: what it
 * holds is not asked for again, so that thousands of papers survive an interruption. PMIDs that the service does
 * not know are not noted, as it may know them another day.
 */
import { appendFile, truncate } from "node:fs/promises";
import { type Document, publicationOf } from "../../../src/core/document.js";
import { BioWeftError, messageOf } from "../../../src/core/errors.js";
import type { ReadOptions } from "../../../src/core/read-options.js";
import { readDocumentLines, toDocumentLine } from "../../formats/jsonl/document-jsonl.js";
import { fileChunks } from "../../formats/reading/file-chunks.js";
import type { PubTator3Client } from "./client.js";

/** How the fetching goes. */
export interface KeepOptions {
  readonly signal?: AbortSignal;
  /** Hears of papers whose annotations cannot be read, which are left out, and of what was left out of others. */
  readonly reading?: ReadOptions;
  /** PMIDs answered or kept so far, of how many. */
  readonly onProgress?: (done: number, total: number) => void;
}

// What is fetched between two writes: an interruption costs no more. The service takes as many in a request.
const BATCH = 100;
// How each line of ours begins, so that nobody else's last line is taken for half of one.
const OPENING = '{"pmid":';

/**
 * Streams the publications of the PMIDs, those kept first, and adds what is fetched to `file`. Throws what the
 * client throws; BAD_INPUT for a file that holds something else, or cannot be written.
 */
export async function* fetchKept(
  client: PubTator3Client,
  pmids: Iterable<string>,
  file: string,
  { signal, reading, onProgress }: KeepOptions = {},
): AsyncGenerator<Document> {
  const missing = new Set(pmids);
  const total = missing.size;
  const progress = () => onProgress?.(total - missing.size, total);
  for await (const document of readKept(file)) {
    if (!missing.delete(publicationOf(document))) continue;
    progress();
    yield document;
  }
  const wanted = [...missing];
  for (let from = 0; from < wanted.length; from += BATCH) {
    const batch = wanted.slice(from, from + BATCH);
    const answers = await client.fetchDocuments(batch, signal, reading);
    const documents = answers.filter((document) => document !== undefined);
    await append(file, documents.map((document) => toDocumentLine(document)).join(""));
    for (const pmid of batch) missing.delete(pmid);
    progress();
    yield* documents;
  }
}

/** What the file holds; a last line that a kill cut short is taken off, once the rest has proved to be ours. */
async function* readKept(file: string): AsyncGenerator<Document> {
  const end = await endOfLastLine(file);
  if (end === undefined) return;
  let unfinished = false;
  const lines = {
    skipBad: true,
    onRejected: (fault: BioWeftError) => {
      // Only what stands behind the last line break can be half a document of ours.
      const ours = fault.place.line === end.cutLine && OPENING.startsWith(end.cutText ?? "");
      if (!ours) throw notOurs(file, fault);
      unfinished = true;
    },
  };
  yield* readDocumentLines(file, lines);
  if (unfinished) await truncate(file, end.bytes);
  else if (end.cutLine !== undefined) await append(file, "\n");
}

/** Where the last whole line ends, and the number and beginning of the one behind it, if any; undefined for no file. */
async function endOfLastLine(
  file: string,
): Promise<{ readonly bytes: number; readonly cutLine?: number; readonly cutText?: string } | undefined> {
  let [size, bytes, lines, tail] = [0, 0, 0, ""];
  try {
    for await (const chunk of fileChunks(file)) {
      const last = chunk.lastIndexOf("\n");
      if (last !== -1) [bytes, tail] = [size + last + 1, ""];
      size += chunk.length;
      const rest = chunk.subarray(last + 1, last + 1 + OPENING.length);
      tail = `${tail}${rest.toString("latin1")}`.slice(0, OPENING.length);
      for (let at = chunk.indexOf("\n"); at !== -1; at = chunk.indexOf("\n", at + 1)) lines += 1;
    }
  } catch (fault) {
    if (fault instanceof BioWeftError && isAbsent(fault.cause)) return undefined;
    throw fault;
  }
  return bytes === size ? { bytes } : { bytes, cutLine: lines + 1, cutText: tail };
}

function isAbsent(cause: unknown): boolean {
  return cause instanceof Error && "code" in cause && cause.code === "ENOENT";
}

function notOurs(file: string, cause: BioWeftError): BioWeftError {
  const reason = `is no file of fetched papers (${cause.reason}); name one that does not exist yet`;
  const { line } = cause.place;
  return new BioWeftError("BAD_INPUT", reason, {
    place: { file, ...(line === undefined ? {} : { line }) },
    cause,
  });
}

async function append(file: string, lines: string): Promise<void> {
  await appendFile(file, lines).catch((cause: Error) => {
    const reason = `cannot be written (${messageOf(cause)}); check its folder, its permissions and the disk`;
    throw new BioWeftError("BAD_INPUT", reason, { place: { file }, cause });
  });
}

/**
 * Checks a downloaded file against the size and the checksums that its publisher states.
 */
import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import { BioWeftError } from "../../src/core/errors.js";
import { fileChunks } from "../formats/reading/file-chunks.js";

/** What is known of a file beforehand; checksums in lower-case hexadecimal. */
export interface Expected {
  readonly bytes?: number;
  readonly sha256?: string;
  readonly md5?: string;
  /** Git's name of the content: the SHA-1 of a header with its length, then the content. */
  readonly gitBlob?: string;
}

const CHECKSUMS = ["sha256", "md5", "gitBlob"] as const;

/** Throws BAD_INPUT for a file that is not what was published. */
export async function checkFile(file: string, url: string, expected: Expected): Promise<void> {
  const difference = await differenceFrom(file, expected);
  if (difference === undefined) return;
  const reason = `${url} is not the file that was published: ${difference}; it was thrown away. Fetch it again, and if that does not help, ask the publisher`;
  throw new BioWeftError("BAD_INPUT", reason);
}

/** Whether a file is there and is what was published. */
export async function isPublished(file: string, expected: Expected): Promise<boolean> {
  const isFile = await stat(file).then(
    (found) => found.isFile(),
    () => false,
  );
  return isFile && (await differenceFrom(file, expected)) === undefined;
}

/** One checksum as a name of the content, the same wherever it comes from; undefined where none is stated. */
export function contentName(expected: Expected): string | undefined {
  const kind = CHECKSUMS.find((one) => expected[one] !== undefined);
  return kind === undefined ? undefined : `${kind}:${expected[kind]}`;
}

/** What a file has and what it should have; undefined where it is as expected. */
async function differenceFrom(file: string, expected: Expected): Promise<string | undefined> {
  const { size } = await stat(file);
  if (expected.bytes !== undefined && size !== expected.bytes) return `bytes ${size}, not ${expected.bytes}`;
  const hashes = CHECKSUMS.filter((kind) => expected[kind] !== undefined).map((kind) => {
    const hash = createHash(kind === "gitBlob" ? "sha1" : kind);
    return { kind, hash: kind === "gitBlob" ? hash.update(`blob ${size}\0`) : hash };
  });
  if (hashes.length === 0) return undefined;
  for await (const chunk of fileChunks(file)) for (const { hash } of hashes) hash.update(chunk);
  for (const { kind, hash } of hashes) {
    const found = hash.digest("hex");
    if (found !== expected[kind]) return `${kind} ${found}, not ${expected[kind]}`;
  }
  return undefined;
}

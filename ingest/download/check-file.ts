/**
 * Checks a downloaded file against the size and the checksums that its publisher states.
 */
import { createHash } from "node:crypto";
import { BioWeftError } from "../../src/core/errors.js";
import { fileChunks } from "../formats/text-lines.js";

/** What is known of a file beforehand; checksums in lower-case hexadecimal. */
export interface Expected {
  readonly bytes?: number;
  readonly sha256?: string;
  readonly md5?: string;
}

/** Throws BAD_INPUT for a file that is not what was published. */
export async function checkFile(file: string, url: string, expected: Expected): Promise<void> {
  const hashes = (["sha256", "md5"] as const)
    .filter((name) => expected[name] !== undefined)
    .map((name) => ({ name, hash: createHash(name) }));
  let bytes = 0;
  for await (const chunk of fileChunks(file)) {
    bytes += chunk.length;
    for (const { hash } of hashes) hash.update(chunk);
  }
  if (expected.bytes !== undefined && bytes !== expected.bytes) refuse(url, "bytes", bytes, expected.bytes);
  for (const { name, hash } of hashes) {
    const found = hash.digest("hex");
    if (found !== expected[name]) refuse(url, name, found, expected[name]);
  }
}

function refuse(url: string, what: string, found: unknown, expected: unknown): never {
  const reason = `${url} is not the file that was published: ${what} ${found}, not ${expected}; it was thrown away. Fetch it again, and if that does not help, ask the publisher`;
  throw new BioWeftError("BAD_INPUT", reason);
}

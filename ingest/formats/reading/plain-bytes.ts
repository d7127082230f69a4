/**
 * Bytes as UTF-8 text would have them: out of a gzip, which is told by its first bytes whatever the file is called,
 * and from UTF-16 where a byte order mark says so. Other encodings stay as they are, for the reader to name or refuse.
 */
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { BioWeftError, messageOf } from "../../../src/core/errors.js";
import { fileChunks, peekChunks } from "./file-chunks.js";

const MARK_BYTES = 2;
// Each chunk goes through the thread pool; with Node's 16 KiB the errands cost as much as the unpacking.
const UNPACKED_BYTES = 1 << 18;

/**
 * A stream's text in bytes of UTF-8, of which it may consist already; `file` is what it is called in errors. Throws
 * what the stream throws, and BAD_INPUT for a gzip that is broken or was cut.
 */
export async function* plainChunks(
  file: string,
  source: AsyncIterable<Buffer> = fileChunks(file),
): AsyncGenerator<Buffer> {
  const { head, chunks } = await peekChunks(generated(source), MARK_BYTES);
  const unpacked = isGzip(head) ? gunzipped(file, chunks) : chunks;
  const { head: mark, chunks: bytes } = await peekChunks(unpacked, MARK_BYTES);
  const encoding = utf16Of(mark);
  yield* encoding === undefined ? bytes : fromUtf16(bytes, encoding);
}

/** Whether a file's bytes are not those of its text, so that places in the one are none in the other. */
export async function isEncoded(file: string): Promise<boolean> {
  const { head, chunks } = await peekChunks(fileChunks(file), MARK_BYTES);
  await chunks.return(undefined);
  return isGzip(head) || utf16Of(head) !== undefined;
}

async function* generated(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield* source;
}

async function* gunzipped(file: string, chunks: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: UNPACKED_BYTES });
  // What goes wrong reaches the loop through gunzip as well; a reader that stops early is no fault at all.
  pipeline(Readable.from(chunks), gunzip).catch(() => {});
  try {
    for await (const chunk of gunzip) yield chunk as Buffer;
  } catch (cause) {
    if (cause instanceof BioWeftError) throw cause;
    const reason = `a gzip that is broken or was cut (${messageOf(cause)}); copy it again`;
    throw new BioWeftError("BAD_INPUT", reason, { place: { file }, cause });
  }
}

async function* fromUtf16(
  chunks: AsyncIterable<Buffer>,
  encoding: "utf-16le" | "utf-16be",
): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of chunks) yield Buffer.from(decoder.decode(chunk, { stream: true }));
  yield Buffer.from(decoder.decode());
}

function isGzip(head: Buffer): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

/** The kind of UTF-16 that a byte order mark tells. */
function utf16Of(head: Buffer): "utf-16le" | "utf-16be" | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  return head[0] === 0xfe && head[1] === 0xff ? "utf-16be" : undefined;
}

/**
 * Opens a zip whose parts are stored uncompressed, as PyTorch writes them, for reading at any place: nothing is
 * unpacked. Every number in the file is checked before it is used. Source: PKWARE's APPNOTE, with its 64-bit records.
 */
import { type FileHandle, open } from "node:fs/promises";

/** A part's bytes in the file. */
export interface ZipPart {
  readonly size: number;
  /** Reads the bytes from `start` to `end`. */
  read(start?: number, end?: number): Promise<Buffer>;
}

/** An open zip. */
export interface StoredZip {
  /** By name. */
  readonly parts: ReadonlyMap<string, ZipPart>;
  close(): Promise<void>;
}

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const END64 = 0x06064b50;
const LOCATOR64 = 0x07064b50;
/** The end record with the longest comment, and the 64-bit locator before it. */
const TAIL = 22 + 65_535 + 20;
const NARROW = 0xffff_ffff;

/** Opens a zip; throws RangeError, saying what is wrong, for what is none, is cut, or has compressed parts. */
export async function openStoredZip(file: string): Promise<StoredZip> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const directory = await readDirectory(handle, size);
    const parts = new Map<string, ZipPart>();
    for (let at = 0; at < directory.length; ) {
      if (directory.readUInt32LE(at) !== CENTRAL) throw new RangeError("its list of parts is damaged");
      const nameEnd = at + 46 + directory.readUInt16LE(at + 28);
      const extraEnd = nameEnd + directory.readUInt16LE(at + 30);
      const name = directory.toString("utf8", at + 46, nameEnd);
      if (directory.readUInt16LE(at + 10) !== 0) throw new RangeError(`its part ${name} is compressed`);
      parts.set(name, await partOf(handle, size, directory.subarray(at, extraEnd), nameEnd - at));
      at = extraEnd + directory.readUInt16LE(at + 32);
    }
    return { parts, close: () => handle.close() };
  } catch (fault) {
    await handle.close();
    throw fault;
  }
}

/** The central directory, which the file's end points to. */
async function readDirectory(handle: FileHandle, fileSize: number): Promise<Buffer> {
  const tailStart = Math.max(0, fileSize - TAIL);
  const tail = await readAt(handle, fileSize, tailStart, fileSize - tailStart);
  let end = tail.length - 22;
  while (end >= 0 && tail.readUInt32LE(end) !== END) end--;
  if (end < 0) throw new RangeError("it is no zip file, or its end is missing");
  const [length, offset] = [tail.readUInt32LE(end + 12), tail.readUInt32LE(end + 16)];
  if (length !== NARROW && offset !== NARROW) return readAt(handle, fileSize, offset, length);
  if (end < 20 || tail.readUInt32LE(end - 20) !== LOCATOR64) throw new RangeError("its end is damaged");
  const record = await readAt(handle, fileSize, Number(tail.readBigUInt64LE(end - 12)), 56);
  if (record.readUInt32LE(0) !== END64) throw new RangeError("its end is damaged");
  return readAt(handle, fileSize, Number(record.readBigUInt64LE(48)), Number(record.readBigUInt64LE(40)));
}

/** The part that an entry of the directory describes; `extra` is where the entry's additional fields begin. */
async function partOf(handle: FileHandle, fileSize: number, entry: Buffer, extra: number): Promise<ZipPart> {
  const { size, offset } = wideNumbers(entry, extra);
  const local = await readAt(handle, fileSize, offset, 30);
  if (local.readUInt32LE(0) !== LOCAL) throw new RangeError("a part does not begin where it should");
  const dataStart = offset + 30 + local.readUInt16LE(26) + local.readUInt16LE(28);
  if (dataStart + size > fileSize) throw new RangeError("a part reaches beyond the file's end");
  return {
    size,
    read: (start = 0, end = size) => readAt(handle, fileSize, dataStart + start, end - start),
  };
}

/** A part's size and place: 32 bits each, or, where those are full, 64 in the additional field 1. */
function wideNumbers(entry: Buffer, extra: number): { size: number; offset: number } {
  const [compressed, size, offset] = [entry.readUInt32LE(20), entry.readUInt32LE(24), entry.readUInt32LE(42)];
  const wide: number[] = [];
  for (let at = extra; at + 4 <= entry.length; ) {
    const length = entry.readUInt16LE(at + 2);
    if (entry.readUInt16LE(at) === 1) {
      for (let field = 0; field + 8 <= length; field += 8)
        wide.push(Number(entry.readBigUInt64LE(at + 4 + field)));
    }
    at += 4 + length;
  }
  const next = (narrow: number) => (narrow === NARROW ? (wide.shift() ?? NARROW) : narrow);
  // The order in which they stand there.
  const wideSize = next(size);
  next(compressed);
  return { size: wideSize, offset: next(offset) };
}

async function readAt(handle: FileHandle, fileSize: number, at: number, length: number): Promise<Buffer> {
  if (length < 0 || at + length > fileSize) throw new RangeError("it is cut, or points beyond its end");
  const bytes = Buffer.allocUnsafe(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await handle.read(bytes, filled, length - filled, at + filled);
    if (bytesRead === 0) throw new RangeError("it is cut");
    filled += bytesRead;
  }
  return bytes;
}

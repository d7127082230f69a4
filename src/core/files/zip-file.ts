/**
 * Opens a zip through yauzl, reading only where the file is: yauzl asks the system for whatever place a damaged file
 * names, which throws outside of any promise. Nothing is unpacked here.
 */
import { type FileHandle, open } from "node:fs/promises";
import { Readable } from "node:stream";
import { fromRandomAccessReaderPromise, RandomAccessReader, type ZipFile } from "yauzl";
import { BioWeftError } from "../errors.js";

/** An open zip, its length, and its bytes at any place. */
export interface OpenZip {
  readonly zip: ZipFile;
  readonly fileSize: number;
  /** Throws BAD_INPUT for a place outside the file. */
  readAt(position: number, length: number): Promise<Buffer>;
}

/** Bytes that a stream reads at once. */
const CHUNK = 1 << 18;

/** Opens a file; close `zip` when done. Throws an error that says what is wrong with what is no whole zip. */
export async function openZip(file: string): Promise<OpenZip> {
  const handle = await open(file);
  const { size } = await handle.stat();
  const reader = new BoundedReader(file, handle, size);
  try {
    const zip = await fromRandomAccessReaderPromise(reader, size, { autoClose: false });
    return { zip, fileSize: size, readAt: (position, length) => reader.readAt(position, length) };
  } catch (fault) {
    await handle.close();
    throw fault;
  }
}

/** yauzl's view of a file. */
class BoundedReader extends RandomAccessReader {
  constructor(
    private readonly file: string,
    private readonly handle: FileHandle,
    private readonly fileSize: number,
  ) {
    super();
  }

  async readAt(position: number, length: number): Promise<Buffer> {
    // Before room is made for it.
    if (!(position >= 0 && length >= 0 && position + length <= this.fileSize)) {
      throw this.cut();
    }
    const bytes = Buffer.allocUnsafe(length);
    for (let filled = 0; filled < length; ) {
      const { bytesRead } = await this.handle.read(bytes, filled, length - filled, position + filled);
      if (bytesRead === 0) throw this.cut();
      filled += bytesRead;
    }
    return bytes;
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (fault: Error | null) => void,
  ): void {
    this.readAt(position, length).then((bytes) => {
      bytes.copy(buffer, offset);
      callback(null);
    }, callback);
  }

  override _readStreamForRange(start: number, end: number): Readable {
    // Not the handle's own stream, which closes the handle with itself.
    return Readable.from(this.chunks(start, end), { objectMode: false });
  }

  private cut(): BioWeftError {
    return new BioWeftError("BAD_INPUT", "the zip is cut, or points beyond its end; copy it again", {
      place: { file: this.file },
    });
  }

  private async *chunks(start: number, end: number): AsyncGenerator<Buffer> {
    for (let at = start; at < end; at += CHUNK) yield await this.readAt(at, Math.min(CHUNK, end - at));
  }

  override close(callback: (fault: Error | null) => void): void {
    this.handle.close().then(() => callback(null), callback);
  }
}

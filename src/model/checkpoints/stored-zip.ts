/**
 * The parts of a zip that stores them uncompressed, as PyTorch writes it, for reading at any place: nothing is
 * unpacked. yauzl reads the list of parts, files over 4 GB included; their places are checked before room is made.
 */
import type { Entry } from "yauzl";
import { BioWeftError } from "../../core/errors.js";
import { type OpenZip, openZip } from "../../core/files/zip-file.js";

/** A part's bytes in the file. */
export interface ZipPart {
  readonly size: number;
  /** Reads the bytes from `start` to `end`; throws BAD_INPUT for bytes that are outside the file. */
  read(start?: number, end?: number): Promise<Buffer>;
}

/** An open zip. */
interface StoredZip {
  /** By name. */
  readonly parts: ReadonlyMap<string, ZipPart>;
  close(): void;
}

/** Opens a zip; throws an error that says what is wrong for what is none, is cut, or has compressed parts. */
export async function openStoredZip(file: string): Promise<StoredZip> {
  const open = await openZip(file);
  try {
    const parts = new Map<string, ZipPart>();
    for await (const entry of open.zip.eachEntry()) parts.set(entry.fileName, await partOf(open, entry));
    return { parts, close: () => open.zip.close() };
  } catch (fault) {
    open.zip.close();
    throw fault;
  }
}

async function partOf({ zip, readAt }: OpenZip, entry: Entry): Promise<ZipPart> {
  const { fileName, uncompressedSize: size } = entry;
  if (entry.compressionMethod !== 0 || entry.isEncrypted()) {
    throw new BioWeftError("MODEL", `its part ${fileName} is compressed or encrypted`);
  }
  // Throws for a part that does not begin where it should or reaches beyond the file's end.
  const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
  return { size, read: (start = 0, end = size) => readAt(fileDataStart + start, end - start) };
}

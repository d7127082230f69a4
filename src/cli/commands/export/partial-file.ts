/**
 * A large file that is written piece by piece and can be gone on with: it grows beside its name, as NAME.partial with a
 * record of how far it is, and takes its name only when it is whole. Whoever is stopped leaves that, and the same command
 * goes on from it.
 */
import { constants } from "node:fs";
import { type FileHandle, open, readFile, rename, rm, stat } from "node:fs/promises";
import { z } from "zod";
import { BioWeftError } from "../../../core/errors.js";
import { outputPlace } from "../../../core/files/output-place.js";
import { writeWholeFile } from "../../../core/files/whole-file.js";
import type { ExportPiece } from "../../../graph/export/export-form.js";

/** What is written, and how its pieces are had from a cursor on. */
interface PartialWork {
  readonly file: string;
  /** What must be the same for a partial file to be gone on with. */
  readonly asked: string;
  readonly isResumable: boolean;
  readonly pieces: (after?: string) => AsyncIterable<ExportPiece>;
  /** Hears how many rows the file has, after each piece. */
  readonly onRows: (rows: number) => void;
}

/** What became of it. */
interface PartialOutcome {
  readonly rows: number;
  /** How many of them were there already. */
  readonly resumedAt: number;
}

const recordShape = z.object({
  asked: z.string(),
  cursor: z.string(),
  bytes: z.number(),
  rows: z.number(),
  process: z.number(),
});
type PartialRecord = z.infer<typeof recordShape>;

/** How often the record is brought up to date, beside at the end: what a killed command has written since is written again. */
const RECORD_MILLIS = 2_000;

/**
 * Writes the file. What can only be written through, or cannot be gone on with, is written from its beginning. Throws
 * CANCELLED, with what is kept, where it was stopped; LOCKED where another command writes the same file.
 */
export async function writePartialFile(work: PartialWork): Promise<PartialOutcome> {
  const place = await outputPlace(work.file);
  if (!work.isResumable || place.kind !== "file") return writeAtOnce(work);
  const paths = { whole: place.path, partial: `${place.path}.partial`, record: `${place.path}.partial.json` };
  const known = await knownRecord(paths.record, paths.partial, work.asked);
  const handle = await open(paths.partial, known === undefined ? "w" : constants.O_RDWR);
  const growing = new GrowingFile(handle, paths.record, work.asked, known);
  try {
    if (place.present !== undefined) await handle.chmod(place.present.mode);
    await growing.begin();
    for await (const piece of work.pieces(known?.cursor)) {
      await growing.append(piece);
      work.onRows(growing.rows);
    }
    await handle.sync();
  } catch (fault) {
    if (await growing.keep()) throw stopped(fault, work.file, growing.rows);
    await rm(paths.partial, { force: true });
    throw fault;
  } finally {
    await handle.close();
  }
  await rename(paths.partial, paths.whole);
  await rm(paths.record, { force: true });
  return { rows: growing.rows, resumedAt: known?.rows ?? 0 };
}

/** The file as far as it is, and the record of it. */
class GrowingFile {
  rows: number;
  #bytes: number;
  /** Where the last piece ends that has a cursor: what stands behind it, a closing, is written again. */
  #last: Pick<PartialRecord, "cursor" | "bytes" | "rows"> | undefined;
  #recordedAt = Date.now();

  constructor(
    private readonly handle: FileHandle,
    private readonly record: string,
    private readonly asked: string,
    known: PartialRecord | undefined,
  ) {
    this.rows = known?.rows ?? 0;
    this.#bytes = known?.bytes ?? 0;
    this.#last = known;
  }

  /** Takes off what was written behind the record, and says who writes now. */
  async begin(): Promise<void> {
    await this.handle.truncate(this.#bytes);
    await this.keep();
  }

  async append({ content, rows, cursor }: ExportPiece): Promise<void> {
    const bytes = typeof content === "string" ? Buffer.from(content) : content;
    for (let written = 0; written < bytes.length; ) {
      const at = this.#bytes + written;
      written += (await this.handle.write(bytes, written, bytes.length - written, at)).bytesWritten;
    }
    this.#bytes += bytes.length;
    this.rows += rows;
    // What has no cursor is never recorded alone: an opening belongs to the piece behind it.
    if (cursor === undefined) return;
    this.#last = { cursor, bytes: this.#bytes, rows: this.rows };
    if (Date.now() - this.#recordedAt > RECORD_MILLIS) await this.keep();
  }

  /** Records how far it is; false where there is nothing yet that can be gone on with. */
  async keep(): Promise<boolean> {
    if (this.#last === undefined) return false;
    const { cursor, bytes, rows } = this.#last;
    // The bytes are on the disk before the record says so.
    await this.handle.datasync();
    const record: PartialRecord = { asked: this.asked, rows, cursor, bytes, process: process.pid };
    await writeWholeFile(this.record, JSON.stringify(record));
    this.#recordedAt = Date.now();
    return true;
  }
}

async function writeAtOnce({ file, pieces, onRows }: PartialWork): Promise<PartialOutcome> {
  let rows = 0;
  await writeWholeFile(file, async function* () {
    for await (const piece of pieces()) {
      rows += piece.rows;
      onRows(rows);
      yield piece.content;
    }
  });
  return { rows, resumedAt: 0 };
}

/** The record of a partial file that answers the same; undefined where there is none, or one of something else. */
async function knownRecord(file: string, partial: string, asked: string): Promise<PartialRecord | undefined> {
  const text = await readFile(file, "utf8").catch(() => undefined);
  const record = text === undefined ? undefined : recordShape.safeParse(parseOrNothing(text)).data;
  if (record === undefined) return undefined;
  if (record.process !== process.pid && isAlive(record.process)) {
    const reason = `process ${record.process} is writing it; wait for it, choose another file, or remove the record beside it if it is another program`;
    throw new BioWeftError("LOCKED", reason, { place: { file: partial } });
  }
  const size = (await stat(partial).catch(() => undefined))?.size ?? 0;
  return record.asked === asked && size >= record.bytes ? record : undefined;
}

function parseOrNothing(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isAlive(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch {
    return false;
  }
}

function stopped(fault: unknown, file: string, rows: number): unknown {
  if (!(fault instanceof BioWeftError) || fault.code !== "CANCELLED") return fault;
  const reason = `stopped after ${rows} rows, which are kept in ${file}.partial; the same command goes on`;
  return new BioWeftError("CANCELLED", reason, { cause: fault });
}

/**
 * Rows that are set aside on disk in parts, so that all rows of one key are in one part, and a part fits into memory. Its
 * own form: a line a row. The files have no names: the system frees them with the process, however that ends.
 */
import { randomUUID } from "node:crypto";
import { closeSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { StringDecoder } from "node:string_decoder";

const FLUSH_LENGTH = 1 << 16;
const CHUNK_BYTES = 1 << 20;

/** A set of parts on the disk of a folder, which must be there. Lines must not hold line breaks. Close it. */
export class Spill {
  private readonly files: number[];
  private readonly buffers: string[][];
  private readonly lengths: number[];

  constructor(folder: string, parts: number) {
    this.files = Array.from({ length: parts }, () => openNameless(folder));
    this.buffers = this.files.map(() => []);
    this.lengths = this.files.map(() => 0);
  }

  /** Sets a line aside with all others of its key, behind those that came before. */
  add(key: string, line: string): void {
    const part = hash(key) % this.files.length;
    this.buffers[part]?.push(line);
    this.lengths[part] = (this.lengths[part] ?? 0) + line.length + 1;
    if ((this.lengths[part] ?? 0) >= FLUSH_LENGTH) this.flush(part);
  }

  /** The lines part by part; a part that was read is gone, and nothing more may be added. */
  *parts(): Generator<Iterable<string>> {
    for (const part of this.files.keys()) this.flush(part);
    for (let file = this.files.shift(); file !== undefined; file = this.files.shift()) {
      try {
        yield linesOf(file);
      } finally {
        closeSync(file);
      }
    }
  }

  /** Closes the files; may be called again. */
  close(): void {
    for (const file of this.files.splice(0)) closeSync(file);
  }

  private flush(part: number): void {
    const file = this.files[part];
    const lines = this.buffers[part] ?? [];
    if (file === undefined || lines.length === 0) return;
    writeSync(file, `${lines.join("\n")}\n`);
    this.buffers[part] = [];
    this.lengths[part] = 0;
  }
}

function openNameless(folder: string): number {
  const path = join(folder, `part-${randomUUID()}`);
  const file = openSync(path, "wx+");
  rmSync(path);
  return file;
}

/** Reads from the start, wherever writing has ended. */
function* linesOf(file: number): Generator<string> {
  const decoder = new StringDecoder("utf8");
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  let [place, rest] = [0, ""];
  for (;;) {
    const read = readSync(file, chunk, 0, CHUNK_BYTES, place);
    if (read === 0) return;
    place += read;
    const lines = (rest + decoder.write(chunk.subarray(0, read))).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
}

/** FNV-1a over UTF-16 code units. */
function hash(text: string): number {
  let state = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    state = Math.imul(state ^ text.charCodeAt(index), 0x01000193);
  }
  return state >>> 0;
}

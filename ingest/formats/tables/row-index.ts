/**
 * A tab-separated table read by its first column without holding the table: one pass notes where the rows of each
 * key stand, about 100 bytes a key, and a look-up reads them from the disk. For tables that belong together but are
 * sorted differently, as BioCreative's are.
 */
import { type FileHandle, open } from "node:fs/promises";
import { BioWeftError, messageOf } from "../../../src/core/errors.js";
import { type ReadOptions, reject } from "../../../src/core/read-options.js";
import { isEncoded } from "../reading/plain-bytes.js";
import { readLines, textLines } from "../reading/text-lines.js";
import { cellsFault, readRows, type TableRow } from "./table-rows.js";

/** Rows of one key that stand together: bytes from `start` to `end`, the first on `line`. */
interface Run {
  readonly start: number;
  readonly line: number;
  end: number;
}

/** An open table. Close it. */
interface RowIndex {
  /** The rows of a key in the order of the file; none for a key that the table lacks. */
  rowsOf(key: string): Promise<TableRow[]>;
  close(): Promise<void>;
}

/** Opens a table. Throws BAD_INPUT with file and line for a row of another number of columns, NOT_FOUND for no file. */
export async function openRowIndex(file: string, columns: number, options: ReadOptions): Promise<RowIndex> {
  if (await isEncoded(file)) return rowsInMemory(file, columns, options);
  const runs = await findRuns(file, columns, options);
  const handle = await open(file).catch((cause: unknown) => {
    throw new BioWeftError("NOT_FOUND", `cannot be read (${messageOf(cause)})`, { place: { file }, cause });
  });
  return {
    async rowsOf(key) {
      const rows: TableRow[] = [];
      for (const run of runs.get(key) ?? []) rows.push(...(await readRun(handle, file, run)));
      return rows;
    },
    close: () => handle.close(),
  };
}

/** A gzip can't be read from its middle, so its rows are kept. */
async function rowsInMemory(file: string, columns: number, options: ReadOptions): Promise<RowIndex> {
  const rows = new Map<string, TableRow[]>();
  for await (const row of readRows(file, columns, options)) {
    const [key = ""] = row.columns;
    const known = rows.get(key);
    if (known === undefined) rows.set(key, [row]);
    else known.push(row);
  }
  return { rowsOf: async (key) => rows.get(key) ?? [], close: async () => {} };
}

async function findRuns(file: string, columns: number, options: ReadOptions): Promise<Map<string, Run[]>> {
  const runs = new Map<string, Run[]>();
  let last: { readonly key: string; readonly run: Run } | undefined;
  for await (const line of readLines(file)) {
    if (line.text === "" && line.fault === undefined) continue;
    const reason = cellsFault(line, columns);
    if (reason !== undefined) {
      reject(new BioWeftError("BAD_INPUT", reason, { place: { file, line: line.number } }), options);
      // What was refused stands in no run.
      last = undefined;
      continue;
    }
    const key = line.text.slice(0, line.text.indexOf("\t"));
    if (last?.key === key) last.run.end = line.end;
    else {
      const run = { start: line.start, line: line.number, end: line.end };
      // subtle: a slice of the line would keep all of it in memory; a copy of the key does not.
      const own = Buffer.from(key).toString();
      const known = runs.get(own);
      if (known === undefined) runs.set(own, [run]);
      else known.push(run);
      last = { key: own, run };
    }
  }
  return runs;
}

async function readRun(handle: FileHandle, file: string, { start, end, line }: Run): Promise<TableRow[]> {
  const { buffer } = await handle.read(Buffer.alloc(end - start), 0, end - start, start);
  return [...textLines(buffer.toString("utf8"))]
    .filter(({ text }) => text !== "")
    .map(({ number, text }) => ({ file, line: line + number - 1, columns: text.split("\t") }));
}

/** The tables in a Python wheel, which is a zip. */
import { text } from "node:stream/consumers";
import type { Entry } from "yauzl";
import { BioWeftError } from "../../src/core/errors.js";
import { openZip } from "../../src/core/files/zip-file.js";

/** Reads a member as UTF-8, whole. Throws NOT_FOUND. */
export type Wheel = (member: string) => Promise<string>;

/** The wheels that are open: their files are closed by whoever is done with all of them. */
const open: { close(): void }[] = [];

/** Closes what `openWheel` opened. */
export function closeWheels(): void {
  for (const zip of open.splice(0)) zip.close();
}

/** Opens a wheel. */
export async function openWheel(file: string): Promise<Wheel> {
  const { zip } = await openZip(file);
  open.push(zip);
  const members: Entry[] = [];
  for await (const entry of zip.eachEntry()) members.push(entry);
  return async (name) => {
    const entry = members.find(({ fileName }) => fileName === name);
    if (entry === undefined)
      throw new BioWeftError("NOT_FOUND", `${file} has no ${name}; is it the version named?`);
    return text(await zip.openReadStreamPromise(entry));
  };
}

/** The rows of a table, cells by place, lines of no cell left out. */
export function rowsOf(table: string): string[][] {
  return table
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => line.replace(/\r$/, "").split("\t"));
}

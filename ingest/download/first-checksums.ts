/**
 * Trust on first use: where a publisher states no checksum, that of the first download is noted, with its day, and
 * every later download of the address, from a mirror too, must have it. The notes are one JSON file.
 */
import { createHash } from "node:crypto";
import { mkdir, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import { BioWeftError } from "../../src/core/errors.js";
import { writeWholeFile } from "../../src/core/files/whole-file.js";
import { fileChunks } from "../formats/reading/file-chunks.js";
import { parseJson } from "../formats/reading/schema-faults.js";

const notesSchema = z.record(z.string(), z.object({ sha256: z.string(), firstFetched: z.string() }));

/** A file's checksum, and the day since when it is known; undefined the first time. */
export interface FirstChecksum {
  readonly sha256: string;
  readonly since: string | undefined;
}

/**
 * Compares a downloaded file with what its address gave first, or notes it. Throws BAD_INPUT for another file, and
 * for notes that are broken.
 */
export async function checkFirst(url: string, file: string, notesFile: string): Promise<FirstChecksum> {
  const notes = await readNotes(notesFile);
  const hash = createHash("sha256");
  for await (const chunk of fileChunks(file)) hash.update(chunk);
  const sha256 = hash.digest("hex");
  const known = notes[url];
  if (known === undefined) {
    const firstFetched = new Date().toISOString().slice(0, 10);
    await writeNotes(notesFile, { ...notes, [url]: { sha256, firstFetched } });
    return { sha256, since: undefined };
  }
  if (known.sha256 === sha256) return { sha256, since: known.firstFetched };
  const reason =
    `${url} is not the file that was first fetched on ${known.firstFetched}: sha256 ${sha256}, not ${known.sha256}; ` +
    `it was thrown away. If its publisher has replaced it, take its entry out of ${notesFile} and fetch again`;
  throw new BioWeftError("BAD_INPUT", reason);
}

async function readNotes(file: string): Promise<z.infer<typeof notesSchema>> {
  const text = await readFile(file, "utf8").catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === "ENOENT") return "{}";
    throw new BioWeftError("BAD_INPUT", `cannot be read (${fault.message})`, {
      place: { file },
      cause: fault,
    });
  });
  return parseJson(notesSchema, text, { file });
}

async function writeNotes(file: string, notes: z.infer<typeof notesSchema>): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeWholeFile(file, `${JSON.stringify(notes, null, 2)}\n`);
  } catch (cause) {
    const reason = "the checksum cannot be noted; check the folder, its permissions and the disk";
    throw new BioWeftError("BAD_INPUT", reason, { place: { file }, cause });
  }
}

/**
 * The JSON files of a model folder: read against a schema, written whole. What stands in them is their owners' to know.
 */
import { readFile } from "node:fs/promises";
import { z } from "zod";
import { BioWeftError, messageOf } from "../errors.js";
import { writeWholeFile } from "./whole-file.js";

/**
 * Reads a file. Throws MODEL where it is missing, no JSON, or not as the schema asks: `reason`, which says what it is
 * not and the cure, then what exactly is wrong.
 */
export async function readJsonFile<Value>(
  file: string,
  schema: z.ZodType<Value>,
  reason: string,
): Promise<Value> {
  try {
    return schema.parse(JSON.parse(await readFile(file, "utf8")));
  } catch (cause) {
    throw new BioWeftError("MODEL", `${reason} (${whatIsWrong(cause)})`, { place: { file }, cause });
  }
}

/** Writes a value as indented JSON, whole or not at all. Throws BAD_INPUT where the file cannot be written. */
export function writeJsonFile(file: string, value: unknown): Promise<void> {
  return writeWholeFile(file, `${JSON.stringify(value, null, 2)}\n`);
}

function whatIsWrong(cause: unknown): string {
  if (cause instanceof z.ZodError) return z.prettifyError(cause).replace(/\s*\n\s*/g, " ");
  // A missing file's message ends with its path, which the error names anyway.
  return messageOf(cause).replace(/, \w+ '.*'$/, "");
}

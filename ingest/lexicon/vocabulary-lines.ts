/**
 * The lines of a vocabulary file, gzipped or not. They may be Latin-1 in places, so nothing is refused for that.
 */
import { BioWeftError } from "../../src/core/errors.js";
import { required } from "../../src/core/required.js";
import { plainChunks } from "../formats/reading/plain-bytes.js";

/** A line; numbers count from 1. */
export interface VocabularyLine {
  readonly number: number;
  readonly text: string;
}

/** Streams a file's lines. Throws NOT_FOUND for no file, BAD_INPUT with the line for a broken gzip. */
export async function* readVocabularyLines(file: string): AsyncGenerator<VocabularyLine> {
  const decoder = new TextDecoder("utf-8");
  let number = 0;
  let rest = "";
  try {
    for await (const chunk of plainChunks(file)) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
      rest = required(lines.pop(), "the rest of a chunk");
      for (const text of lines) {
        number += 1;
        yield { number, text: text.replace(/\r$/, "") };
      }
    }
  } catch (fault) {
    if (!(fault instanceof BioWeftError) || fault.code !== "BAD_INPUT") throw fault;
    throw new BioWeftError("BAD_INPUT", fault.reason, { place: { file, line: number + 1 }, cause: fault });
  }
  if (rest !== "") yield { number: number + 1, text: rest.replace(/\r$/, "") };
}

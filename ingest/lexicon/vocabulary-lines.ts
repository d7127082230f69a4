/**
 * The lines of a vocabulary file, gzipped or not. They may be Latin-1 in places, so nothing is refused for that.
 */
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { createGunzip } from "node:zlib";
import { BioWeftError, messageOf } from "../../src/core/errors.js";

/** A line; numbers count from 1. */
export interface VocabularyLine {
  readonly number: number;
  readonly text: string;
}

/** Streams a file's lines. Throws NOT_FOUND for no file, BAD_INPUT for a broken gzip. */
export async function* readVocabularyLines(file: string): AsyncGenerator<VocabularyLine> {
  const source = createReadStream(file);
  const input = file.endsWith(".gz") ? source.pipe(createGunzip()) : source;
  // A pipe does not hand on its source's faults, and an interface not its input's.
  const failed = new Promise<never>((_, reject) => {
    source.on("error", reject);
    input.on("error", reject);
  });
  const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })[Symbol.asyncIterator]();
  let number = 0;
  try {
    for (;;) {
      const { done, value } = await Promise.race([lines.next(), failed]);
      if (done === true) return;
      number += 1;
      yield { number, text: value };
    }
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") {
      throw new BioWeftError("NOT_FOUND", "no such file", { place: { file }, cause });
    }
    const reason = `cannot be read (${messageOf(cause)}); download it again`;
    throw new BioWeftError("BAD_INPUT", reason, { place: { file, line: number + 1 }, cause });
  } finally {
    source.destroy();
  }
}

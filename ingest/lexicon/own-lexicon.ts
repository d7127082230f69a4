/**
 * The lexicon that comes with the project (models/lexicon): an entity a line, its kind and number, then its names, the
 * preferred one first, tabs between; Brotli. It is held as it is read, and an entity made of its line when it is found.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliDecompress } from "node:zlib";
import { PACKAGE_ROOT } from "../../src/core/config.js";
import { BioWeftError, messageOf } from "../../src/core/errors.js";
import { required } from "../../src/core/required.js";
import { NameIndex } from "./name-index.js";
import type { LexiconEntity, NamedEntities } from "./named-entities.js";

/** What an entity of the file is, by the letter that its line begins with. */
const KINDS = {
  H: { type: "Gene", prefix: "NCBIGene:", taxon: 9606 },
  M: { type: "Gene", prefix: "NCBIGene:", taxon: 10090 },
  D: { type: "Disease", prefix: "MESH:" },
  C: { type: "Chemical", prefix: "MESH:" },
} as const;
/** Of an entity of the file. */
export type LexiconKind = keyof typeof KINDS;

/** Where it is. */
export const OWN_LEXICON = join(PACKAGE_ROOT, "models", "lexicon", "names.tsv.br");

/** A little more than the names of the released file. */
const ROOM = 1 << 20;
const LINE_END = 10;
const TAB = "\t";

/** Reads it. Throws NOT_FOUND for no file, BAD_INPUT for one that is broken. */
export async function loadOwnLexicon(file: string = OWN_LEXICON): Promise<NamedEntities> {
  const bytes = await unpacked(file);
  const index = new NameIndex(ROOM);
  const starts: number[] = [];
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(LINE_END, start);
    if (end < 0) throw broken(file, "its last line does not end");
    addLine(index, bytes.toString("utf8", start, end), starts.length);
    starts.push(start);
    start = end + 1;
  }
  return {
    index,
    trusted: false,
    entity: (number) => entityAt(bytes, required(starts[number], "an entity's line")),
  };
}

async function unpacked(file: string): Promise<Buffer> {
  const packed = await readFile(file).catch((cause: unknown) => {
    throw new BioWeftError("NOT_FOUND", `the lexicon cannot be read; is the installation whole?`, {
      place: { file },
      cause,
    });
  });
  return promisify(brotliDecompress)(packed).catch((cause: unknown) => {
    throw broken(file, messageOf(cause), cause);
  });
}

function addLine(index: NameIndex, line: string, entity: number): void {
  let at = line.indexOf(TAB);
  for (let preferred = true; at >= 0; preferred = false) {
    const next = line.indexOf(TAB, at + 1);
    index.add(line.slice(at + 1, next < 0 ? line.length : next), entity, preferred);
    at = next;
  }
}

function entityAt(bytes: Buffer, start: number): LexiconEntity {
  const line = bytes.toString("utf8", start, bytes.indexOf(LINE_END, start));
  const [head = "", ...names] = line.split(TAB);
  const { prefix, ...kind } = KINDS[head.charAt(0) as LexiconKind];
  return { curie: prefix + head.slice(1), names: names.length, ...kind };
}

function broken(file: string, why: string, cause?: unknown): BioWeftError {
  return new BioWeftError("BAD_INPUT", `the lexicon is broken (${why}); restore it from the release`, {
    place: { file },
    cause,
  });
}

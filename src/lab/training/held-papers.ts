/**
 * The papers that a training run kept back, by corpus: written into its folder as `held.json`, so that a model can be
 * calibrated and scored on what it has not seen.
 */
import { join } from "node:path";
import { z } from "zod";
import { BioWeftError } from "../../core/errors.js";
import { readJsonFile } from "../../core/files/json-file.js";

/** Identifiers of documents, as `Document.pmid` has them, by the corpus's name. */
export type HeldPapers = Readonly<Record<string, readonly string[]>>;

/** The file's name without its ending. */
export const HELD_FILE = "held";

/** The documents of a corpus that a run kept back. Throws NOT_FOUND where the folder says none, CONFIG for a corpus without. */
export async function readHeldPapers(runDir: string, corpus: string): Promise<ReadonlySet<string>> {
  const file = join(runDir, `${HELD_FILE}.json`);
  const reason = "says nothing of the papers that a run kept back; give the --run folder of a training";
  const held: HeldPapers = await readJsonFile(file, z.record(z.string(), z.array(z.string())), reason);
  const own = held[corpus] ?? [];
  if (own.length > 0) return new Set(own);
  const names = Object.keys(held).join(", ");
  throw new BioWeftError("CONFIG", `the run kept nothing of ${corpus} back, only of ${names}`, {
    place: { file },
  });
}

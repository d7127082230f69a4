/**
 * A teacher's answers about the pairs of a carried run (carried-run.ts), which lie beside it as `answers.safetensors`:
 * softened probabilities of all classes, a row for each pair of the taught documents, in the order of their arrays.
 */
import { appendFile, readFile, rm, truncate } from "node:fs/promises";
import { join } from "node:path";
import { BioWeftError } from "../../../core/errors.js";
import { writeSafetensors } from "../../checkpoints/write-safetensors.js";
import type { TrainingExample } from "../examples.js";
import type { Teacher } from "../teacher.js";
import { type CarriedViewSettings, carriedPairs } from "./carried-examples.js";

/** Who is asked, and how pairs are ordered. */
interface AnswerSettings extends CarriedViewSettings {
  readonly teacher: Teacher;
  readonly signal?: AbortSignal;
  /** Called with how many documents are answered. */
  onAnswered(documents: number): void;
}

const NUMBER_BYTES = 4;

/** Where a run's answers lie, once all are there. */
export function carriedAnswersFile(dir: string): string {
  return join(dir, "answers.safetensors");
}

/**
 * Asks the teacher about each document and writes what it says. What was answered before an interruption is kept in
 * `answers.part`, and asking goes on behind it. Throws CANCELLED when the signal fires, CONFIG where the teacher knows
 * nothing of the examples' task, MODEL where it leaves a pair unanswered.
 */
export async function writeCarriedAnswers(
  dir: string,
  examples: readonly TrainingExample[],
  settings: AnswerSettings,
): Promise<void> {
  const classes = settings.labels.classes.length;
  const part = join(dir, "answers.part");
  await appendFile(part, "");
  const known = (await readFile(part)).byteLength;
  let bytes = 0;
  for (const [index, example] of examples.entries()) {
    if (settings.signal?.aborted === true) {
      const reason = `stopped; ${index} of ${examples.length} documents are answered, the same command goes on`;
      throw new BioWeftError("CANCELLED", reason);
    }
    const pairs = carriedPairs(example, settings);
    const own = pairs.length * classes * NUMBER_BYTES;
    if (bytes + own > known) {
      // The first one that is not known may be there in part.
      if (bytes < known) await truncate(part, bytes);
      await appendFile(part, await answersOf(example, pairs, settings));
    }
    bytes += own;
    settings.onAnswered(index + 1);
  }
  const data = new Float32Array(new Uint8Array(await readFile(part)).buffer);
  const answers = { shape: [data.length / classes, classes], data };
  await writeSafetensors(carriedAnswersFile(dir), new Map([["answers", answers]]), "fp16");
  await rm(part);
}

async function answersOf(
  example: TrainingExample,
  pairs: ReturnType<typeof carriedPairs>,
  { teacher, labels }: AnswerSettings,
): Promise<Uint8Array> {
  const answers = await teacher.answers(example);
  if (answers === undefined) {
    const reason = `${teacher.id} answers as BioRED would, and the task asks as ${example.task.prompt}; leave --teacher out`;
    throw new BioWeftError("CONFIG", reason);
  }
  const rows = new Float32Array(pairs.length * labels.classes.length);
  for (const [index, pair] of pairs.entries()) {
    const answer = answers.get(pair);
    if (answer === undefined) {
      const { pmid } = example.document;
      const reason = `${teacher.id} said nothing of ${pair.subject.curie} and ${pair.object.curie}; take another teacher`;
      throw new BioWeftError("MODEL", reason, { place: { pmid } });
    }
    rows.set(answer, index * labels.classes.length);
  }
  return new Uint8Array(rows.buffer);
}

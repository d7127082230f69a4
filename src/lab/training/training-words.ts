/**
 * A training run in words, on stderr: what it learns from and what it keeps back before it starts, and how far it is.
 */
import type { TrainingProgress } from "../../model/training/trainer.js";
import type { HeldPapers } from "./held-papers.js";
import type { ReadExamples } from "./training-corpora.js";

/** How many documents of each corpus are learned from, and how many are kept back. */
export function describeRun(learned: readonly ReadExamples[], papers: HeldPapers): string {
  return `${describeCounts(learned)}; ${describeHeld(papers)} held out`;
}

function describeCounts(read: readonly ReadExamples[]): string {
  return read
    .map(({ corpus, examples, leaks }) => `${corpus.name}: ${examples.length} documents (${leaks} kept out)`)
    .join(", ");
}

function describeHeld(papers: HeldPapers): string {
  return Object.entries(papers)
    .map(([corpus, kept]) => `${kept.length} of ${corpus}`)
    .join(", ");
}

/** How far training is, as its bar says it. */
export function progressNote(progress: TrainingProgress): string {
  const minutes = Math.ceil(progress.secondsLeft / 60);
  const { phase, epoch, loss, documentsPerSecond, held } = progress;
  const scores =
    held === undefined ? "" : `, held out: pair ${percent(held.pair.f1)}, typed ${percent(held.typed.f1)}`;
  return `${phase} epoch ${epoch}, loss ${loss.toFixed(3)}, ${documentsPerSecond.toFixed(1)} documents/s, ${minutes} min left${scores}`;
}

function percent(fraction: number): string {
  return (100 * fraction).toFixed(1);
}

/**
 * Which documents of each corpus a run learns, and which it keeps back: the task's for calibration and early stopping,
 * the other corpora's for the calibration of their prompts. Decided by the seed alone.
 */
import type { CorpusDeclaration } from "../../../ingest/corpora/corpus.js";
import { BioWeftError } from "../../core/errors.js";
import { seededRandom } from "../../core/random.js";
import type { TrainingExample } from "../../model/training/examples.js";
import type { HeldPrompt } from "../../model/training/held-out.js";
import type { Method } from "../../model/training/methods.js";
import { scoringRule } from "../evaluation/scoring-rule.js";
import type { HeldPapers } from "./held-papers.js";
import type { ReadExamples } from "./training-corpora.js";

/** Of another corpus than the task at most this share is kept back, as it has more to teach than to be asked. */
const MOST_OF_OTHERS = 0.1;

/** What is asked of the division. */
interface SplitChoice {
  readonly method: Method;
  /** Documents of the task, and of each other corpus that has a prompt of its own. */
  readonly held: number;
  readonly heldOthers: number;
  /** Share of the task's other documents that is learned. */
  readonly fraction: number;
  readonly seed: number;
}

/** The divided corpora. */
interface SplitExamples {
  readonly held: TrainingExample[];
  readonly heldPrompts: HeldPrompt[];
  readonly learned: ReadExamples[];
  readonly papers: HeldPapers;
}

/** Divides the task's documents and the others'. Throws CONFIG where nothing of the task is left to learn. */
export function splitHeld(
  [task, ...others]: readonly ReadExamples[],
  { method, held, heldOthers, fraction, seed }: SplitChoice,
): SplitExamples {
  if (task === undefined) return { held: [], heldPrompts: [], learned: [], papers: {} };
  const shuffled = seededRandom(seed).shuffle(task.examples);
  const rest = shuffled.slice(held);
  if (rest.length === 0) {
    const reason = `--held ${held} leaves nothing of ${task.corpus.name}'s ${shuffled.length} documents to learn from; hold back fewer`;
    throw new BioWeftError("CONFIG", reason);
  }
  const own = shuffled.slice(0, held);
  // The same seed gives the same held-out documents whatever the share, and a smaller share within a larger.
  const examples = rest.slice(0, Math.max(1, Math.round(rest.length * fraction)));
  const divided = others.map((other) => {
    const asked = method === "biorex" && hasOwnCalibration(other.corpus, task.corpus) ? heldOthers : 0;
    return { other, ...divide(other.examples, asked, seed) };
  });
  const kept = divided.filter(({ back }) => back.length > 0);
  return {
    held: own,
    heldPrompts: kept.map(({ other: { corpus }, back }) => ({
      prompt: corpus.prompt,
      rule: scoringRule(corpus),
      examples: back,
    })),
    learned: [
      { ...task, examples },
      ...divided.map(({ other, learned }) => ({ ...other, examples: learned })),
    ],
    papers: Object.fromEntries(
      [
        { corpus: task.corpus, back: own },
        ...kept.map(({ other, back }) => ({ corpus: other.corpus, back })),
      ].map(({ corpus, back }) => [corpus.name, back.map(({ document }) => document.pmid)]),
    ),
  };
}

/** Whether a prompt is asked by this corpus alone, and the corpus says of pairs that they are not related. */
function hasOwnCalibration(corpus: CorpusDeclaration, task: CorpusDeclaration): boolean {
  return corpus.prompt !== task.prompt && corpus.positivesOnly !== true;
}

function divide(examples: readonly TrainingExample[], held: number, seed: number) {
  const count = Math.min(held, Math.floor(examples.length * MOST_OF_OTHERS));
  const back = seededRandom(seed).shuffle(examples).slice(0, count);
  const kept = new Set(back);
  return { back, learned: count === 0 ? [...examples] : examples.filter((one) => !kept.has(one)) };
}

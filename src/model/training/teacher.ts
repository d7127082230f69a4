/**
 * Distillation (Hinton et al. 2015): a trained classifier, of whatever network, gives the probabilities that a
 * smaller or faster network learns beside the gold classes. It is asked once a document.
 */
import { type Candidate, pairKey } from "../../core/candidate.js";
import type { Document } from "../../core/document.js";
import type { Prediction, RelationClassifier } from "../../core/prediction.js";
import { DEFAULT_PROMPT, type ModelLabels } from "../inputs/labels.js";
import type { TrainingExample } from "./examples.js";

/** How a teacher's answers count. */
export interface DistillationSettings {
  /** The teacher's share of the loss, 0 to 1; the gold classes have the rest. */
  readonly share: number;
  /** Both sides' probabilities are softened by this before they are compared. */
  readonly temperature: number;
}

/** Half of the loss the teacher's, at temperature 2. */
export const DISTILLATION_DEFAULTS: DistillationSettings = { share: 0.5, temperature: 2 };

/** A teacher with what it has said so far. */
export interface Teacher {
  /** The model's name and version. */
  readonly id: string;
  readonly settings: DistillationSettings;
  /**
   * Softened probabilities of all classes for the example's candidates. Undefined for corpora whose question is
   * not BioRED's: the teacher answers as BioRED would.
   */
  answers(example: TrainingExample): Promise<ReadonlyMap<Candidate, Float32Array> | undefined>;
}

/** Makes a classifier the teacher of a network with these labels. The caller disposes of it. */
export function classifierTeacher(
  classifier: Pick<RelationClassifier, "info" | "predict">,
  { classes }: Pick<ModelLabels, "classes">,
  settings: DistillationSettings,
): Teacher {
  const asked = new Map<Document, ReadonlyMap<string, Float32Array>>();
  const ask = async (document: Document): Promise<ReadonlyMap<string, Float32Array>> => {
    const known = asked.get(document);
    if (known !== undefined) return known;
    const { predictions } = await classifier.predict(document);
    const answers = new Map(
      predictions.map((prediction) => [keyOf(prediction.candidate), soften(prediction, classes, settings)]),
    );
    asked.set(document, answers);
    return answers;
  };
  return {
    id: classifier.info.id,
    settings,
    async answers({ document, task, candidates }) {
      if (task.prompt !== DEFAULT_PROMPT) return undefined;
      const answers = await ask(document);
      return new Map(
        candidates.flatMap((candidate) => {
          const answer = answers.get(keyOf(candidate));
          return answer === undefined ? [] : [[candidate, answer] as const];
        }),
      );
    },
  };
}

function keyOf({ subject, object }: Candidate): string {
  return pairKey(subject.curie, object.curie);
}

/** p^(1/temperature), normalised, in the order of the classes; other corpora's negatives get nothing. */
function soften(
  { probabilities }: Prediction,
  classes: readonly string[],
  { temperature }: DistillationSettings,
): Float32Array {
  const byName: Readonly<Record<string, number>> = probabilities;
  const powers = Float32Array.from(classes, (name) => (byName[name] ?? 0) ** (1 / temperature));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}

/**
 * Training runs small enough for a unit test: documents whose relation can be told from a few letters, the tiny
 * encoder, tfjs's portable backend.
 */
import type { Document } from "../../../src/core/document.js";
import { seededRandom } from "../../../src/core/random.js";
import type { RelationTask } from "../../../src/core/relation-task.js";
import { PAIR_TYPES } from "../../../src/core/relation-types.js";
import { loadInitialParameters, networkConfig } from "../../../src/model/folder/initial-parameters.js";
import { modelLabels } from "../../../src/model/inputs/labels.js";
import type { DocumentInputName } from "../../../src/model/networks/document-graph.js";
import { readEncoderConfig } from "../../../src/model/networks/encoder-config.js";
import { loadPortableTensorflow } from "../../../src/model/ops/tensorflow.js";
import { loadTokenizer } from "../../../src/model/text/tokenizer.js";
import { documentLearner } from "../../../src/model/training/document-learner.js";
import { type TrainingExample, toTrainingExample } from "../../../src/model/training/examples.js";
import { TRAINING_DEFAULTS, type TrainingPhase } from "../../../src/model/training/plan.js";
import type { TrainingProgress, TrainingRun } from "../../../src/model/training/trainer.js";
import { aDocument } from "../builders.js";

/** A task that asks for every pair of a document. */
export const TINY_TASK: RelationTask = {
  prompt: "BioRED",
  ownMarkers: false,
  noneClass: "None",
  pairTypes: PAIR_TYPES,
  scope: "document",
};

export const TINY_LABELS = modelLabels([TINY_TASK]);

/** A document of one pair, related where the index is even; where it is odd the two stand far apart and are not. */
export function letterDocument(index: number, letter = "x"): Document {
  const between = index % 2 === 0 ? letter : `${letter} y y y y y`;
  return aDocument({
    pmid: String(90_090_000 + index),
    title: `ab ${between} cd`,
    abstract: null,
    mentions: [
      { text: "ab", type: "Chemical", ids: ["D000001"] },
      { text: "cd", type: "Disease", ids: ["D000002"] },
    ],
    relations:
      index % 2 === 0
        ? [{ subject: "MESH:D000001", object: "MESH:D000002", type: "Positive_Correlation" }]
        : [],
  });
}

/** The examples of documents for the tiny task. */
export function tinyExamples(documents: readonly Document[]): TrainingExample[] {
  return documents.map((document) => toTrainingExample(document, TINY_TASK, TINY_LABELS));
}

/** One phase over one source. */
export function aPhase(examples: readonly TrainingExample[], epochs: number, weight = 1): TrainingPhase {
  return { name: "letters", epochs, sources: [{ examples, weight }] };
}

/** A run over four letter documents, which are held out too; `reports` gets what it reports. */
export async function aTinyRun(
  encoder: string,
  runDir: string,
  parts: Partial<TrainingRun<DocumentInputName>> = {},
): Promise<TrainingRun<DocumentInputName> & { readonly reports: TrainingProgress[] }> {
  const tokenizer = await loadTokenizer(encoder);
  const config = networkConfig(await readEncoderConfig(encoder), TINY_LABELS.classes.length);
  const examples = tinyExamples([0, 1, 2, 3].map((index) => letterDocument(index)));
  const reports: TrainingProgress[] = [];
  return {
    reports,
    tf: (await loadPortableTensorflow()).tf,
    tokenizer,
    classes: TINY_LABELS.classes,
    learner: documentLearner(config, TINY_LABELS, { maxPairs: 10, mentionPairs: 1 }),
    initial: await loadInitialParameters(encoder, tokenizer, config, TINY_LABELS, seededRandom(1)),
    phases: [aPhase(examples, 8)],
    held: examples,
    settings: { ...TRAINING_DEFAULTS, batchDocuments: 2, learningRate: 1e-2, headFactor: 2 },
    runDir,
    checkpointSeconds: 1e9,
    onProgress: (progress) => reports.push(progress),
    ...parts,
  };
}

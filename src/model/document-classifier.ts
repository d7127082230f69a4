/**
 * A document model and its loaded network → a classifier that the other rooms can use: views, passes, decoding.
 */
import type { Candidate } from "../core/candidate.js";
import type { DocumentPredictions, RelationClassifier } from "../core/prediction.js";
import { required } from "../core/required.js";
import { type Calibration, decodePrediction } from "./answers/decoding.js";
import { modelInfo } from "./answers/model-info.js";
import { promptCalibration } from "./answers/prompt-calibration.js";
import { decodeQualifiers } from "./answers/qualifiers.js";
import { strongestRows } from "./answers/strongest-reading.js";
import type { ModelDescription, StoredModel } from "./folder/model-folder.js";
import { watchPasses } from "./inputs/between-passes.js";
import type { DocumentView } from "./inputs/document-input.js";
import type { ViewsRecipe } from "./inputs/input-maker.js";
import { inputSource } from "./inputs/input-threads.js";
import { askedTask, qualifierOutputs } from "./inputs/labels.js";
import { type Prepared, readingAhead } from "./inputs/reading-ahead.js";
import type { PairOptions } from "./pair-classifier.js";
import type { PlacedPair } from "./text/text-windows.js";
import type { ViewRunner } from "./view-runner.js";

/**
 * Windows of one document: every pair of neighbouring halves of a paper of 50,000 characters, and as many of two distant
 * ones. Two slow cores take 0.25 s a window with the released model.
 */
const MOST_WINDOWS = 100;
/** Steps in which the pairs of a text are scored that somebody looks on at. A second one costs a tenth of the time. */
const STEPS_LOOKED_ON = 2;

/** Joins a stored model with its loaded network. */
export async function documentClassifier(
  model: StoredModel,
  runner: ViewRunner,
  { task, wants }: Pick<PairOptions, "task" | "wants"> = {},
): Promise<RelationClassifier> {
  const { description } = model;
  const asked = askedTask(description.specials, task);
  const inputs = await inputSource(viewsRecipe(model, runner, asked), runner.together, wants);
  const calibration = promptCalibration(description, asked.prompt);
  return readingAhead({
    info: modelInfo(description, model.parameters, runner.engine),
    together: runner.together,
    make: (document) => inputs.make(document),
    async score(prepared, asking) {
      const views = prepared.flatMap(({ inputs: own }) => own);
      const documents = prepared.map(({ document }) => document);
      const readings = views.flatMap((view) => view.readings);
      const afterPass = watchPasses(documents, candidatesOf(readings), asking);
      const steps = (asking.priority ?? 0) > 0 ? STEPS_LOOKED_ON : 1;
      const logits = await runner.run(views, (read) => afterPass(candidatesOf(read)), steps);
      let begin = 0;
      return prepared.map((document) => {
        const own = logits.slice(begin, begin + document.inputs.length);
        begin += document.inputs.length;
        return decoded(description, calibration, document, own);
      });
    },
    async dispose() {
      await inputs.dispose();
      await runner.dispose();
    },
  });
}

/** What makes the model's views of a question that it knows. */
function viewsRecipe(
  { dir, description, config }: StoredModel,
  { viewRows }: ViewRunner,
  task: ViewsRecipe["task"],
): ViewsRecipe {
  return {
    makes: "views",
    dir,
    labels: { classes: description.classes, specials: description.specials },
    task,
    limits: {
      maxPositions: config.maxPositions,
      maxRows: viewRows,
      mentionPairs: description.mentionPairs ?? 1,
      mostWindows: MOST_WINDOWS,
    },
  };
}

function candidatesOf(readings: readonly PlacedPair[]): Candidate[] {
  return readings.map(({ candidate }) => candidate);
}

/** A document's answers from the logits of each of its views. */
function decoded(
  { id, classes, qualifiers = [] }: ModelDescription,
  calibration: Calibration,
  { document, inputs: views, unasked }: Prepared<DocumentView>,
  logits: readonly Float32Array[],
): DocumentPredictions {
  const readings = views.flatMap((view) => view.readings);
  const outputs = classes.length + qualifierOutputs(qualifiers);
  const rows = views.flatMap((view, index) => {
    const all = required(logits[index], "a view's logits");
    return view.readings.map((_, row) => all.subarray(row * outputs, (row + 1) * outputs));
  });
  const strongest = strongestRows(
    candidatesOf(readings),
    rows.map((row) => row.subarray(0, classes.length)),
    classes,
  );
  const predictions = Array.from(strongest, ([candidate, row]) => {
    const { subject, object } = required(readings[row], "a reading");
    const scores = required(rows[row], "a reading's scores");
    return {
      ...decodePrediction(candidate, scores.subarray(0, classes.length), classes, calibration),
      ...decodeQualifiers(candidate, scores.subarray(classes.length), qualifiers, calibration),
      readAt: { subject, object },
    };
  });
  return { document, predictions, model: id, ...(unasked === 0 ? {} : { unasked }) };
}

/**
 * A document model and its loaded network → a classifier that the other rooms can use: views, passes, decoding.
 */
import type { Candidate } from "../core/candidate.js";
import type { DocumentPredictions, RelationClassifier } from "../core/prediction.js";
import { required } from "../core/required.js";
import { decodePrediction } from "./answers/decoding.js";
import { modelInfo } from "./answers/model-info.js";
import { strongestRows } from "./answers/strongest-reading.js";
import type { ModelDescription, StoredModel } from "./folder/model-folder.js";
import { watchPasses } from "./inputs/between-passes.js";
import type { DocumentView } from "./inputs/document-input.js";
import type { ViewsRecipe } from "./inputs/input-maker.js";
import { inputSource } from "./inputs/input-threads.js";
import { BIORED_TASK, promptName } from "./inputs/labels.js";
import { type Prepared, readingAhead } from "./inputs/reading-ahead.js";
import type { PairOptions } from "./pair-classifier.js";
import type { ViewRunner } from "./view-runner.js";

/**
 * Rows of logits asked in one pass, each two marker rows beside the text's: what an abstract of BioRED asks (67 pairs,
 * read twice). Two slow cores take 0.3 s for it, and that long a signal waits.
 */
const MAX_ROWS = 160;

/** Joins a stored model with its loaded network. */
export async function documentClassifier(
  model: StoredModel,
  runner: ViewRunner,
  { task, wants }: Pick<PairOptions, "task" | "wants"> = {},
): Promise<RelationClassifier> {
  const { description } = model;
  const inputs = await inputSource(viewsRecipe(model, task), runner.together, wants);
  return readingAhead({
    info: modelInfo(description, model.parameters, runner.engine),
    together: runner.together,
    make: (document) => inputs.make(document),
    async score(prepared, asking) {
      const views = prepared.flatMap(({ inputs: own }) => own);
      const documents = prepared.map(({ document }) => document);
      const afterPass = watchPasses(documents, candidatesOf(views), asking);
      const logits = await runner.run(views, (read) => afterPass(candidatesOf(read)));
      let begin = 0;
      return prepared.map((document) => {
        const own = logits.slice(begin, begin + document.inputs.length);
        begin += document.inputs.length;
        return decoded(description, document, own);
      });
    },
    async dispose() {
      await inputs.dispose();
      await runner.dispose();
    },
  });
}

/** What makes the model's views, told of the task where it knows that. */
function viewsRecipe({ dir, description, config }: StoredModel, task: PairOptions["task"]): ViewsRecipe {
  const known = task !== undefined && description.specials.includes(promptName(task.prompt));
  return {
    makes: "views",
    dir,
    labels: { classes: description.classes, specials: description.specials },
    task: known ? task : BIORED_TASK,
    limits: {
      maxPositions: config.maxPositions,
      maxRows: MAX_ROWS,
      mentionPairs: description.mentionPairs ?? 1,
    },
  };
}

/** The candidate of every row of some views. */
function candidatesOf(views: readonly DocumentView[]): Candidate[] {
  return views.flatMap(({ readings }) => readings.map(({ candidate }) => candidate));
}

/** A document's answers from the logits of each of its views. */
function decoded(
  description: ModelDescription,
  { document, inputs: views }: Prepared<DocumentView>,
  logits: readonly Float32Array[],
): DocumentPredictions {
  const { classes } = description;
  const readings = views.flatMap((view) => view.readings);
  const rows = views.flatMap((view, index) => {
    const all = required(logits[index], "a view's logits");
    return view.readings.map((_, row) => all.subarray(row * classes.length, (row + 1) * classes.length));
  });
  const strongest = strongestRows(
    readings.map(({ candidate }) => candidate),
    rows,
    classes,
  );
  const predictions = Array.from(strongest, ([candidate, row]) => {
    const { subject, object } = required(readings[row], "a reading");
    const scores = required(rows[row], "a reading's scores");
    return {
      ...decodePrediction(candidate, scores, classes, description),
      readAt: { subject, object },
    };
  });
  return { document, predictions, model: description.id };
}

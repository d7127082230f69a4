/**
 * A document model and its loaded network → a classifier that the other rooms can use: views, passes, decoding.
 */
import type { DocumentPredictions, RelationClassifier } from "../core/prediction.js";
import { decodePrediction } from "./answers/decoding.js";
import { modelInfo } from "./answers/model-info.js";
import { strongestRows } from "./answers/strongest-reading.js";
import { type Engine, fillsItself, type LoadedNetwork } from "./engines/engine.js";
import type { StoredModel } from "./folder/model-folder.js";
import type { DocumentView } from "./inputs/document-input.js";
import type { ViewsRecipe } from "./inputs/input-maker.js";
import { inputSource } from "./inputs/input-threads.js";
import { BIORED_TASK, promptName } from "./inputs/labels.js";
import { type Prepared, readingAhead } from "./inputs/reading-ahead.js";
import {
  type DocumentBatchInputName,
  documentBatches,
  documentBatchFeeds,
  documentBatchGraph,
} from "./networks/document-batch.js";
import { type DocumentInputName, documentFeeds, documentGraph } from "./networks/document-graph.js";
import type { PairOptions } from "./pair-classifier.js";

/** Rows of logits asked in one pass: two marker rows each, so about 40 MB of scores at 500 tokens. */
const MAX_ROWS = 800;
/** So many passes' documents are sorted by size together. */
const PASSES_TOGETHER = 4;
/** Rows of an abstract: its tokens, and the markers of its pairs. */
const USUAL_ROWS = 512;

/** Runs views through the network: the logits of each, pairs × classes, row-major. */
export interface ViewRunner {
  run(views: readonly DocumentView[]): Promise<Float32Array[]>;
  readonly engine: string;
  /** Documents that are best given together. */
  readonly together: number;
  dispose(): Promise<void>;
}

/** Loads a document model into an engine: a document a pass, or, for a card, as many as fill it. */
export async function loadViewRunner(
  model: Pick<StoredModel, "config" | "parameters">,
  engine: Engine,
): Promise<ViewRunner> {
  if (fillsItself(engine)) return oneByOne(await engine.load(documentGraph(model.config), model.parameters));
  const network = await engine.load(documentBatchGraph(model.config), model.parameters);
  return inBatches(network, model.config.classes, engine.passRows);
}

/** A view a pass. */
export function oneByOne(network: LoadedNetwork<DocumentInputName>): ViewRunner {
  return {
    engine: network.engine,
    together: 1,
    dispose: () => network.dispose(),
    async run(views) {
      const all: Float32Array[] = [];
      for (const view of views) all.push(await network.logits(documentFeeds(view)));
      return all;
    },
  };
}

/** As many views a pass as `passRows` allows. */
export function inBatches(
  network: LoadedNetwork<DocumentBatchInputName>,
  classes: number,
  passRows: number,
): ViewRunner {
  const pass = async (views: readonly DocumentView[]): Promise<Float32Array[]> => {
    try {
      const logits = await network.logits(documentBatchFeeds(views));
      let begin = 0;
      return views.map(({ subjects }) => {
        const end = begin + subjects.length * classes;
        const own = logits.subarray(begin, end);
        begin = end;
        return own;
      });
    } catch (cause) {
      // A card with less memory than most: half as many documents may fit.
      if (views.length === 1) throw cause;
      const half = Math.ceil(views.length / 2);
      return [...(await pass(views.slice(0, half))), ...(await pass(views.slice(half)))];
    }
  };
  return {
    engine: network.engine,
    together: Math.ceil((PASSES_TOGETHER * passRows) / USUAL_ROWS),
    dispose: () => network.dispose(),
    async run(views) {
      const all: Float32Array[] = [];
      for (const members of documentBatches(views, passRows)) {
        const logits = await pass(members.flatMap((index) => views[index] ?? []));
        for (const [place, index] of members.entries()) all[index] = logits[place] ?? new Float32Array();
      }
      return all;
    },
  };
}

/** Joins a stored model with its loaded network. */
export async function documentClassifier(
  model: StoredModel,
  runner: ViewRunner,
  { task, wants }: Pick<PairOptions, "task" | "wants"> = {},
): Promise<RelationClassifier> {
  const { description, config } = model;
  const known = task !== undefined && description.specials.includes(promptName(task.prompt));
  const recipe: ViewsRecipe = {
    makes: "views",
    dir: model.dir,
    labels: { classes: description.classes, specials: description.specials },
    task: known ? task : BIORED_TASK,
    limits: {
      maxPositions: config.maxPositions,
      maxRows: MAX_ROWS,
      mentionPairs: description.mentionPairs ?? 1,
    },
  };
  const inputs = await inputSource(recipe, runner.together, wants);
  const { classes } = description;
  const decode = ({ document, inputs: views }: Prepared<DocumentView>, logits: readonly Float32Array[]) => {
    const readings = views.flatMap((view) => view.readings);
    const rows = views.flatMap((view, index) =>
      view.readings.map((_, row) => {
        const scores = logits[index]?.subarray(row * classes.length, (row + 1) * classes.length);
        return scores ?? new Float32Array();
      }),
    );
    const candidates = readings.map(({ candidate }) => candidate);
    const predictions = Array.from(strongestRows(candidates, rows, classes), ([candidate, row]) => {
      const { subject, object } = readings[row] ?? {};
      const decoded = decodePrediction(candidate, rows[row] ?? new Float32Array(), classes, description);
      return subject === undefined || object === undefined
        ? decoded
        : { ...decoded, readAt: { subject, object } };
    });
    return { document, predictions, model: description.id } satisfies DocumentPredictions;
  };
  return readingAhead({
    info: modelInfo(description, model.parameters, runner.engine),
    together: runner.together,
    make: (document) => inputs.make(document),
    async score(documents) {
      const logits = await runner.run(documents.flatMap(({ inputs: views }) => views));
      let begin = 0;
      return documents.map((document) => {
        const own = logits.slice(begin, begin + document.inputs.length);
        begin += document.inputs.length;
        return decode(document, own);
      });
    },
    async dispose() {
      await inputs.dispose();
      await runner.dispose();
    },
  });
}

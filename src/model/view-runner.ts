/**
 * Views of documents → logits, pass by pass: a view a pass for the processor, which one fills, or, for a card, as many
 * as fill it.
 */
import { required } from "../core/required.js";
import { type Engine, fillsItself, type LoadedNetwork } from "./engines/engine.js";
import type { StoredModel } from "./folder/model-folder.js";
import type { DocumentView } from "./inputs/document-input.js";
import {
  type DocumentBatchInputName,
  documentBatches,
  documentBatchFeeds,
  documentBatchGraph,
} from "./networks/document-batch.js";
import { type DocumentInputName, documentFeeds, documentGraph } from "./networks/document-graph.js";

/** So many passes' documents are sorted by size together. */
const PASSES_TOGETHER = 4;
/** Rows of an abstract: its tokens, and the markers of its pairs. */
const USUAL_ROWS = 512;

/** Told after every pass which views it read. Where it throws, no further pass is made. */
export type AfterViews = (views: readonly DocumentView[]) => Promise<void>;

/** Runs views through the network: the logits of each, pairs × classes, row-major. */
export interface ViewRunner {
  run(views: readonly DocumentView[], afterPass?: AfterViews): Promise<Float32Array[]>;
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
    async run(views, afterPass) {
      const all: Float32Array[] = [];
      for (const view of views) {
        all.push(await network.logits(documentFeeds(view)));
        await afterPass?.([view]);
      }
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
    async run(views, afterPass) {
      const all: Float32Array[] = [];
      for (const members of documentBatches(views, passRows)) {
        const own = members.map((index) => required(views[index], "a view of the pass"));
        const logits = await pass(own);
        for (const [place, index] of members.entries()) {
          all[index] = required(logits[place], "a view's logits");
        }
        await afterPass?.(own);
      }
      return all;
    },
  };
}

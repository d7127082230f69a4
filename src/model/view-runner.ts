/**
 * Views of documents → logits, pass by pass: for the processor, which one view fills, its text in one pass and its pairs
 * in as many as they need; for a card, as many views a pass as fill it.
 */
import { required } from "../core/required.js";
import { type Engine, fillsItself, type LoadedNetwork, type LoadedPart } from "./engines/engine.js";
import type { StoredModel } from "./folder/model-folder.js";
import type { DocumentView } from "./inputs/document-input.js";
import {
  type DocumentBatchInputName,
  documentBatches,
  documentBatchFeeds,
  documentBatchGraph,
} from "./networks/document-batch.js";
import { type DocumentInputName, documentFeeds, documentGraph } from "./networks/document-graph.js";
import { networkOutputs } from "./networks/document-network.js";
import { pairsFeeds, pairsPart, type TextInputName, textFeeds, textPart } from "./networks/document-parts.js";
import type { PlacedPair } from "./text/text-windows.js";

/** So many passes' documents are sorted by size together. */
const PASSES_TOGETHER = 4;
/** Rows of an abstract: its tokens, and the markers of its pairs. */
const USUAL_ROWS = 512;

/**
 * Readings of one pass of the pairs. Two slow cores take 0.25 s for it with the released model, as for a window of text
 * by itself: that long a signal waits.
 */
const PAIRS_A_PASS = 160;
/** Rows of a view where text and pairs go through together, two to a reading: 40 MB of scores at 500 tokens. */
const VIEW_ROWS = 800;

/** Told after every pass which readings it gave the logits of. Where it throws, no further pass is made. */
type AfterReadings = (readings: readonly PlacedPair[]) => Promise<void>;

/** Runs views through the network: the logits of each, pairs × outputs, row-major. */
export interface ViewRunner {
  /** `parts`: in how many steps at least a view's pairs are scored, where that can be; their answers are the same. */
  run(views: readonly DocumentView[], afterPass?: AfterReadings, parts?: number): Promise<Float32Array[]>;
  /** Readings that a view may have. */
  readonly viewRows: number;
  readonly engine: string;
  /** Documents that are best given together. */
  readonly together: number;
  dispose(): Promise<void>;
}

/** Loads a document model into an engine, in the way that suits it. */
export async function loadViewRunner(
  { config, parameters }: Pick<StoredModel, "config" | "parameters">,
  engine: Engine,
): Promise<ViewRunner> {
  if (!fillsItself(engine)) {
    const network = await engine.load(documentBatchGraph(config), parameters);
    return inBatches(network, networkOutputs(config), engine.passRows);
  }
  if (engine.loadPart === undefined) return oneByOne(await engine.load(documentGraph(config), parameters));
  const text = await engine.loadPart(textPart(config), parameters);
  return inParts(text, await engine.loadPart(pairsPart(config), parameters), networkOutputs(config));
}

/** A view's text in one pass, then its pairs in passes of at most `most`, all of about one size. */
export function inParts(
  text: LoadedPart<TextInputName, string>,
  pairs: LoadedPart<string, "logits">,
  outputs: number,
  most = PAIRS_A_PASS,
): ViewRunner {
  return {
    engine: text.engine,
    together: 1,
    viewRows: Number.POSITIVE_INFINITY,
    async dispose() {
      await text.dispose();
      await pairs.dispose();
    },
    async run(views, afterPass, parts = 1) {
      const all: Float32Array[] = [];
      for (const view of views) {
        const memory = await text.run(textFeeds(view));
        await afterPass?.([]);
        const rows = view.subjects.length;
        const scores = new Float32Array(rows * outputs);
        const passes = Math.max(Math.ceil(rows / most), Math.min(parts, rows));
        for (let pass = 0; pass < passes; pass++) {
          const from = Math.round((pass * rows) / passes);
          const to = Math.round(((pass + 1) * rows) / passes);
          const { logits } = await pairs.run(pairsFeeds(view, memory, from, to));
          scores.set(logits, from * outputs);
          await afterPass?.(view.readings.slice(from, to));
        }
        all.push(scores);
      }
      return all;
    },
  };
}

/** A view a pass. */
export function oneByOne(network: LoadedNetwork<DocumentInputName>): ViewRunner {
  return {
    engine: network.engine,
    together: 1,
    viewRows: VIEW_ROWS,
    dispose: () => network.dispose(),
    async run(views, afterPass) {
      const all: Float32Array[] = [];
      for (const view of views) {
        all.push(await network.logits(documentFeeds(view)));
        await afterPass?.(view.readings);
      }
      return all;
    },
  };
}

/** As many views a pass as `passRows` allows. */
export function inBatches(
  network: LoadedNetwork<DocumentBatchInputName>,
  outputs: number,
  passRows: number,
): ViewRunner {
  const pass = async (views: readonly DocumentView[]): Promise<Float32Array[]> => {
    try {
      const logits = await network.logits(documentBatchFeeds(views));
      let begin = 0;
      return views.map(({ subjects }) => {
        const end = begin + subjects.length * outputs;
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
    viewRows: VIEW_ROWS,
    dispose: () => network.dispose(),
    async run(views, afterPass) {
      const all: Float32Array[] = [];
      for (const members of documentBatches(views, passRows)) {
        const own = members.map((index) => required(views[index], "a view of the pass"));
        const logits = await pass(own);
        for (const [place, index] of members.entries()) {
          all[index] = required(logits[place], "a view's logits");
        }
        await afterPass?.(own.flatMap(({ readings }) => readings));
      }
      return all;
    },
  };
}

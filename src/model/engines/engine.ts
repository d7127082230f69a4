/**
 * What runs a network's forward pass for prediction. An engine is one file here and one line in registry.ts; the
 * classifiers do not know which they have, and the engine does not know which network.
 */
import type { Feeds, Network, NetworkPart } from "../ops/network.js";
import type { Parameters } from "../ops/parameters.js";

/** Whether this machine has what an engine needs, found cheaply: nothing big is loaded, nothing is computed. */
export type Presence =
  /** `found`: what it would run on. */
  | { readonly present: true; readonly found: string }
  /** `cure`: what to do to have it; absent where this machine cannot have it. */
  | { readonly present: false; readonly reason: string; readonly cure?: string };

/** A way to run networks. */
export interface Engine {
  /** As given to `--engine`. */
  readonly name: string;
  /** Software, hardware and precision in a few words. */
  readonly description: string;
  /** Whether `--engine auto` may choose it; one that another always outruns is there to be asked for by name. */
  readonly automatic: boolean;
  /** Rows in one pass, padding included, with which it is fastest and its memory suffices. */
  readonly passRows: number;
  presence(): Promise<Presence>;
  /** Brings a network and its weights where they run. Throws MISSING_DEPENDENCY or MODEL, with the cause. */
  load<Name extends string>(network: Network<Name>, parameters: Parameters): Promise<LoadedNetwork<Name>>;
  /**
   * The same for a part of a network, where that is worth while: what one part gives lies in plain memory before the
   * next one takes it.
   */
  loadPart?<Name extends string, Output extends string>(
    part: NetworkPart<Name, Output>,
    parameters: Parameters,
  ): Promise<LoadedPart<Name, Output>>;
}

/**
 * Rows with which the processor is fastest: a sequence or two, whose activations stay in a core's cache. Seen at
 * BERT-base's size: 113 ms of the processor's time a pair of 270 tokens, against 184 ms with 4096 tokens a pass.
 */
export const CPU_ROWS = 512;
/** Rows that fill any graphics card: its memory, of which some give a buffer no more than 1 GB, is the limit. */
export const CARD_ROWS = 8192;
/** Rows that fill the large cards of a data centre: about 1.5 GB of scores. */
export const LARGE_CARD_ROWS = 32_768;

/** Whether one document is enough for an engine to be as fast as it can. */
export function fillsItself({ passRows }: Pick<Engine, "passRows">): boolean {
  return passRows < CARD_ROWS;
}

/** A network that is ready. Holds native memory until disposed. Calls may overlap. */
export interface LoadedNetwork<Name extends string> {
  /** The engine's name. */
  readonly engine: string;
  /** The network's output for these inputs, row-major. The caller owns the array. */
  logits(feeds: Feeds<Name>): Promise<Float32Array>;
  dispose(): Promise<void>;
}

/** A part of a network that is ready; as LoadedNetwork. */
export interface LoadedPart<Name extends string, Output extends string> {
  readonly engine: string;
  /** Every output for these inputs, row-major. The caller owns the arrays. */
  run(feeds: Feeds<Name>): Promise<Record<Output, Float32Array>>;
  dispose(): Promise<void>;
}

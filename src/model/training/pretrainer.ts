/**
 * Masked-language warm-up: an encoder reads the corpora's own texts before it learns their relations. Walks the
 * texts epoch by epoch, keeps checkpoints and resumes, as trainer.ts does for relations.
 */
import { BioWeftError } from "../../core/errors.js";
import type { EncoderConfig } from "../encoder-config.js";
import type { Parameters } from "../parameters.js";
import { type Random, seededRandom } from "../random.js";
import type { Tf } from "../tfjs-ops.js";
import type { TokenizedText, WordPieceTokenizer } from "../tokenizer.js";
import { ADAMW_DEFAULTS } from "./adamw.js";
import { batchGradients, computeWith, uniqueWords } from "./batch-gradients.js";
import { frozenBy, learningRates } from "./learning-rates.js";
import { maskToken } from "./mask-token.js";
import { maskedItems, withoutWordHead, withWordHead } from "./masked-language.js";
import { type MaskedText, maskWords, type SpecialIds } from "./masked-words.js";
import { rateAt, type TrainingSettings } from "./plan.js";
import { openRunFolder } from "./run-folder.js";
import { speedMeter } from "./speed-meter.js";
import { WeightStore } from "./weight-store.js";

/** Texts of a seed that are never learned: their loss is the measure. */
const HELD_SHARE = 0.02;

/** What a warm-up needs. */
export interface Pretraining {
  readonly tf: Tf;
  readonly tokenizer: WordPieceTokenizer;
  readonly encoder: EncoderConfig;
  readonly initial: Parameters;
  readonly texts: readonly string[];
  readonly epochs: number;
  /** Tokens of a pass at most. */
  readonly maxTokens: number;
  readonly settings: TrainingSettings;
  readonly runDir: string;
  /** What is written into it beside checkpoints, by file name, once it is known to be this run's. */
  readonly description: Readonly<Record<string, unknown>>;
  readonly checkpointSeconds: number;
  readonly signal?: AbortSignal;
  onProgress(progress: PretrainingProgress): void;
}

/** Where a warm-up stands; losses are nats a hidden piece. */
export interface PretrainingProgress {
  readonly step: number;
  readonly steps: number;
  readonly loss: number;
  readonly documentsPerSecond: number;
  readonly secondsLeft: number;
  /** Of the held-out texts, after an epoch. */
  readonly heldLoss?: number;
}

/** A warmed-up encoder. */
export interface PretrainedEncoder {
  readonly parameters: Parameters;
  /** Loss of the held-out texts before and after. */
  readonly before: number;
  readonly after: number;
}

interface Prepared {
  readonly learned: readonly TokenizedText[];
  readonly held: readonly MaskedText[];
  readonly special: SpecialIds;
  readonly room: number;
  /** Every word piece of the texts, and the special ones: what is scored. */
  readonly vocabulary: Int32Array;
}

/** Runs a warm-up to its end; throws CANCELLED, after a checkpoint, when the signal fires. */
export async function pretrainEncoder(run: Pretraining): Promise<PretrainedEncoder> {
  const prepared = prepare(run);
  const { learned, vocabulary } = prepared;
  const { batchDocuments, seed } = run.settings;
  const epochSteps = Math.ceil(learned.length / batchDocuments);
  const steps = run.epochs * epochSteps;
  const folder = await openRunFolder(run.runDir, planName(run, learned.length, vocabulary.length));
  const resumed = await folder.resume();
  for (const [name, value] of Object.entries(run.description)) await folder.describe(name, value);
  const start = withWordHead(run.initial, run.encoder, vocabulary.length, seededRandom(seed));
  const store = new WeightStore(
    resumed === undefined ? start : WeightStore.weightsOf(resumed.parameters),
    { frozen: frozenBy(run.settings), averageDecay: run.settings.averageDecay },
    resumed?.parameters,
  );
  const before = await heldLoss(run, prepared, new WeightStore(start));
  const meter = speedMeter();
  let saved = Date.now();
  let loss = resumed?.loss;
  for (let step = resumed?.step ?? 0; step < steps; ) {
    const found = await takeStep(run, prepared, store, step, epochSteps);
    step += 1;
    loss = loss === undefined ? found : 0.98 * loss + 0.02 * found;
    const speed = meter(batchDocuments, step, steps);
    const endsEpoch = step % epochSteps === 0;
    const scored = endsEpoch ? { heldLoss: await heldLoss(run, prepared, store) } : {};
    const progress = { step, steps, loss, ...speed, ...scored };
    run.onProgress(progress);
    if (endsEpoch || step % 25 === 0) await folder.report(progress);
    if (endsEpoch) await folder.draw();
    const stop = run.signal?.aborted === true;
    if (stop || step === steps || Date.now() - saved > run.checkpointSeconds * 1000) {
      await folder.save({ step, staleEpochs: 0, loss, parameters: store.state() });
      saved = Date.now();
    }
    if (stop) {
      const reason = `the warm-up stopped at step ${step} of ${steps}; the same command resumes it`;
      throw new BioWeftError("CANCELLED", reason);
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
  const after = await heldLoss(run, prepared, store);
  return { parameters: withoutWordHead(store.best()), before, after };
}

function prepare({ tokenizer, texts, maxTokens, encoder, settings }: Pretraining): Prepared {
  const tokenized = texts.map((text) => tokenizer.tokenize(text)).filter(({ ids }) => ids.length > 0);
  const shuffled = seededRandom(settings.seed).shuffle(tokenized);
  const held = Math.max(1, Math.round(HELD_SHARE * shuffled.length));
  if (shuffled.length < 2) {
    throw new BioWeftError(
      "BAD_INPUT",
      `a warm-up needs two texts at least, and there are ${shuffled.length}`,
    );
  }
  const special = { cls: tokenizer.cls, sep: tokenizer.sep, mask: maskToken(tokenizer) };
  const vocabulary = uniqueWords([
    Int32Array.from(Object.values(special)),
    ...tokenized.map(({ ids }) => ids),
  ]);
  const room = Math.min(maxTokens, encoder.maxPositions);
  const random = seededRandom(settings.seed);
  const mask = (text: TokenizedText) => maskWords(text, room, special, vocabulary, random);
  return {
    learned: shuffled.slice(held),
    held: shuffled.slice(0, held).map(mask),
    special,
    room,
    vocabulary,
  };
}

/** One update; its loss. `step` counts from 0 and alone decides what is drawn at random. */
async function takeStep(
  run: Pretraining,
  { learned, special, room, vocabulary }: Prepared,
  store: WeightStore,
  step: number,
  epochSteps: number,
): Promise<number> {
  const { seed, batchDocuments } = run.settings;
  const epoch = Math.floor(step / epochSteps);
  const order: readonly TokenizedText[] = seededRandom(seed * 1_000_003 + epoch).shuffle(learned);
  const from = (step % epochSteps) * batchDocuments;
  const random: Random = seededRandom(seed * 7919 + step);
  const texts = order
    .slice(from, from + batchDocuments)
    .map((text) => maskWords(text, room, special, vocabulary, random));
  const items = maskedItems(run.tf, run.encoder, vocabulary, texts);
  const gradients = await batchGradients(run.tf, store, items, () => random.next());
  const rate = rateAt((step + 0.5) / (run.epochs * epochSteps), run.settings.warmUp);
  const rates = learningRates(run.settings, run.encoder.layers);
  store.update(gradients, step + 1, (name) => rate * rates(name), ADAMW_DEFAULTS);
  return gradients.loss;
}

/** Loss of the held-out texts with the store's best weights. */
async function heldLoss(
  run: Pretraining,
  { held, vocabulary }: Prepared,
  store: WeightStore,
): Promise<number> {
  const items = maskedItems(run.tf, run.encoder, vocabulary, held);
  const losses = await computeWith(
    run.tf,
    store.best(),
    items,
    ({ words }) => words,
    (item, access) => item.loss(access),
  );
  return losses.reduce((sum, [loss = 0]) => sum + loss, 0);
}

function planName(
  { encoder, epochs, settings, maxTokens }: Pretraining,
  texts: number,
  words: number,
): string {
  const sizes = `masked ${encoder.layers}x${encoder.hiddenSize}`;
  return `${sizes} ${epochs}x${texts} texts, ${words} pieces, ${maxTokens} tokens ${JSON.stringify(settings)}`;
}

/**
 * Masked-language warm-up: an encoder reads the corpora's own texts before it learns their relations. Says what an
 * update of the training loop is, over the texts epoch by epoch, and what the held-out texts' loss.
 */
import { BioWeftError } from "../../../core/errors.js";
import { type Random, seededRandom } from "../../../core/random.js";
import type { EncoderConfig } from "../../networks/encoder-config.js";
import type { Parameters } from "../../ops/parameters.js";
import type { Tf } from "../../ops/tfjs-ops.js";
import type { TokenizedText, WordPieceTokenizer } from "../../text/tokenizer.js";
import { ADAMW_DEFAULTS } from "../adamw.js";
import { batchGradients, computeWith, uniqueWords } from "../batch-gradients.js";
import { learningRates } from "../learning-rates.js";
import { maskToken } from "../mask-token.js";
import { rateAt } from "../plan.js";
import {
  type KeptRun,
  type Learning,
  type LoopStep,
  openRun,
  type StepProgress,
  takeSteps,
} from "../training-loop.js";
import { WeightStore } from "../weight-store.js";
import { maskedItems, withoutWordHead, withWordHead } from "./masked-language.js";
import { type MaskedText, maskWords, type SpecialIds } from "./masked-words.js";

/** Texts of a seed that are never learned: their loss is the measure. */
const HELD_SHARE = 0.02;

/** What a warm-up needs. */
export interface Pretraining extends KeptRun {
  readonly tf: Tf;
  readonly tokenizer: WordPieceTokenizer;
  readonly encoder: EncoderConfig;
  readonly initial: Parameters;
  readonly texts: readonly string[];
  readonly epochs: number;
  /** Tokens of a pass at most. */
  readonly maxTokens: number;
  onProgress(progress: PretrainingProgress): void;
}

/** Where a warm-up stands; losses are nats a hidden piece. */
interface PretrainingProgress extends StepProgress {
  /** Of the held-out texts, after an epoch. */
  readonly heldLoss?: number;
}

/** A warmed-up encoder. */
interface PretrainedEncoder {
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

/** Some texts to hide words in. */
interface TextStep extends LoopStep {
  readonly examples: readonly TokenizedText[];
  /** Learning rate as a share of its peak. */
  readonly rate: number;
}

/** Runs a warm-up to its end; throws CANCELLED, after a checkpoint, when the signal fires. */
export async function pretrainEncoder(run: Pretraining): Promise<PretrainedEncoder> {
  const prepared = prepare(run);
  const { learned, vocabulary } = prepared;
  const start = withWordHead(run.initial, run.encoder, vocabulary.length, seededRandom(run.settings.seed));
  const opened = await openRun(run, planName(run, learned.length, vocabulary.length), start);
  const before = await heldLoss(run, prepared, new WeightStore(start));
  await takeSteps(run, opened, wordLearning(run, prepared, opened.store));
  const after = await heldLoss(run, prepared, opened.store);
  return { parameters: withoutWordHead(opened.store.best()), before, after };
}

/** What the loop takes its steps with. */
function wordLearning(run: Pretraining, prepared: Prepared, store: WeightStore): Learning<TextStep, number> {
  return {
    name: "the warm-up",
    steps: run.epochs * epochSteps(run, prepared),
    planned: (from) => plannedTexts(run, prepared, from),
    update: (planned, step) => takeStep(run, prepared, store, planned, step),
    score: async (_, at) => ({ score: await heldLoss(run, prepared, store), at }),
    isOver: () => false,
    report(step, _, loss) {
      const progress = { ...step, ...(loss === undefined ? {} : { heldLoss: loss }) };
      run.onProgress(progress);
      return progress;
    },
  };
}

function epochSteps({ settings }: Pretraining, { learned }: Prepared): number {
  return Math.ceil(learned.length / settings.batchDocuments);
}

/** All updates from the given one on (counted from 0); the seed alone decides an epoch's order. */
function* plannedTexts(run: Pretraining, prepared: Prepared, from: number): Generator<TextStep> {
  const { seed, batchDocuments, warmUp } = run.settings;
  const steps = epochSteps(run, prepared);
  for (let epoch = Math.floor(from / steps); epoch < run.epochs; epoch++) {
    const order = seededRandom(seed * 1_000_003 + epoch).shuffle(prepared.learned);
    for (let step = Math.max(from, epoch * steps); step < (epoch + 1) * steps; step++) {
      const start = (step % steps) * batchDocuments;
      yield {
        examples: order.slice(start, start + batchDocuments),
        rate: rateAt((step + 0.5) / (run.epochs * steps), warmUp),
        endsEpoch: (step + 1) % steps === 0,
      };
    }
  }
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
  { special, room, vocabulary }: Prepared,
  store: WeightStore,
  { examples, rate }: TextStep,
  step: number,
): Promise<number> {
  const random: Random = seededRandom(run.settings.seed * 7919 + step);
  const texts = examples.map((text) => maskWords(text, room, special, vocabulary, random));
  const items = maskedItems(run.tf, run.encoder, vocabulary, texts);
  const gradients = await batchGradients(run.tf, store, items, () => random.next());
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

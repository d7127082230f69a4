/**
 * A masked-language warm-up of an encoder on corpora's own texts, from corpora on disk to a checkpoint folder: what
 * `bioweft pretrain` does. Only training parts are read, and no paper that is evaluated on.
 */
import { copyFile, mkdir, readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { CorpusDeclaration } from "../../../ingest/corpora/corpus.js";
import { corpusByName, corpusFiles, isHeldOut, readCorpus } from "../../../ingest/corpora/reading-corpora.js";
import type { MatrixPrecision } from "../../core/config.js";
import { documentText, publicationOf } from "../../core/document.js";
import { BioWeftError } from "../../core/errors.js";
import type { ReadOptions } from "../../core/read-options.js";
import { readCheckpoint } from "../../model/checkpoints/read-checkpoint.js";
import { writeWeights } from "../../model/checkpoints/write-safetensors.js";
import { publishedParameters } from "../../model/networks/canonical-parameters.js";
import { loadTensorflow, type TensorflowName } from "../../model/ops/tensorflow.js";
import { loadTokenizer } from "../../model/text/tokenizer.js";
import { trainingEnvironment } from "../../model/training/environment.js";
import type { TrainingSettings } from "../../model/training/plan.js";
import { pretrainEncoder } from "../../model/training/pretraining/pretrainer.js";
import { startProgress } from "../../terminal/progress.js";

/** What is read, and how it is learned. Paths as given, relative ones to the working directory. */
interface PretrainingChoice {
  readonly corpora: readonly string[];
  readonly from: string;
  /** Documents of each corpus at most. */
  readonly limit?: number;
  readonly encoder: string;
  readonly run: string;
  readonly out: string;
  readonly epochs: number;
  /** Tokens of a text that are read at once at most. */
  readonly maxTokens: number;
  readonly settings: TrainingSettings;
  readonly backend: TensorflowName;
  readonly precision: MatrixPrecision;
  readonly checkpointSeconds: number;
  readonly onWarning?: ReadOptions["onWarning"];
  /** The command's own options, which the run's folder keeps. */
  readonly described: Readonly<Record<string, unknown>>;
}

/** What came of it: losses in nats a hidden piece, on texts that were held out. */
interface PretrainingOutcome {
  readonly out: string;
  readonly texts: number;
  readonly before: number;
  readonly after: number;
}

/**
 * Runs it, or what is left of it. Throws CONFIG where the encoder would be overwritten; CANCELLED, after a checkpoint,
 * when the signal fires.
 */
export async function runPretraining(
  choice: PretrainingChoice,
  signal: AbortSignal,
): Promise<PretrainingOutcome> {
  const { tf } = await loadTensorflow(choice.backend, choice.precision);
  const out = resolve(choice.out);
  if (out === resolve(choice.encoder)) {
    const reason = "--out is the encoder's own folder; give another, it would be overwritten";
    throw new BioWeftError("CONFIG", reason);
  }
  const texts = await readTexts(choice);
  const { encoder, parameters } = await readCheckpoint(choice.encoder);
  const { run: runDir, settings, epochs, maxTokens, checkpointSeconds } = choice;
  const config = { ...choice.described, run: runDir, texts: texts.length, settings };
  process.stderr.write(`${texts.length} texts\n`);
  const bar = startProgress("warm-up", "steps");
  const warm = await pretrainEncoder({
    ...{ tf, tokenizer: await loadTokenizer(choice.encoder), encoder, initial: parameters, texts },
    ...{ epochs, maxTokens, settings, runDir, checkpointSeconds, signal },
    description: { config, environment: trainingEnvironment(tf) },
    onProgress: ({ step, steps, loss, documentsPerSecond, secondsLeft }) => {
      const speed = `${documentsPerSecond.toFixed(1)} texts/s, ${Math.ceil(secondsLeft / 60)} min left`;
      bar.update(step, `${steps} in all, loss ${loss.toFixed(3)}, ${speed}`);
    },
  }).finally(() => bar.stop());
  await mkdir(out, { recursive: true });
  for (const name of await readdir(choice.encoder)) {
    if (/^(vocab\.txt|.*\.json)$/.test(name)) await copyFile(join(choice.encoder, name), join(out, name));
  }
  await writeWeights(out, publishedParameters(warm.parameters, encoder), "fp32");
  return { out, texts: texts.length, before: warm.before, after: warm.after };
}

/** The texts of the corpora's training parts, each paper's once. */
async function readTexts({
  from,
  limit = Number.POSITIVE_INFINITY,
  onWarning,
  ...choice
}: PretrainingChoice): Promise<string[]> {
  const corpora = choice.corpora.map(corpusByName);
  const reading = onWarning === undefined ? {} : { onWarning };
  const evaluated = new Set<string>();
  for (const one of corpora) for (const paper of await developmentPapers(one, from)) evaluated.add(paper);
  const texts = new Map<string, string>();
  for (const one of corpora) {
    let read = 0;
    for await (const document of readCorpus(one, from, "train", reading)) {
      const paper = publicationOf(document);
      if (!isHeldOut(paper) && !evaluated.has(paper)) texts.set(document.pmid, documentText(document));
      read += 1;
      if (read >= limit) break;
    }
  }
  return [...texts.values()];
}

/** The papers of a corpus's development part, where that is there. */
async function developmentPapers(corpus: CorpusDeclaration, from: string): Promise<Set<string>> {
  const papers = new Set<string>();
  const files = corpus.files.dev.length === 0 ? [] : await corpusFiles(corpus, from, "dev").catch(() => []);
  if (files.length === 0) return papers;
  for await (const document of readCorpus(corpus, from, "dev")) papers.add(publicationOf(document));
  return papers;
}

/**
 * `bioweft pretrain`: a masked-language warm-up of an encoder on the corpora's own texts, before `bioweft train`
 * starts from it. Only training parts are read, and no paper that is evaluated on. Interrupt it and run the same
 * command again: it goes on where it was.
 */
import { copyFile, mkdir, readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { Command } from "commander";
import type { CorpusDeclaration } from "../../../ingest/corpora/corpus.js";
import { corpusByName, corpusFiles, isHeldOut, readCorpus } from "../../../ingest/corpora/reading-corpora.js";
import { PACKAGE_ROOT } from "../../core/config.js";
import { documentText, publicationOf } from "../../core/document.js";
import { BioWeftError } from "../../core/errors.js";
import { readCheckpoint } from "../../model/checkpoints/read-checkpoint.js";
import { writeWeights } from "../../model/checkpoints/write-safetensors.js";
import { publishedParameters } from "../../model/networks/canonical-parameters.js";
import { loadTensorflow } from "../../model/ops/tensorflow.js";
import { loadTokenizer } from "../../model/text/tokenizer.js";
import { trainingEnvironment } from "../../model/training/environment.js";
import { pretrainEncoder } from "../../model/training/pretraining/pretrainer.js";
import { onInterrupt, WHILE_TRAINING } from "../../terminal/interrupt.js";
import { startProgress } from "../../terminal/progress.js";
import { printJson, printLines } from "../../terminal/report.js";
import { atLeastOne } from "../options/number-options.js";
import {
  type Folders,
  type LearningOptions,
  runFolder,
  toLearningSettings,
  withFolders,
  withLearningOptions,
} from "../options/training-options.js";

interface PretrainOptions extends LearningOptions, Folders {
  readonly corpus: string[];
  readonly from: string;
  readonly epochs: number;
  readonly tokens: number;
  readonly json: boolean;
}

/** Declares the command. */
export function command(): Command {
  const pretrain = new Command("pretrain")
    .description("warm an encoder up on the corpora's texts by masked language; resumes an interrupted run")
    .requiredOption("--corpus <names...>", "corpora whose training parts are read")
    .requiredOption("--from <dir>", "the corpus's folder, or a folder that holds one folder a corpus")
    .option("--epochs <n>", "times each text is read", atLeastOne, 2)
    .option("--tokens <n>", "tokens of a text that are read at once at most", atLeastOne, 256)
    .option("--json", "print the outcome as JSON", false);
  withFolders(pretrain, "encoder", join(PACKAGE_ROOT, ".bioweft/encoder"));
  return withLearningOptions(pretrain).action(run);
}

async function run(options: PretrainOptions): Promise<void> {
  const { tf } = await loadTensorflow(options.backend, options.precision);
  if (resolve(options.out) === resolve(options.encoder)) {
    throw new BioWeftError(
      "CONFIG",
      "--out is the encoder's own folder; give another, it would be overwritten",
    );
  }
  const texts = await readTexts(options);
  const { encoder, parameters } = await readCheckpoint(options.encoder);
  const settings = toLearningSettings(options);
  const runDir = runFolder(options);
  const config = { ...options, run: runDir, texts: texts.length, settings };
  process.stderr.write(`${texts.length} texts\n`);
  const interrupt = onInterrupt(WHILE_TRAINING);
  const bar = startProgress("warm-up", "steps");
  const { epochs, tokens: maxTokens, checkpointSeconds } = options;
  const warm = await pretrainEncoder({
    ...{ tf, tokenizer: await loadTokenizer(options.encoder), encoder, initial: parameters, texts },
    ...{ epochs, maxTokens, settings, runDir, checkpointSeconds, signal: interrupt.signal },
    description: { config, environment: trainingEnvironment(tf) },
    onProgress: ({ step, steps, loss, documentsPerSecond, secondsLeft }) => {
      const speed = `${documentsPerSecond.toFixed(1)} texts/s, ${Math.ceil(secondsLeft / 60)} min left`;
      bar.update(step, `${steps} in all, loss ${loss.toFixed(3)}, ${speed}`);
    },
  }).finally(() => {
    bar.stop();
    interrupt.release();
  });
  const out = resolve(options.out);
  await mkdir(out, { recursive: true });
  for (const name of await readdir(options.encoder)) {
    if (/^(vocab\.txt|.*\.json)$/.test(name)) await copyFile(join(options.encoder, name), join(out, name));
  }
  await writeWeights(out, publishedParameters(warm.parameters, encoder), "fp32");
  const { before, after } = warm;
  if (options.json) return printJson({ out, texts: texts.length, before, after });
  printLines(
    `wrote ${out}`,
    `loss on held-out texts: ${before.toFixed(3)} before, ${after.toFixed(3)} after (nats a hidden piece)`,
  );
}

/** The texts of the corpora's training parts, each paper's once. */
async function readTexts({
  corpus,
  from,
  limit = Number.POSITIVE_INFINITY,
}: PretrainOptions): Promise<string[]> {
  const corpora = corpus.map(corpusByName);
  const evaluated = new Set<string>();
  for (const one of corpora) for (const paper of await developmentPapers(one, from)) evaluated.add(paper);
  const texts = new Map<string, string>();
  for (const one of corpora) {
    let read = 0;
    for await (const document of readCorpus(one, from, "train")) {
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

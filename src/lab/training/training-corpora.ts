/**
 * The examples of each corpus to train on, as a method wants them: the first corpus is the task; the others come
 * in BioRED's labels or in their own. Nothing that is kept for evaluation may come back by way of another corpus.
 */
import type { CorpusDeclaration } from "../../../ingest/corpora/corpus.js";
import { isHeldOut, readCorpus, readCorpusAsPublished } from "../../../ingest/corpora/reading-corpora.js";
import { type Document, publicationOf } from "../../core/document.js";
import { seededRandom } from "../../core/random.js";
import type { RelationTask } from "../../core/relation-task.js";
import { required } from "../../core/required.js";
import {
  DEFAULT_PROMPT,
  type ModelLabels,
  modelLabels,
  type QualifierName,
} from "../../model/inputs/labels.js";
import {
  samplePairs,
  type TrainingExample,
  toTrainingExample,
  UNLABELLED,
} from "../../model/training/examples.js";
import { hasOwnHeads, type Method } from "../../model/training/methods.js";

/** What to read. */
interface CorporaChoice {
  /** The task first. */
  readonly corpora: readonly CorpusDeclaration[];
  /** One corpus's folder, or a folder that holds one a corpus. */
  readonly from: string;
  readonly method: Method;
  readonly seed: number;
  /** Documents of each corpus at most. */
  readonly limit?: number;
  /** Share of the other corpora's documents to train on. */
  readonly otherFraction: number;
  /** Papers that are evaluated on: dropped from every corpus. */
  readonly without: ReadonlySet<string>;
}

/** A corpus's examples and what was left out. */
export interface ReadExamples {
  readonly corpus: CorpusDeclaration;
  readonly examples: readonly TrainingExample[];
  /** Documents dropped because their paper is kept for evaluation. */
  readonly leaks: number;
  /** The classes of the corpus's own head, where it has one. */
  readonly ownClasses?: readonly string[];
}

/** The labels of the network that is trained: the task's, and for `biorex` those of all corpora. */
export function chosenLabels(
  corpora: readonly CorpusDeclaration[],
  method: Method,
  qualifiers: readonly QualifierName[] = [],
): ModelLabels {
  const labels = modelLabels(method === "biorex" ? corpora : corpora.slice(0, 1));
  return qualifiers.length === 0 ? labels : { ...labels, qualifiers };
}

/** The examples of the task and, unless it is learned alone, of the other corpora. */
export async function readTrainingExamples(
  choice: CorporaChoice,
  labels: ModelLabels,
): Promise<ReadExamples[]> {
  const [task, ...others] = choice.corpora;
  if (task === undefined) return [];
  const kept = new Set(choice.without);
  const read = [await readTask(task, choice, labels, kept)];
  if (choice.method === "single") return read;
  for await (const { pmid } of readCorpus(task, choice.from, "all")) kept.add(pmid);
  for (const other of others) read.push(await readOther(other, choice, labels, kept));
  return read;
}

/**
 * Documents of other corpora with the task's question and no class: what a teacher can answer. At most `maxPairs` of
 * each one's pairs, by lot.
 */
export async function readUnlabelled(
  { corpora: [task], from, without, limit, seed }: CorporaChoice,
  others: readonly CorpusDeclaration[],
  labels: ModelLabels,
  maxPairs: number,
): Promise<TrainingExample[]> {
  if (task === undefined) return [];
  const kept = new Set(without);
  for await (const { pmid } of readCorpus(task, from, "all")) kept.add(pmid);
  const leak = (pmid: string) => kept.has(pmid) || isHeldOut(pmid);
  const random = seededRandom(seed);
  const toExample = (document: Document) => {
    const asked = toTrainingExample({ ...document, relations: [] }, task, labels);
    return samplePairs({ ...asked, targets: asked.candidates.map(() => UNLABELLED) }, maxPairs, random);
  };
  const examples: TrainingExample[] = [];
  for (const other of others) {
    const found = await collect(readCorpus(other, from, "all"), toExample, leak, limit);
    examples.push(...found.examples);
  }
  return examples;
}

/** Counts for people and for the run folder: documents, pairs of each class. */
export function countExamples({ corpus, examples, leaks, ownClasses }: ReadExamples, labels: ModelLabels) {
  const classes = ownClasses ?? labels.classes;
  const pairs: Record<string, number> = {};
  for (const { targets } of examples) {
    for (const target of targets) {
      const name = required(classes[target], "the class of a pair");
      pairs[name] = (pairs[name] ?? 0) + 1;
    }
  }
  return { corpus: corpus.name, licence: corpus.licence, documents: examples.length, leaks, pairs };
}

async function readTask(
  corpus: CorpusDeclaration,
  choice: CorporaChoice,
  labels: ModelLabels,
  kept: ReadonlySet<string>,
): Promise<ReadExamples> {
  const documents = readCorpus(corpus, choice.from, "train");
  const toExample = (document: Document) => toTrainingExample(document, corpus, labels);
  const { examples, leaks } = await collect(documents, toExample, (pmid) => kept.has(pmid), choice.limit);
  return { corpus, leaks, examples };
}

async function readOther(
  corpus: CorpusDeclaration,
  choice: CorporaChoice,
  labels: ModelLabels,
  kept: ReadonlySet<string>,
): Promise<ReadExamples> {
  const leak = (pmid: string) => kept.has(pmid) || isHeldOut(pmid);
  if (!hasOwnHeads(choice.method)) {
    const documents = readCorpus(corpus, choice.from, "all");
    const found = await collect(
      documents,
      (one) => toTrainingExample(one, corpus, labels),
      leak,
      choice.limit,
    );
    return {
      corpus,
      leaks: found.leaks,
      examples: sampled(found.examples, choice.otherFraction, choice.seed),
    };
  }
  const task = unadjusted(corpus);
  const ownClasses = [task.noneClass, ...Object.keys(corpus.labels)];
  const own = { ...labels, classes: ownClasses };
  const documents = readCorpusAsPublished(corpus, choice.from, "all");
  const found = await collect(
    documents,
    (one) => ({ ...toTrainingExample(one, task, own), head: corpus.name }),
    leak,
    choice.limit,
  );
  const examples = sampled(found.examples, choice.otherFraction, choice.seed);
  return { corpus, leaks: found.leaks, examples, ownClasses };
}

/** A corpus's question without BioREx's adjustments: no prompt, no markers and no negatives of its own. */
function unadjusted({ pairTypes, scope }: CorpusDeclaration): RelationTask {
  return { prompt: DEFAULT_PROMPT, ownMarkers: false, noneClass: "None", pairTypes, scope };
}

async function collect(
  documents: AsyncIterable<Document>,
  toExample: (document: Document) => TrainingExample,
  isLeak: (publication: string) => boolean,
  limit = Number.POSITIVE_INFINITY,
): Promise<{ examples: TrainingExample[]; leaks: number }> {
  const examples: TrainingExample[] = [];
  let leaks = 0;
  for await (const document of documents) {
    if (isLeak(publicationOf(document))) leaks++;
    else examples.push(toExample(document));
    if (examples.length === limit) break;
  }
  return { examples: examples.filter(({ candidates }) => candidates.length > 0), leaks };
}

/** A share of the documents by lot; a smaller share of the same seed is part of a larger one. */
function sampled(examples: readonly TrainingExample[], fraction: number, seed: number): TrainingExample[] {
  if (fraction >= 1) return [...examples];
  return seededRandom(seed)
    .shuffle(examples)
    .slice(0, Math.max(1, Math.round(examples.length * fraction)));
}

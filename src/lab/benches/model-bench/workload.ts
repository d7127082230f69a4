/**
 * What `bioweft bench model` computes: real documents as both networks' inputs, networks of a usual encoder's size
 * with random weights (timings do not depend on values), and how many operations a pass takes.
 */
import { join } from "node:path";
import { readDocumentFiles } from "../../../../ingest/formats/read-documents.js";
import { documentCandidates } from "../../../core/candidate.js";
import { PACKAGE_ROOT } from "../../../core/config.js";
import type { Document } from "../../../core/document.js";
import { BioWeftError } from "../../../core/errors.js";
import { seededRandom } from "../../../core/random.js";
import { classifierShapes, encoderShapes } from "../../../model/checkpoints/expected-parameters.js";
import type { ModelDescription, StoredModel } from "../../../model/folder/model-folder.js";
import { cleanInput } from "../../../model/inputs/clean-input.js";
import { type DocumentView, viewMaker } from "../../../model/inputs/document-input.js";
import { DEFAULT_PROMPT, modelLabels } from "../../../model/inputs/labels.js";
import { FEATURES } from "../../../model/inputs/pair-features.js";
import { ALL_PAIRS } from "../../../model/inputs/pair-sequence.js";
import type { DocumentNetworkConfig } from "../../../model/networks/document-network.js";
import type { Parameter, Parameters } from "../../../model/ops/parameters.js";
import { loadTokenizer } from "../../../model/text/tokenizer.js";

/** Encoders that can be measured: MiniLM-L6 and BERT-base; `tiny` only tries the bench out. */
export const SIZES = {
  tiny: { hiddenSize: 32, layers: 1, heads: 2 },
  minilm: { hiddenSize: 384, layers: 6, heads: 12 },
  base: { hiddenSize: 768, layers: 12, heads: 12 },
} as const;
/** One of the encoders' sizes. */
export type Size = keyof typeof SIZES;

/** Words of BERT's uncased vocabulary, and rows beside them for tags. */
const VOCABULARY = 30_522;
const TAGS = 100;
const LABELS = modelLabels([]);
const LENGTH = 512;

/** Which documents, and how much of them. */
export interface WorkloadOptions {
  readonly files: readonly string[];
  readonly documents: number;
  readonly pairs: number;
  /** A folder with a tokenizer. */
  readonly modelDir: string;
}

/** Both networks' inputs for the same documents. */
export interface Workload {
  readonly documents: readonly Document[];
  /** Candidate pairs of all documents. */
  readonly candidates: number;
  /** Token sequences of some of the pairs, spread evenly over the documents. */
  readonly sequences: readonly Int32Array[];
  readonly views: readonly DocumentView[];
}

/** Our own sample literature. */
export const SAMPLES = ["fish-oil-raynaud", "magnesium-migraine", "modern-topics"].map((name) =>
  join(PACKAGE_ROOT, "samples", `${name}.pubtator`),
);

/** Reads and tokenises. Throws BAD_INPUT where the files hold no candidate pair. */
export async function readWorkload(options: WorkloadOptions): Promise<Workload> {
  const tokenizer = await loadTokenizer(options.modelDir);
  const documents: Document[] = [];
  for await (const document of readDocumentFiles(options.files)) {
    if (documentCandidates(document).length > 0) documents.push(document);
    if (documents.length === options.documents) break;
  }
  if (documents.length === 0) {
    const place = { file: options.files.join(", ") };
    throw new BioWeftError("BAD_INPUT", "holds no document with two entities to relate", { place });
  }
  const tags = new Map<string, number>();
  const tagId = (name: string): number => {
    if (!tags.has(name)) tags.set(name, VOCABULARY + tags.size);
    return tags.get(name) ?? VOCABULARY;
  };
  const input = cleanInput(tokenizer, tagId, LENGTH);
  const sequences = documents.flatMap((document) => input(document, ALL_PAIRS).inputs.map(({ ids }) => ids));
  const task = { prompt: DEFAULT_PROMPT, ownMarkers: false };
  const views = viewMaker(tokenizer, LABELS, task, { maxPositions: LENGTH, maxRows: 800, mentionPairs: 1 });
  const step = Math.max(1, sequences.length / options.pairs);
  return {
    documents,
    candidates: sequences.length,
    sequences: sequences.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step)),
    views: documents.flatMap((document) => views(document, documentCandidates(document))),
  };
}

/** Sizes of the document network on such an encoder; those of its encoder are the pair network's too. */
export function networkConfig(size: Size): DocumentNetworkConfig {
  const { hiddenSize } = SIZES[size];
  return {
    ...SIZES[size],
    family: "bert",
    embeddingSize: hiddenSize,
    layerNormEpsilon: 1e-12,
    maxPositions: LENGTH,
    segments: 2,
    relativeBuckets: 0,
    headSize: hiddenSize,
    classes: LABELS.classes.length,
  };
}

/** A document model of such sizes whose tokenizer is in `dir`. */
export function randomModel(size: Size, dir: string): StoredModel {
  const config = networkConfig(size);
  const labels = { classes: [...LABELS.classes], specials: [...LABELS.specials] };
  const description: ModelDescription = {
    id: "random",
    network: "document",
    encoder: size,
    corpora: [],
    headSize: config.headSize,
    temperature: 1,
    threshold: 0.5,
    ...labels,
  };
  return { dir, description, config, parameters: randomParameters(config) };
}

/** Random weights for both networks. */
export function randomParameters(config: DocumentNetworkConfig): Parameters {
  const { hiddenSize: D, headSize } = config;
  const labels = [...LABELS.classes];
  const checkpoint = {
    encoder: config,
    vocabulary: VOCABULARY + TAGS,
    innerSize: 4 * D,
    labels,
    classifier: true,
  };
  const shapes = new Map<string, readonly (number | undefined)[]>([
    ...encoderShapes(checkpoint, undefined),
    ...classifierShapes(checkpoint),
    ["special.weight", [LABELS.specials.length, D]],
    ["special.segment", [D]],
    ["head.hidden.weight", [headSize, 5 * D + FEATURES]],
    ["head.hidden.bias", [headSize]],
    ["head.output.weight", [labels.length, headSize]],
    ["head.output.bias", [labels.length]],
  ]);
  return new Map([...shapes].map(([name, shape]) => [name, randomParameter(name, shape)]));
}

const random = seededRandom(1);
/** Numbers are drawn once and read again and again, from a different place each time. */
const DRAWN = Float32Array.from({ length: 65_537 }, () => 0.02 * random.normal());

function randomParameter(name: string, shape: readonly (number | undefined)[]): Parameter {
  const lengths = shape.map((length) => length ?? 1);
  const data = new Float32Array(lengths.reduce((product, length) => product * length, 1));
  const centre = /LayerNorm\.weight$/.test(name) ? 1 : 0;
  for (let i = 0; i < data.length; i++) data[i] = centre + (DRAWN[(i + data.length) % DRAWN.length] ?? 0);
  return { shape: lengths, data };
}

/** Multiplications and additions of one pass over a pair's sequence. */
export function pairOperations({ layers, hiddenSize: D }: DocumentNetworkConfig, tokens: number): number {
  return layers * (24 * D * D * tokens + 4 * D * tokens * tokens);
}

/** The same for a view of a document, its markers included. */
export function documentOperations(config: DocumentNetworkConfig, view: DocumentView): number {
  const { layers, hiddenSize: D, headSize } = config;
  const [text, markers] = [view.positions.length, view.markers.length];
  const attention = 4 * D * (text * text + markers * (text + 2));
  const head = markers * headSize * (5 * D + FEATURES);
  return layers * (24 * D * D * (text + markers) + attention) + head;
}

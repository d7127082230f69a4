/**
 * What a classifier says about a document's pairs, and the one interface through which other rooms use it.
 */
import type { Candidate } from "./candidate.js";
import type { Document, Mention } from "./document.js";
import type { RelationType } from "./relation-types.js";

/** Which end of a pair acts on the other, given that the two are related. */
export interface PredictedDirection {
  /** CURIE of the end that acts; null where neither does more than the other. */
  readonly subject: string | null;
  /** Calibrated probability that this is right. */
  readonly probability: number;
  /** That the candidate's first end acts, its second, or neither; sums to 1. */
  readonly probabilities: Readonly<Record<"subject" | "object" | "neither", number>>;
}

/** Whether the paper claims a relation as its own finding, given that it states it. */
export interface PredictedNovelty {
  readonly novel: boolean;
  /** Calibrated probability that this is right. */
  readonly probability: number;
}

/** The classifier's answer for one candidate. All probabilities are calibrated and lie in 0–1. */
export interface Prediction {
  readonly candidate: Candidate;
  /** The most probable relation type that the pair may carry, or "None" below the model's threshold. */
  readonly type: RelationType | "None";
  /** Probability that this pair is related and the relation is of `type`; that of no relation for "None". */
  readonly probability: number;
  /** Probability that the pair is related at all. */
  readonly related: number;
  /** Probability of every type and of None; sums to 1. */
  readonly probabilities: Readonly<Record<RelationType | "None", number>>;
  /** Absent where the model was not taught to tell. */
  readonly direction?: PredictedDirection;
  readonly novelty?: PredictedNovelty;
  /** The two mentions at which the pair was read for this answer; absent where a model reads no mentions of its own choice. */
  readonly readAt?: { readonly subject: Mention; readonly object: Mention };
}

/** A document with the classifier's answers for all its candidates. */
export interface DocumentPredictions {
  readonly document: Document;
  readonly predictions: readonly Prediction[];
  /** Identifier of the model that made them. */
  readonly model: string;
  /** Pairs of which the model read only the beginning, as their text is longer than it takes. Absent: none. */
  readonly truncated?: number;
  /** Pairs of the document that were not asked, as it has more than the classifier asks of one. Absent: none. */
  readonly unasked?: number;
}

/** What goes along with asking a classifier. */
export interface Asking {
  /** Ends the asking within one pass of the network: CANCELLED is thrown, and nothing of the document is given. */
  readonly signal?: AbortSignal;
  /** Told after every pass how many pairs of the document are scored, of how many that are asked. */
  readonly onProgress?: (scored: number, pairs: number) => void;
  /** Where others wait too, the higher goes first; 0 if not given. Above 0 somebody looks on: progress is told in more steps. */
  readonly priority?: number;
}

/** The kinds of network: one pass a document, or one a pair. The default first. */
export const NETWORKS = ["document", "pair"] as const;
export type NetworkKind = (typeof NETWORKS)[number];

/** What a model is, for listings and for provenance. */
export interface ModelInfo {
  /** Unique name and version, e.g. `bioweft-document-mpnet-base@3`. Written into every evidence row. */
  readonly id: string;
  readonly network: NetworkKind;
  readonly encoder: string;
  readonly engine: string;
  readonly corpora: readonly string[];
  readonly parameters: number;
  /** F1 on BioRED Dev as the official scorer counts, fractions of 1. */
  readonly dev?: { readonly pair: number; readonly typed: number };
}

/** A loaded relation classifier. Dispose it when done: it holds native memory. */
export interface RelationClassifier {
  readonly info: ModelInfo;
  /** Scores all candidates of one document; a document without candidates gives none. */
  predict(document: Document, asking?: Asking): Promise<DocumentPredictions>;
  /**
   * The same for a stream of documents, in its order. It reads ahead: as many documents as go through the network
   * together, and as many again. A fault of the stream comes after the answers for what was complete before it.
   */
  predictAll(
    documents: AsyncIterable<Document> | Iterable<Document>,
    asking?: Asking,
  ): AsyncGenerator<DocumentPredictions>;
  dispose(): Promise<void>;
}

/**
 * What a corpus is to us: its names, licence, the files it is published as, how they are read, and how its
 * labels become BioRED's. One declaration a corpus stands in declared/; reading-corpora.ts runs them.
 * Source of the adjustments: Lai et al. 2023 (BioREx), Table 2.
 */
import type { Document, GoldRelation } from "../../src/core/document.js";
import type { ReadOptions } from "../../src/core/read-options.js";
import type { RelationTask } from "../../src/core/relation-task.js";
import type { Publisher } from "../download/publisher.js";
import type { Adjustments } from "./adjustments.js";
import type { CompatSource } from "./compat-source.js";

/** Which part of a corpus, as published; "all" is train and dev, never the test set. */
export const SPLITS = ["train", "dev", "test", "all"] as const;
export type Split = (typeof SPLITS)[number];

/** A corpus, declared. */
export interface CorpusDeclaration extends RelationTask {
  /** Short name, as on the command line and in `Document.corpus`. */
  readonly name: string;
  readonly licence: string;
  /** What brings it to BioREx's task; `adjusted` works out the training task's fields from it. */
  readonly adjustments: Adjustments;
  /** What the paper's Table 2 counts, and why the files at hand may give other figures. */
  readonly paper?: { readonly abstracts: number; readonly relations: number; readonly differs: string };
  /** Whether a model that we release may be trained on it. */
  readonly released: boolean;
  /** What its folder may be called beside `name`, where one folder holds many corpora. */
  readonly folders?: readonly string[];
  /** Files of each split as published; a split without files has none. */
  readonly files: Readonly<Record<Exclude<Split, "all">, readonly string[]>>;
  /** Reads one split's files (absolute, in the order of `files`) with the corpus's own labels. */
  readonly read: (paths: readonly string[], options: ReadOptions) => AsyncIterable<Document>;
  /** Which files beside a single given file belong to it; the file itself by default. */
  readonly companions?: (path: string) => readonly string[];
  /** Where it is published, for `bioweft corpora`. */
  readonly publisher?: Publisher;
  /** BioRED's type for each of the corpus's labels. */
  readonly labels: Readonly<Record<string, GoldRelation["type"]>>;
  /** How the original BioREx tool wrote it, for the corpora that the tool knows. */
  readonly compat?: CompatSource;
}

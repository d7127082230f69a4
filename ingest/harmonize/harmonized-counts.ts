/**
 * Counts what became of each corpus while it is harmonised, for the table beside the paper's. Nothing is kept of
 * the documents themselves but their papers' numbers.
 */
import { type Document, publicationOf } from "../../src/core/document.js";
import { adjustmentCodes } from "../corpora/adjustments.js";
import type { CorpusDeclaration } from "../corpora/corpus.js";
import type { HarmonizedDocument } from "./harmonize-document.js";

/** The figures of one corpus. */
export interface CorpusCounts {
  readonly corpus: string;
  readonly adjustments: string;
  /** Documents written, and the papers that they are parts of. */
  readonly documents: number;
  readonly abstracts: number;
  /** Relations that the corpus's documents assert, dropped documents left aside. */
  readonly relations: number;
  /** Pairs written, by class. */
  readonly candidates: Readonly<Record<string, number>>;
  /** Documents dropped because their paper belongs to an evaluation set. */
  readonly leaks: number;
  /** Documents left out as broken. */
  readonly rejectedDocuments: number;
  /** Relations that became no candidate, by reason. */
  readonly rejectedRelations: Readonly<Record<string, number>>;
  /** The paper's Table 2, and why the figures differ where they do. */
  readonly paper?: { readonly abstracts: number; readonly relations: number; readonly differs: string };
}

/** Adds up one corpus. */
export class CorpusTally {
  private readonly papers = new Set<string>();
  private readonly candidates = new Map<string, number>();
  private readonly reasons = new Map<string, number>();
  private documents = 0;
  private relations = 0;
  private leaks = 0;
  private broken = 0;

  constructor(private readonly corpus: CorpusDeclaration) {}

  /** Counts a harmonised document, `before` as the corpus gave it. */
  add(harmonized: HarmonizedDocument, before: Document): void {
    this.documents += 1;
    this.papers.add(publicationOf(before));
    this.relations += before.relations.length;
    for (const { class: name = "" } of harmonized.pairs) increment(this.candidates, name);
    for (const reason of harmonized.rejected) increment(this.reasons, reason);
  }

  /** Counts a document dropped as a leak. */
  dropLeak(): void {
    this.leaks += 1;
  }

  /** Counts a document that could not be read. */
  rejectDocument(): void {
    this.broken += 1;
  }

  /** The figures so far. */
  counts(): CorpusCounts {
    const { name, adjustments, paper } = this.corpus;
    return {
      corpus: name,
      adjustments: adjustmentCodes(adjustments),
      documents: this.documents,
      abstracts: this.papers.size,
      relations: this.relations,
      candidates: Object.fromEntries([...this.candidates].sort()),
      leaks: this.leaks,
      rejectedDocuments: this.broken,
      rejectedRelations: Object.fromEntries([...this.reasons].sort()),
      ...(paper === undefined ? {} : { paper }),
    };
  }
}

function increment(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

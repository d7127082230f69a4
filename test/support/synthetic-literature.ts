/**
 * Invented documents with evidence, any number of them, the same for the same seed: for tests and timings of
 * writing. Names and sentences mean nothing.
 */
import type { Document } from "../../src/core/document.js";
import { goldEvidence, relationId } from "../../src/core/evidence.js";
import type { EntityType } from "../../src/core/relation-types.js";
import type { DocumentWrite } from "../../src/graph/write/write-documents.js";
import { aDocument, type MentionWords } from "./builders.js";

/** What to invent: `entities` are shared by all documents, `each` are mentioned by one document. */
export interface Invention {
  readonly documents: number;
  readonly entities?: number;
  readonly each?: number;
  readonly relations?: number;
  readonly seed?: number;
}

const TYPES: readonly EntityType[] = ["Gene", "Disease", "Chemical"];
const RELATIONS = ["Association", "Positive_Correlation", "Negative_Correlation"];

/** Documents with gold relations of the corpus "invented", each as one write. */
export function inventedWrites(invention: Invention): DocumentWrite[] {
  const random = mulberry(invention.seed ?? 1);
  return Array.from({ length: invention.documents }, (_, index) => {
    const document = inventedDocument(index, invention, random);
    return { document, evidence: goldEvidence(document) };
  });
}

function inventedDocument(index: number, invention: Invention, random: () => number): Document {
  const { entities = 60, each = 8, relations = 12 } = invention;
  // From 1, as number 0 is how tools write that there is no identifier.
  const pick = (): number => 1 + Math.floor(random() * entities);
  const numbers = [...new Set(Array.from({ length: each }, pick))];
  const words: MentionWords[] = numbers.map((number) => {
    const type = TYPES[number % TYPES.length] ?? "Gene";
    const text = `${random() < 0.5 ? "Entity" : "entity"}-${number}`;
    return {
      text,
      type,
      ids: [type === "Gene" ? String(number + 1) : `D${String(number).padStart(6, "0")}`],
    };
  });
  const mentioned = aDocument({
    pmid: String(70_000_000 + index),
    title: `Invented paper ${index}`,
    abstract: words.map(({ text }) => `We measured ${text}.`).join(" "),
    mentions: words,
    corpus: "invented",
    year: 1980 + (index % 40),
    retracted: index % 17 === 3,
  });
  const curies = mentioned.mentions.flatMap(({ ids }) => ids);
  const gold = Array.from({ length: relations }, () => ({
    subject: curies[Math.floor(random() * curies.length)] ?? "",
    object: curies[Math.floor(random() * curies.length)] ?? "",
    type: RELATIONS[Math.floor(random() * RELATIONS.length)] ?? "Association",
  }));
  return { ...mentioned, relations: gold };
}

/** A small seeded generator of numbers in 0–1 (mulberry32). */
function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** The write, and the same relations found in the document by a model. */
export function readBy(model: string, write: DocumentWrite, probability = 0.5): DocumentWrite {
  const { document, evidence } = write;
  const found = evidence.map((row) => ({
    ...row,
    id: [
      document.pmid,
      relationId(row.subject.curie, row.object.curie, row.type),
      model,
      document.corpus ?? "",
    ].join("|"),
    sourceKind: "model" as const,
    source: model,
    probability,
  }));
  return { document, evidence: [...evidence, ...found], extractedBy: model };
}

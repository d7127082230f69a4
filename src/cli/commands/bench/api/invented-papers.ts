/**
 * Papers that were never written, for a graph of any size: each names five entities, and says of each two of them that they go
 * together. Degrees fall as the square root of an entity's rank. The same numbers give the same papers.
 */
import type { Document, Mention, Passage } from "../../../../core/document.js";
import { goldEvidence } from "../../../../core/evidence.js";
import { type Random, seededRandom } from "../../../../core/random.js";
import type { EntityType } from "../../../../core/relation-types.js";
import type { DocumentWrite } from "../../../../graph/write/merge-documents.js";

const EACH = 5;
/** Relations a paper, of which few are of a pair that another paper has too. */
const RELATIONS_A_PAPER = (EACH * (EACH - 1)) / 2;
const TYPES = ["Association", "Positive_Correlation", "Negative_Correlation"] as const;
const KINDS: readonly EntityType[] = ["Gene", "Disease", "Chemical"];
const SEED = 11;

/** An entity by its rank, the best connected first. */
export function inventedEntity(rank: number): { curie: string; name: string; type: EntityType } {
  const type = KINDS[rank % KINDS.length] ?? "Gene";
  const curie = type === "Gene" ? `NCBIGene:${rank + 1}` : `MESH:D${String(rank + 1).padStart(7, "0")}`;
  return { curie, name: `${type.toLowerCase()} factor${rank}`, type };
}

/** A rank drawn as papers draw theirs. */
export function drawnRank(entities: number, random: Random): number {
  return Math.floor(entities * random.next() ** 2);
}

/** Papers with about so many relations between them. */
export function* inventedPapers(entities: number, relations: number): Generator<DocumentWrite> {
  const random = seededRandom(SEED);
  for (let paper = 0; paper * RELATIONS_A_PAPER < relations; paper++) {
    const ranks = new Set<number>();
    while (ranks.size < EACH) ranks.add(drawnRank(entities, random));
    const document = inventedPaper(paper, [...ranks], random);
    yield { document, evidence: goldEvidence(document) };
  }
}

function inventedPaper(number: number, ranks: readonly number[], random: Random): Document {
  const title = `Paper ${number} of factors`;
  const mentions: Mention[] = [];
  let text = "";
  for (const rank of ranks) {
    const { curie, name, type } = inventedEntity(rank);
    const start = title.length + 1 + text.length + "We measured ".length;
    mentions.push({ type, ids: [curie], sourceIds: [curie], start, end: start + name.length, text: name });
    text += `We measured ${name} beside the others. `;
  }
  const passages: Passage[] = [
    { kind: "title", offset: 0, text: title },
    { kind: "abstract", offset: title.length + 1, text: text.trimEnd() },
  ];
  const pairs = mentions.flatMap((a, at) => mentions.slice(at + 1).map((b) => [a, b] as const));
  return {
    pmid: String(10_000_000 + number),
    corpus: "invented",
    title,
    year: 1980 + (number % 45),
    passages,
    mentions,
    relations: pairs.map(([a, b]) => ({
      subject: String(a.ids[0]),
      object: String(b.ids[0]),
      type: TYPES[Math.floor(random.next() ** 2 * TYPES.length)] ?? "Association",
    })),
  };
}

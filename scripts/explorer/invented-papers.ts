/**
 * Invented papers for measuring the explorer on a large graph: a hub with as many relations as are asked for, and the others
 * evenly over some tens of thousands of genes and diseases. Each relation has a sentence. The same every time.
 */
import type { Document, GoldRelation, Mention } from "../../src/core/document.js";
import { goldEvidence } from "../../src/core/evidence.js";
import type { EntityType, RelationType } from "../../src/core/relation-types.js";
import type { DocumentWrite } from "../../src/graph/write/write-documents.js";

/** The entity that much is related to. */
export const HUB = "MESH:D005395";
const RELATIONS_A_PAPER = 4;
const RELATIONS_AN_ENTITY = 25;
const TYPES: readonly RelationType[] = ["Association", "Positive_Correlation", "Negative_Correlation"];
const VERBS = ["is linked to", "raises", "lowers"];
const FIRST_YEAR = 1966;
const YEARS = 60;

interface End {
  readonly curie: string;
  readonly name: string;
  readonly type: EntityType;
}

/** So many relations, of which so many are the hub's. */
export function* inventedPapers(relations: number, ofHub: number): Generator<DocumentWrite> {
  for (let first = 0; first < relations; first += RELATIONS_A_PAPER) {
    const last = Math.min(first + RELATIONS_A_PAPER, relations);
    const claims = Array.from({ length: last - first }, (_, index) =>
      claimOf(first + index, relations, ofHub),
    );
    const document = paperOf(String(10_000_000 + first), claims, first);
    yield { document, evidence: goldEvidence(document) };
  }
}

interface Claim {
  readonly ends: readonly [End, End];
  readonly kind: number;
}

function claimOf(index: number, relations: number, ofHub: number): Claim {
  const genes = Math.max(ofHub, Math.ceil(relations / RELATIONS_AN_ENTITY / 2));
  const kind = index % TYPES.length;
  if (index < ofHub) {
    return { ends: [{ curie: HUB, name: "fish oil", type: "Chemical" }, geneOf(index)], kind };
  }
  const gene = index % genes;
  // For one gene the steps differ, and so do the diseases.
  const disease = (gene * 31 + Math.floor(index / genes) * 397) % genes;
  return { ends: [geneOf(gene), diseaseOf(disease)], kind };
}

function geneOf(number: number): End {
  return { curie: `NCBIGene:${number + 1}`, name: `GEN${number + 1}`, type: "Gene" };
}

function diseaseOf(number: number): End {
  const id = String(number + 1).padStart(6, "0");
  return { curie: `MESH:C${id}`, name: `syndrome ${number + 1}`, type: "Disease" };
}

function paperOf(pmid: string, claims: readonly Claim[], seed: number): Document {
  const title = `Invented findings ${pmid}`;
  const mentions: Mention[] = [];
  let abstract = "";
  for (const { ends, kind } of claims) {
    const [one, other] = ends;
    const start = title.length + 1 + abstract.length;
    const sentence = `${one.name} ${VERBS[kind]} ${other.name} in an invented cohort. `;
    mentions.push(
      mentionOf(one, start),
      mentionOf(other, start + sentence.indexOf(other.name, one.name.length)),
    );
    abstract += sentence;
  }
  return {
    pmid,
    title,
    journal: "Journal of Invented Results",
    year: FIRST_YEAR + (Math.floor(seed / RELATIONS_A_PAPER) % YEARS),
    corpus: "invented",
    passages: [
      { kind: "title", offset: 0, text: title },
      { kind: "abstract", offset: title.length + 1, text: abstract.trimEnd() },
    ],
    mentions,
    relations: claims.map(
      ({ ends, kind }): GoldRelation => ({
        subject: ends[0].curie,
        object: ends[1].curie,
        type: TYPES[kind] ?? "Association",
      }),
    ),
  };
}

function mentionOf({ curie, name, type }: End, start: number): Mention {
  return { type, ids: [curie], sourceIds: [curie], start, end: start + name.length, text: name };
}

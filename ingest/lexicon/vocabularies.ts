/**
 * Vocabularies as their publishers offer them, read as entities with names for the recogniser: NCBI's gene_info,
 * MeSH descriptors and supplementary records in ASCII or XML, CTD's chemicals, diseases and genes (TSV), and
 * lexicons of our own; gzipped or not. The form is told by the first lines. Published entities that are no gene,
 * chemical or disease are left out.
 * Sources: ftp.ncbi.nlm.nih.gov/gene/DATA, nlm.nih.gov/mesh, ctdbase.org/downloads.
 */
import type { NamedEntity } from "../../src/core/annotation.js";
import { toCurie } from "../../src/core/curie.js";
import { BioWeftError } from "../../src/core/errors.js";
import type { EntityType } from "../../src/core/relation-types.js";
import { required } from "../../src/core/required.js";
import { isLexiconLine, parseLexiconLine } from "./lexicon-lines.js";
import { readMeshRecords } from "./mesh-records.js";
import { isXml, readMeshXml } from "./mesh-xml.js";
import { readVocabularyLines, type VocabularyLine } from "./vocabulary-lines.js";

/** Where a table has what; columns by their published names. */
interface TableForm {
  readonly type: EntityType;
  readonly id: string;
  readonly name: string;
  readonly synonyms: readonly string[];
}

/** By a column that only this table has. */
const FORMS: Readonly<Record<string, TableForm>> = {
  "#tax_id": {
    type: "Gene",
    id: "GeneID",
    name: "Symbol",
    synonyms: ["Synonyms", "description", "Other_designations"],
  },
  ChemicalName: { type: "Chemical", id: "ChemicalID", name: "ChemicalName", synonyms: ["Synonyms"] },
  DiseaseName: { type: "Disease", id: "DiseaseID", name: "DiseaseName", synonyms: ["Synonyms"] },
  GeneSymbol: { type: "Gene", id: "GeneID", name: "GeneSymbol", synonyms: ["GeneName", "Synonyms"] },
};

/**
 * Streams a vocabulary's entities. Throws NOT_FOUND for no file, BAD_INPUT with file and line for a file in none
 * of the forms, a row that lacks columns, or a broken gzip.
 */
export async function* readVocabulary(file: string): AsyncGenerator<NamedEntity> {
  const lines = readVocabularyLines(file);
  for await (const first of lines) {
    if (first.text.trim() === "") continue;
    if (first.text.startsWith("*NEWRECORD")) yield* readMeshRecords(lines);
    else if (isLexiconLine(first.text)) yield* readLexicon(file, first, lines);
    else if (isXml(first.text)) yield* readXml(file, first, lines);
    else yield* readTable(file, first, lines);
    return;
  }
  throw unknownForm(file, { number: 1, text: "" });
}

async function* readLexicon(
  file: string,
  first: VocabularyLine,
  lines: AsyncIterable<VocabularyLine>,
): AsyncGenerator<NamedEntity> {
  yield parseLexiconLine(file, first);
  for await (const line of lines) if (line.text !== "") yield parseLexiconLine(file, line);
}

async function* readXml(
  file: string,
  first: VocabularyLine,
  lines: AsyncIterable<VocabularyLine>,
): AsyncGenerator<NamedEntity> {
  const text = async function* () {
    yield `${"\n".repeat(first.number - 1)}${first.text}\n`;
    for await (const line of lines) yield `${line.text}\n`;
  };
  let entities = 0;
  for await (const entity of readMeshXml(file, text())) {
    entities += 1;
    yield entity;
  }
  if (entities === 0) throw unknownForm(file, first);
}

async function* readTable(
  file: string,
  first: VocabularyLine,
  lines: AsyncIterable<VocabularyLine>,
): AsyncGenerator<NamedEntity> {
  let header: readonly string[] | undefined;
  let form: TableForm | undefined;
  const all = async function* () {
    yield first;
    yield* lines;
  };
  for await (const line of all()) {
    if (line.text === "") continue;
    if (form === undefined || header === undefined) {
      const columns = line.text.startsWith("#tax_id") ? line.text.split("\t") : ctdColumns(line.text);
      form = FORMS[required(columns[0], "a header's first column")];
      if (form !== undefined) header = columns;
      else if (!line.text.startsWith("#")) throw unknownForm(file, line);
      continue;
    }
    if (line.text.startsWith("#")) continue;
    const entity = parseRow(file, line, header, form);
    if (entity !== undefined) yield entity;
  }
  if (form === undefined) throw unknownForm(file, first);
}

/** CTD names its columns in a comment. */
function ctdColumns(line: string): string[] {
  return line.replace(/^#\s*/, "").split("\t");
}

function parseRow(
  file: string,
  { number, text }: VocabularyLine,
  header: readonly string[],
  form: TableForm,
): NamedEntity | undefined {
  const cells = text.split("\t");
  const cell = (name: string): string => {
    const value = cells[header.indexOf(name)] ?? "";
    return value === "-" ? "" : value;
  };
  const curie = toCurie(cell(form.id), form.type);
  const name = cell(form.name);
  if (curie === undefined || name === "") {
    const reason = `a row without ${form.id} or ${form.name}; is the file whole?`;
    throw new BioWeftError("BAD_INPUT", reason, { place: { file, line: number } });
  }
  // NCBI's placeholder for genes that have been described but not named.
  if (name === "NEWENTRY") return undefined;
  const synonyms = form.synonyms.flatMap((column) => cell(column).split("|")).filter((one) => one !== "");
  return { curie, type: form.type, name, synonyms: [...new Set(synonyms)] };
}

function unknownForm(file: string, { number }: VocabularyLine): BioWeftError {
  const reason =
    "no vocabulary that can be read; give NCBI's gene_info, MeSH (d20xx.bin, c20xx.bin, desc20xx.xml, supp20xx.xml), CTD's chemicals, diseases or genes as TSV, or what bioweft lexicon writes";
  return new BioWeftError("BAD_INPUT", reason, { place: { file, line: number } });
}

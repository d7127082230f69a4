/**
 * Vocabularies as their publishers offer them, read as entities with names for the recogniser: NCBI's gene_info,
 * MeSH descriptors in ASCII (d2025.bin), CTD's chemicals, diseases and genes (TSV); gzipped or not. The form is
 * told by the first lines. Entities that are no gene, chemical or disease are left out.
 * Sources: ftp.ncbi.nlm.nih.gov/gene/DATA, nlm.nih.gov/mesh, ctdbase.org/downloads.
 */
import type { NamedEntity } from "../../src/core/annotation.js";
import { toCurie } from "../../src/core/curie.js";
import { BioWeftError } from "../../src/core/errors.js";
import type { EntityType } from "../../src/core/relation-types.js";
import { readMeshRecords } from "./mesh-records.js";
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
  let header: readonly string[] | undefined;
  let form: TableForm | undefined;
  for await (const line of lines) {
    if (line.text === "") continue;
    if (form === undefined || header === undefined) {
      if (line.text.startsWith("*NEWRECORD")) {
        yield* readMeshRecords(lines);
        return;
      }
      const columns = line.text.startsWith("#tax_id") ? line.text.split("\t") : ctdColumns(line.text);
      form = FORMS[columns[0] ?? ""];
      if (form !== undefined) header = columns;
      else if (!line.text.startsWith("#")) throw unknownForm(file, line);
      continue;
    }
    if (line.text.startsWith("#")) continue;
    const entity = parseRow(file, line, header, form);
    if (entity !== undefined) yield entity;
  }
  if (form === undefined) throw unknownForm(file, { number: 1, text: "" });
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
    "no vocabulary that can be read; give NCBI's gene_info, MeSH's d20xx.bin, or CTD's chemicals, diseases or genes as TSV";
  return new BioWeftError("BAD_INPUT", reason, { place: { file, line: number } });
}

/**
 * MeSH in the ASCII form, descriptors (d20xx.bin) and supplementary concept records (c20xx.bin): records of
 * `KEY = value` lines. A descriptor's tree numbers tell what it is: C and F03 diseases, D chemicals; a supplementary
 * record's semantic types tell a disease, its registry number a chemical.
 * Source: https://www.nlm.nih.gov/databases/download/mesh.html
 */
import type { NamedEntity } from "../../src/core/annotation.js";
import type { EntityType } from "../../src/core/relation-types.js";
import { required } from "../../src/core/required.js";
import type { VocabularyLine } from "./vocabulary-lines.js";

/** UMLS semantic types of diseases: disorders and neoplasms, of the mind too, anomalies, injuries, signs. */
const DISEASE_TYPES = new Set(["T019", "T020", "T037", "T046", "T047", "T048", "T184", "T190", "T191"]);

/** The records of diseases and chemicals; the first `*NEWRECORD` line is already read. */
export async function* readMeshRecords(lines: AsyncIterable<VocabularyLine>): AsyncGenerator<NamedEntity> {
  let fields: (readonly [string, string])[] = [];
  for await (const { text } of lines) {
    if (text.startsWith("*NEWRECORD")) {
      yield* toEntity(fields);
      fields = [];
    }
    const [, key, value] = /^([A-Z ]+?) = (.*)$/.exec(text) ?? [];
    if (key !== undefined && value !== undefined) fields.push([key, value]);
  }
  yield* toEntity(fields);
}

function toEntity(fields: readonly (readonly [string, string])[]): NamedEntity[] {
  const values = (...keys: string[]) =>
    fields.filter(([key]) => keys.includes(key)).map(([, value]) => value);
  const [id] = values("UI");
  const [heading] = values("MH");
  const [substance] = values("NM");
  const name = heading ?? substance;
  const type =
    heading === undefined ? typeOfSupplementary(values("ST"), values("RN")) : typeOfTreeNumbers(values("MN"));
  if (id === undefined || name === undefined || type === undefined) return [];
  // A synonym goes on with its kind and history behind a bar.
  const synonyms = values("ENTRY", "PRINT ENTRY", "SY").map((entry) =>
    required(entry.split("|")[0], "what stands before a bar"),
  );
  return [{ curie: `MESH:${id}`, type, name, synonyms: synonyms.filter((one) => one !== "") }];
}

/** What a descriptor is by where it stands in MeSH's trees; undefined for what we do not name. */
export function typeOfTreeNumbers(treeNumbers: readonly string[]): EntityType | undefined {
  if (treeNumbers.some((number) => /^(?:C\d|F03)/.test(number))) return "Disease";
  return treeNumbers.some((number) => /^D\d/.test(number)) ? "Chemical" : undefined;
}

/** Protocols and populations have neither a disease's semantic type nor a registry number. */
function typeOfSupplementary(
  semanticTypes: readonly string[],
  registryNumbers: readonly string[],
): EntityType | undefined {
  if (semanticTypes.some((type) => DISEASE_TYPES.has(type))) return "Disease";
  return registryNumbers.length > 0 ? "Chemical" : undefined;
}

/**
 * MeSH descriptors in the ASCII form: records of `KEY = value` lines. Tree numbers tell what a descriptor is: C
 * and F03 diseases, D chemicals. Source: https://www.nlm.nih.gov/databases/download/mesh.html
 */
import type { NamedEntity } from "../../src/core/annotation.js";
import type { EntityType } from "../../src/core/relation-types.js";
import type { VocabularyLine } from "./vocabulary-lines.js";

/** The descriptors of diseases and chemicals; the first `*NEWRECORD` line is already read. */
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
  const [name] = values("MH");
  const type = typeOf(values("MN"));
  if (id === undefined || name === undefined || type === undefined) return [];
  // An entry goes on with its kind and history behind a bar.
  const synonyms = values("ENTRY", "PRINT ENTRY").map((entry) => entry.split("|")[0] ?? "");
  return [{ curie: `MESH:${id}`, type, name, synonyms: synonyms.filter((one) => one !== "") }];
}

function typeOf(treeNumbers: readonly string[]): EntityType | undefined {
  if (treeNumbers.some((number) => /^(?:C\d|F03)/.test(number))) return "Disease";
  return treeNumbers.some((number) => /^D\d/.test(number)) ? "Chemical" : undefined;
}

/**
 * MeSH as XML: descriptors (desc20xx.xml), whose tree numbers tell what one is, and supplementary concept records
 * (supp20xx.xml), which say it by their class: 1 chemicals, 3 rare diseases. Streamed record by record.
 * Source: https://www.nlm.nih.gov/databases/download/mesh.html
 */
import type { NamedEntity } from "../../src/core/annotation.js";
import type { EntityType } from "../../src/core/relation-types.js";
import { required } from "../../src/core/required.js";
import { childrenOf, readXmlElements, type XmlElement } from "../formats/reading/xml-elements.js";
import { typeOfTreeNumbers } from "./mesh-records.js";

const TYPE_OF_CLASS: Readonly<Record<string, EntityType>> = { "1": "Chemical", "3": "Disease" };

/** Where a kind of record has what. */
const RECORDS: Readonly<
  Record<string, { id: string; name: string; typeOf: (record: XmlElement) => EntityType | undefined }>
> = {
  DescriptorRecord: {
    id: "DescriptorUI",
    name: "DescriptorName",
    typeOf: (record) => typeOfTreeNumbers(textsAt(record, "TreeNumberList", "TreeNumber")),
  },
  SupplementalRecord: {
    id: "SupplementalRecordUI",
    name: "SupplementalRecordName",
    typeOf: ({ attributes }) => TYPE_OF_CLASS[attributes["SCRClass"] ?? ""],
  },
};

/** Whether a file that begins with this line is XML, as MeSH's is. */
export function isXml(line: string): boolean {
  return /^\s*</.test(line);
}

/** The diseases and chemicals of a file whose text is given. Throws BAD_INPUT with file and line for broken XML. */
export async function* readMeshXml(file: string, text: AsyncIterable<string>): AsyncGenerator<NamedEntity> {
  for await (const element of readXmlElements(file, Object.keys(RECORDS), text)) {
    const form = required(RECORDS[element.name], `the form of ${element.name}`);
    const type = form.typeOf(element);
    const [id] = textsAt(element, form.id);
    const [name] = textsAt(element, form.name, "String");
    if (type === undefined || id === undefined || name === undefined) continue;
    const names = new Set(textsAt(element, "ConceptList", "Concept", "TermList", "Term", "String"));
    names.delete(name);
    yield { curie: `MESH:${id}`, type, name, synonyms: [...names] };
  }
}

/** What stands in the elements at the end of a path, nothing left out but what is empty. */
function textsAt(element: XmlElement, ...path: readonly string[]): string[] {
  let found: readonly XmlElement[] = [element];
  for (const name of path) found = found.flatMap((one) => childrenOf(one, name));
  return found.map(({ text }) => text.trim()).filter((text) => text !== "");
}

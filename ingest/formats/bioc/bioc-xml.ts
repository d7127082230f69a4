/**
 * Reads BioC XML (BioRED's, BC5CDR's and PubTator3's) into `Document`s: each <document> becomes what BioC JSON
 * would hold and goes on the same way. Of BC5CDR's composites the whole is read and the parts, which repeat it,
 * are not, as in its PubTator files. Source: Comeau et al. 2013 (BioC).
 */
import type { Document } from "../../../src/core/document.js";
import { type ReadOptions, reject } from "../../../src/core/read-options.js";
import { checkValue } from "../reading/schema-faults.js";
import { fileText } from "../reading/text-lines.js";
import { childrenOf, readXmlElements, type XmlElement } from "../reading/xml-elements.js";
import { toDocument } from "./bioc-document.js";
import { bioCDocument } from "./bioc-schema.js";

// Where BC5CDR keeps a concept: in an infon named for the vocabulary. `identifier` is everyone else's.
const VOCABULARIES = ["identifier", "MESH", "OMIM"];

/** Streams a BioC XML file's documents. Throws BAD_INPUT with file, line and reason, NOT_FOUND for no file. */
export async function* readBioCXml(
  file: string,
  options: ReadOptions = {},
  chunks?: AsyncIterable<Buffer>,
): AsyncGenerator<Document> {
  try {
    for await (const element of readXmlElements(file, ["document"], fileText(file, chunks))) {
      const place = { file, line: element.line };
      try {
        yield toDocument(checkValue(bioCDocument, documentValue(element), place), place);
      } catch (fault) {
        reject(fault, options);
      }
    }
  } catch (fault) {
    reject(fault, options);
  }
}

/** The document as BioC JSON spells it. */
function documentValue(element: XmlElement) {
  return {
    id: childText(element, "id"),
    infons: infons(element),
    passages: childrenOf(element, "passage").map((passage) => ({
      infons: infons(passage),
      offset: Number(childText(passage, "offset")),
      text: childText(passage, "text") ?? "",
      annotations: childrenOf(passage, "annotation")
        .filter((one) => infons(one)["CompositeRole"] !== "IndividualMention")
        .map(annotationValue),
    })),
    relations: [element, ...childrenOf(element, "passage")]
      .flatMap((owner) => childrenOf(owner, "relation"))
      .map(relationValue),
  };
}

function annotationValue(element: XmlElement) {
  const all = infons(element);
  const identifier = VOCABULARIES.map((name) => all[name]).find((id) => id !== undefined);
  return {
    infons: { ...all, ...(identifier === undefined ? {} : { identifier }) },
    text: childText(element, "text"),
    locations: childrenOf(element, "location").map(({ attributes }) => ({
      offset: Number(attributes["offset"]),
      length: Number(attributes["length"]),
    })),
  };
}

/** BC5CDR names a relation's type `relation`, and its ends by what they are. */
function relationValue(element: XmlElement) {
  const { relation, Chemical, Disease, ...all } = infons(element);
  return relation === undefined
    ? { infons: all }
    : { infons: { type: relation, entity1: Chemical, entity2: Disease } };
}

function infons(element: XmlElement): Record<string, string> {
  return Object.fromEntries(
    childrenOf(element, "infon").map((one) => [one.attributes["key"] ?? "", one.text]),
  );
}

function childText(element: XmlElement, name: string): string | undefined {
  return childrenOf(element, name)[0]?.text;
}

/**
 * Reads BioC XML (BioRED's, BC5CDR's and PubTator3's) into `Document`s: each <document> becomes what BioC JSON
 * would hold and goes on the same way. Of BC5CDR's composites the whole is read and the parts, which repeat it,
 * are not, as in its PubTator files. Source: Comeau et al. 2013 (BioC).
 */
import type { Document } from "../../../src/core/document.js";
import { parseWarned, type ReadOptions, reject } from "../../../src/core/read-options.js";
import { checkValue } from "../reading/schema-faults.js";
import { childrenOf, readXmlElements, type XmlElement, xmlText } from "../reading/xml-elements.js";
import { toDocument } from "./bioc-document.js";
import { bioCDocument } from "./bioc-schema.js";

/** Streams a BioC XML file's documents. Throws BAD_INPUT with file, line and reason, NOT_FOUND for no file. */
export async function* readBioCXml(
  file: string,
  options: ReadOptions = {},
  chunks?: AsyncIterable<Buffer>,
): AsyncGenerator<Document> {
  try {
    for await (const element of readXmlElements(file, ["document"], xmlText(file, chunks))) {
      const place = { file, line: element.line };
      try {
        yield parseWarned(options, place, (warn) =>
          toDocument(checkValue(bioCDocument, documentValue(element), place), place, warn),
        );
      } catch (fault) {
        reject(fault, options);
      }
    }
  } catch (fault) {
    reject(fault, options);
  }
}

/** The document as BioC JSON spells it, numbers left as text. */
function documentValue(element: XmlElement) {
  return {
    id: childText(element, "id"),
    infons: infons(element),
    passages: childrenOf(element, "passage").map((passage) => ({
      infons: infons(passage),
      ...partValue(passage),
      sentences: childrenOf(passage, "sentence").map(partValue),
    })),
    relations: childrenOf(element, "relation").map(relationValue),
  };
}

/** What a passage and a sentence have alike. */
function partValue(element: XmlElement) {
  return {
    offset: childText(element, "offset"),
    text: childText(element, "text"),
    annotations: childrenOf(element, "annotation").map(annotationValue),
    relations: childrenOf(element, "relation").map(relationValue),
  };
}

function annotationValue(element: XmlElement) {
  return {
    id: element.attributes["id"],
    infons: infons(element),
    text: childText(element, "text"),
    locations: childrenOf(element, "location").map(({ attributes }) => ({
      offset: attributes["offset"],
      length: attributes["length"],
    })),
  };
}

function relationValue(element: XmlElement) {
  return {
    infons: infons(element),
    nodes: childrenOf(element, "node").map(({ attributes }) => ({ refid: attributes["refid"] })),
  };
}

function infons(element: XmlElement): Record<string, string> {
  return Object.fromEntries(
    childrenOf(element, "infon").map((one) => [one.attributes["key"] ?? "", one.text]),
  );
}

function childText(element: XmlElement, name: string): string | undefined {
  return element.children.find((child) => child.name === name)?.text;
}

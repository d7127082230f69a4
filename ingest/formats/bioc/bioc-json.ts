/**
 * Reads BioC JSON into `Document`s: a PubTator3 answer (`{"PubTator3":[…]}`), a BioC collection
 * (`{"documents":[…]}`), or bare documents one after the other. Offsets are code points of the whole document
 * and leave as UTF-16. bioc-schema.ts says what a document must look like; this file does not fetch anything.
 */
import type { Document } from "../../../src/core/document.js";
import { BioWeftError, type ErrorPlace } from "../../../src/core/errors.js";
import { parseWarned, type ReadOptions, reject } from "../../../src/core/read-options.js";
import { JsonObjectScanner, type JsonObjectText } from "../reading/json-objects.js";
import { parseJson } from "../reading/schema-faults.js";
import { fileText } from "../reading/text-lines.js";
import { toDocument } from "./bioc-document.js";
import { bioCDocument } from "./bioc-schema.js";

const WRAPPERS = ["PubTator3", "documents"];

/** Streams a BioC JSON file's documents. Throws BAD_INPUT with file, line and reason, NOT_FOUND for no file. */
export async function* readBioCJson(
  file: string,
  options: ReadOptions = {},
  chunks?: AsyncIterable<Buffer>,
): AsyncGenerator<Document> {
  const scanner = new JsonObjectScanner(WRAPPERS);
  try {
    for await (const chunk of fileText(file, chunks)) {
      for (const found of scanner.push(chunk)) yield* parseObject(found, { file }, options);
    }
  } catch (fault) {
    reject(fault, options);
    return;
  }
  for (const found of scanner.end()) yield* parseObject(found, { file }, options);
}

/** Where a BioC JSON text breaks as a whole, so that nothing more can be told from it; undefined for one that does not. */
export function structuralFault(text: string): string | undefined {
  const scanner = new JsonObjectScanner(WRAPPERS);
  return [...scanner.push(text), ...scanner.end()].find(({ fault }) => fault !== undefined)?.fault;
}

/** The documents of a BioC JSON text. Throws BAD_INPUT for what is none; an empty collection gives none. */
export function parseBioCJson(text: string, options: ReadOptions = {}): Document[] {
  const scanner = new JsonObjectScanner(WRAPPERS);
  const found = [...scanner.push(text), ...scanner.end()];
  return found.flatMap((one) => [...parseObject(one, {}, options)]);
}

// What a document calls itself, for a fault that is found before its identifier is.
const PMID_IN_TEXT = /"(?:pmid|article-id_pmid)"\s*:\s*"?(\d+)/;
const ID_IN_TEXT = /^\s*\{[^[{]{0,200}"id"\s*:\s*"?(\d+)/;

function* parseObject(found: JsonObjectText, where: ErrorPlace, options: ReadOptions): Generator<Document> {
  const pmid = PMID_IN_TEXT.exec(found.text)?.[1] ?? ID_IN_TEXT.exec(found.text)?.[1];
  const place = { ...where, line: found.line, ...(pmid === undefined ? {} : { pmid }) };
  try {
    if (found.fault !== undefined) throw new BioWeftError("BAD_INPUT", found.fault, { place });
    yield parseWarned(options, place, (warn) =>
      toDocument(parseJson(bioCDocument, found.text, place), place, warn),
    );
  } catch (fault) {
    reject(fault, options);
  }
}

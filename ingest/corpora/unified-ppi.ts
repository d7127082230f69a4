/**
 * What AIMed and HPRD50 share: both stand as unified PPI XML and as the BioREx authors' PubTator copy, and either
 * is read wherever it is given. Each mention is an entity of its own; a sentence's other pairs are negatives.
 */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Document } from "../../src/core/document.js";
import type { ReadOptions } from "../../src/core/read-options.js";
import { readSentenceXml, type SentenceXmlDialect } from "../formats/bioc/sentence-xml.js";
import { readPubTator } from "../formats/pubtator/pubtator.js";
import { joinSentenceBlocks } from "../formats/pubtator/sentence-blocks.js";
import { readXmlElements } from "../formats/reading/xml-elements.js";

/** The label of both forms, and BioRED's. */
export const PPI_LABELS = { PPI: "Association", Association: "Association" } as const;

/**
 * Makes the reader of one corpus. `prefix` opens its identifiers (`AIMed`). Where the XML files stand beside a
 * PubTator copy, its documents, which have no PMIDs there, get them from it.
 */
export function ppiReader(prefix: string) {
  const dialect: SentenceXmlDialect = {
    prefix,
    entityType: "Gene",
    inclusiveEnd: false,
    pairElement: "interaction",
    pairType: () => "PPI",
  };
  return async function* (paths: readonly string[], options: ReadOptions): AsyncGenerator<Document> {
    for (const path of paths) {
      if (path.endsWith(".xml")) yield* readSentenceXml(path, dialect, options);
      else {
        const pmids = await pmidsBeside(path, prefix);
        yield* joinSentenceBlocks(readPubTator(path, options), prefix, (name) => pmids.get(name));
      }
    }
  };
}

/** PMIDs by the PubTator copy's names: document `AIMed.d30` of the XML is `AIMed_d30` there. */
async function pmidsBeside(path: string, prefix: string): Promise<Map<string, string>> {
  const pmids = new Map<string, string>();
  for (const part of ["train", "test"]) {
    const file = join(dirname(path), `${prefix}-${part}.xml`);
    if (!existsSync(file)) continue;
    for await (const { attributes } of readXmlElements(file, ["document"])) {
      const { id, origId } = attributes;
      if (id !== undefined && origId !== undefined) pmids.set(id.replace(".", "_"), origId);
    }
  }
  return pmids;
}

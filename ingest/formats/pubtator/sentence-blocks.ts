/**
 * Puts the BioREx authors' PubTator copies of AIMed and HPRD50 together again: a block there is a sentence,
 * `AIMed_d30_4`, and becomes a passage of its document, `AIMed_d30`. Identifiers (T1, T2, …) hold within one
 * document, so they get its name. The blocks themselves are read as any PubTator file.
 */
import type { Document, GoldRelation, Mention, Passage } from "../../../src/core/document.js";
import { BioWeftError } from "../../../src/core/errors.js";

interface OpenDocument {
  readonly name: string;
  readonly passages: Passage[];
  readonly mentions: Mention[];
  readonly relations: GoldRelation[];
}

/**
 * Joins neighbouring blocks of one document; `prefix` opens its identifiers, `pmidOf` knows its PMID, if any
 * does. Throws BAD_INPUT for a block whose name ends in no number.
 */
export async function* joinSentenceBlocks(
  blocks: AsyncIterable<Document>,
  prefix: string,
  pmidOf: (name: string) => string | undefined,
): AsyncGenerator<Document> {
  let open: OpenDocument | undefined;
  for await (const block of blocks) {
    const name = /^(.+)_\d+$/.exec(block.pmid)?.[1];
    if (name === undefined) {
      const reason = `a block is called DOCUMENT_NUMBER here, such as ${prefix}_d1_1, not "${block.pmid}"`;
      throw new BioWeftError("BAD_INPUT", reason, { place: { pmid: block.pmid } });
    }
    if (open !== undefined && open.name !== name) yield closed(open, pmidOf);
    if (open?.name !== name) open = { name, passages: [], mentions: [], relations: [] };
    append(open, block, prefix);
  }
  if (open !== undefined) yield closed(open, pmidOf);
}

/** A document of one block is left to the sentence splitter: HPRD50's copy holds whole abstracts so. */
function closed({ name, ...content }: OpenDocument, pmidOf: (name: string) => string | undefined): Document {
  const { passages } = content;
  const cut = passages.length > 1;
  const sentences = passages.map((passage): Passage => (cut ? { ...passage, sentence: true } : passage));
  return { pmid: pmidOf(name) ?? name, ...content, passages: sentences };
}

/** Adds a block's passages behind those there are, everything moved and renamed with them. */
function append(document: OpenDocument, block: Document, prefix: string): void {
  const last = document.passages.at(-1);
  const shift = last === undefined ? 0 : last.offset + last.text.length + 1;
  const named = (id: string) => `${prefix}:${document.name}.${id}`;
  for (const { offset, text } of block.passages) {
    document.passages.push({ kind: "body", offset: offset + shift, text });
  }
  for (const mention of block.mentions) {
    document.mentions.push({
      ...mention,
      ids: mention.sourceIds.map(named),
      start: mention.start + shift,
      end: mention.end + shift,
    });
  }
  for (const { subject, object, type } of block.relations) {
    document.relations.push({ subject: named(subject), object: named(object), type });
  }
}

/**
 * Writes a `Document` as a PubTator block in BioRED's dialect: its type names, identifiers as the source spelled
 * them, offsets in code points. What pubtator.ts reads of it is the same document. It writes to no file.
 */
import { type Document, documentText } from "../../../src/core/document.js";
import { offsetMap } from "../../../src/core/offsets.js";
import { BIORED_NAMES } from "../reading/entity-names.js";
import type { ScoredRelation } from "../reading/scored-relation.js";
import { toMetadataLines } from "./publication-metadata.js";

/** What goes into the block besides the text and the mentions. */
interface PubTatorContent {
  /**
   * Relations to write in place of the document's own, their scores in the fifth column. BioRED's scorer reads
   * the first four columns only.
   */
  readonly relations?: readonly ScoredRelation[];
}

/** The block of one document, closed by a blank line. Texts of the body follow the abstract on its line. */
export function toPubTator(document: Document, content: PubTatorContent = {}): string {
  const text = documentText(document);
  const map = offsetMap(text);
  const mentions = document.mentions.map((mention) => {
    const ids = mention.sourceIds.length === 0 ? "-" : mention.sourceIds.join(",");
    const offsets = `${map.toCodePoint(mention.start)}\t${map.toCodePoint(mention.end)}`;
    return `${offsets}\t${oneLine(mention.text)}\t${BIORED_NAMES[mention.type]}\t${ids}`;
  });
  const rows = [...mentions, ...relationRows(document, content.relations)];
  const lines = [...textLines(document, text), ...toMetadataLines(document).map(oneLine)];
  const block = [
    ...lines.map((line) => document.pmid + line),
    ...rows.map((row) => `${document.pmid}\t${row}`),
  ];
  return `${block.join("\n")}\n\n`;
}

/** Title and abstract lines. PubTator knows no other passages, and takes one character between the two. */
function textLines(document: Document, text: string): string[] {
  const [first] = document.passages;
  const titleEnd = first?.kind === "title" ? first.text.length : text.length;
  const title = `|t|${oneLine(text.slice(0, titleEnd))}`;
  const more = document.passages.some((passage) => passage.offset > titleEnd);
  return more ? [title, `|a|${oneLine(text.slice(titleEnd + 1))}`] : [title];
}

function relationRows(document: Document, scored: readonly ScoredRelation[] | undefined): string[] {
  const sourceIds = new Map<string, string>();
  for (const mention of document.mentions) {
    for (const [index, curie] of mention.ids.entries()) {
      if (!sourceIds.has(curie)) sourceIds.set(curie, mention.sourceIds[index] ?? curie);
    }
  }
  const spelled = (curie: string) => sourceIds.get(curie) ?? curie;
  const row = (relation: { type: string; subject: string; object: string }, note: string | undefined) =>
    [relation.type, spelled(relation.subject), spelled(relation.object)].concat(note ?? []).join("\t");
  if (scored !== undefined) return scored.map((relation) => row(relation, relation.score.toFixed(4)));
  const relations = document.relations.map((relation) =>
    row(relation, relation.novel === undefined ? undefined : relation.novel ? "Novel" : "No"),
  );
  // BioCreative VIII's dialect: the directions behind the relations, one for a pair.
  const directions = document.relations.flatMap(({ subject, object, directedFrom }) =>
    directedFrom === undefined
      ? []
      : [[spelled(subject), spelled(object), `Subject:${spelled(directedFrom)}`].join("\t")],
  );
  return [...relations, ...new Set(directions)];
}

/** Text without line ends and tabs, which would break the format; its length stays, and so do the offsets. */
function oneLine(text: string): string {
  return text.replace(/[\r\n\t]/g, " ");
}

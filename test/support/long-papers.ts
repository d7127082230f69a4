/**
 * Papers as long as the longest that a server is asked to read: as many entities as wanted in few words, or as many
 * different words. Names and sentences mean nothing.
 */
import type { Document, Mention } from "../../src/core/document.js";
import type { EntityType } from "../../src/core/relation-types.js";

const KINDS: readonly { readonly type: EntityType; id(number: number): string }[] = [
  { type: "Gene", id: (number) => `NCBIGene:${100_000 + number}` },
  { type: "Disease", id: (number) => `MESH:D${100_000 + number}` },
  { type: "Chemical", id: (number) => `MESH:C${100_000 + number}` },
];
const TITLE = "Many things were measured";
const WORDS = ["was", "measured", "in", "nearly", "all", "of", "them"];

/** A paper that names so many entities once each, `gap` words apart, six a sentence. */
export function paperOfEntities(entities: number, { pmid = "90030001", gap = 2 } = {}): Document {
  const mentions: Mention[] = [];
  const begin = TITLE.length + 1;
  let text = "";
  for (let number = 0; number < entities; number += 1) {
    const kind = KINDS[number % KINDS.length];
    if (kind === undefined) continue;
    const name = `thing${number}`;
    const id = kind.id(number);
    const start = begin + text.length;
    const span = { start, end: start + name.length, text: name };
    mentions.push({ type: kind.type, ids: [id], sourceIds: [id.replace(/^\w+:/, "")], ...span });
    text += `${[name, ...WORDS.slice(0, gap)].join(" ")}${number % 6 === 5 ? ". Then " : ", "}`;
  }
  return {
    pmid,
    passages: [
      { kind: "title", offset: 0, text: TITLE },
      { kind: "abstract", offset: begin, text },
    ],
    mentions,
    relations: [],
  };
}

/** A text of that many characters, of words that are all different. */
export function textOfWords(characters: number): string {
  let text = "";
  for (let number = 0; text.length < characters; number += 1) text += `word${number.toString(36)} `;
  return text.slice(0, characters).trimEnd();
}

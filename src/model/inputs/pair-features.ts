/**
 * What the text encoder cannot see of a pair: how often its entities are named, whether the title names them,
 * how far apart the closest mentions stand. One-hot, so that the head's first layer embeds them.
 */
import type { Candidate, DocumentEntity } from "../../core/candidate.js";
import type { Mention } from "../../core/document.js";
import { PAIR_TYPES } from "../../core/relation-types.js";
import { mentionGap } from "../../core/sentences.js";

const COUNT_EDGES = [1, 2, 4, 8];
const GAP_EDGES = [10, 30, 80, 200, 500, 1000];

/** Length of a pair's feature vector. */
export const FEATURES = 2 * (COUNT_EDGES.length + 1) + 2 + 2 + (GAP_EDGES.length + 1) + PAIR_TYPES.length;

/** Feature vector of a pair, given its closest two mentions. Gaps are in characters. */
export function pairFeatures(candidate: Candidate, subject: Mention, object: Mention): number[] {
  const { subject: one, object: other } = candidate;
  return [
    ...oneHot(bucket(one.mentions.length, COUNT_EDGES), COUNT_EDGES.length + 1),
    ...oneHot(bucket(other.mentions.length, COUNT_EDGES), COUNT_EDGES.length + 1),
    Number(one.type === "Variant"),
    Number(other.type === "Variant"),
    Number(leads(one)),
    Number(leads(other)),
    ...oneHot(bucket(mentionGap(subject, object), GAP_EDGES), GAP_EDGES.length + 1),
    ...oneHot(PAIR_TYPES.indexOf(candidate.pairType), PAIR_TYPES.length),
  ];
}

/** Whether an entity is named within the first 150 characters, which is where titles are. */
function leads(entity: DocumentEntity): boolean {
  return entity.mentions.some((mention) => mention.start < 150);
}

function bucket(value: number, edges: readonly number[]): number {
  const index = edges.findIndex((edge) => value <= edge);
  return index === -1 ? edges.length : index;
}

function oneHot(index: number, length: number): number[] {
  return Array.from({ length }, (_, position) => Number(position === index));
}

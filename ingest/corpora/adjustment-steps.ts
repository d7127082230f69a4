/**
 * BioREx's five adjustments, each one step from draft to draft; `harmonizeDocument` composes them. A step never
 * loses anything in silence: what it leaves out it adds to `rejected` with the reason. Source: Lai et al. 2023.
 */
import { documentCandidates, pairKey } from "../../src/core/candidate.js";
import type { Document, GoldRelation, Mention } from "../../src/core/document.js";
import { BioWeftError } from "../../src/core/errors.js";
import type { PairType } from "../../src/core/relation-types.js";
import { documentSentences, type Span } from "../../src/core/sentences.js";
import type { Adjustments } from "./adjustments.js";

/** A pair to learn from. `class` is its relation type or the negative class; `undefined` while it has none. */
interface HarmonizedPair {
  readonly subject: string;
  readonly object: string;
  readonly pairType: PairType;
  readonly class?: string;
  /** The sentences to read [b2], UTF-16 offsets; absent where the whole document is read [b1]. */
  readonly sentences?: readonly Span[];
}

/** A document on its way. `rejected` holds a reason for each relation that was left out. */
export interface Draft {
  readonly document: Document;
  readonly pairs: readonly HarmonizedPair[];
  readonly rejected: readonly string[];
  /** Whose entity markers: a corpus's prompt, or BioRED's. */
  readonly markers: string;
}

const SHARED_MARKERS = "BioRED";

/** What the steps start from. */
export function aDraft(document: Document): Draft {
  return { document, pairs: [], rejected: [], markers: SHARED_MARKERS };
}

/** One adjustment. */
export type Step = (draft: Draft) => Draft;

/** [a1] keeps relations as they are; [a2] those with both ends in the text; [a3] those with both in one sentence. */
export function spansStep(code: Adjustments["spans"]): Step {
  if (code === "a1") return (draft) => draft;
  return (draft) => {
    const mentions = mentionsByCurie(draft.document);
    const sentences = documentSentences(draft.document);
    const fault = ({ subject, object }: GoldRelation) => {
      const [ours, theirs] = [mentions.get(subject), mentions.get(object)];
      if (ours === undefined || theirs === undefined) return "an end is not named in the text";
      return code === "a3" && sharedSentences(sentences, ours, theirs).length === 0
        ? "its ends share no sentence"
        : undefined;
    };
    return withoutRelations(draft, fault);
  };
}

/** [d1] the type that the map gives a label, [d2] Association for every label that the map knows. */
export function typesStep(code: Adjustments["types"], labels: Readonly<Record<string, string>>): Step {
  return (draft) => {
    const { corpus = "the corpus", pmid } = draft.document;
    const relations = draft.document.relations.map((relation) => {
      const type = labels[relation.type];
      if (type !== undefined) return { ...relation, type: code === "d2" ? "Association" : type };
      const reason = `${corpus} has no label "${relation.type}"; is this another corpus's file?`;
      throw new BioWeftError("BAD_INPUT", reason, { place: { pmid } });
    });
    return { ...draft, document: { ...draft.document, relations } };
  };
}

/** Makes the pairs: [b1] of the whole document, [b2] those that share a sentence, with the sentences to read. */
export function inputStep(code: Adjustments["input"], pairTypes: readonly PairType[]): Step {
  return (draft) => {
    const sentences = code === "b2" ? documentSentences(draft.document) : [];
    const pairs = documentCandidates(draft.document).flatMap(({ subject, object, pairType }) => {
      if (!pairTypes.includes(pairType)) return [];
      const pair = { subject: subject.curie, object: object.curie, pairType };
      if (code === "b1") return [pair];
      const shared = sharedSentences(sentences, subject.mentions, object.mentions);
      return shared.length === 0 ? [] : [{ ...pair, sentences: shared }];
    });
    return labelled({ ...draft, pairs });
  };
}

/** Pairs without a label: [c1, c2] get the negative class, [c3] are left out. */
export function negativesStep(code: Adjustments["negatives"], noneClass: string): Step {
  return (draft) => {
    if (code === "c3") return { ...draft, pairs: draft.pairs.filter((pair) => pair.class !== undefined) };
    return { ...draft, pairs: draft.pairs.map((pair) => ({ class: noneClass, ...pair })) };
  };
}

/** Entity markers: [e1] the corpus's own, under its prompt's name, [e2] those shared with BioRED. */
export function tagsStep(code: Adjustments["tags"], prompt: string): Step {
  return (draft) => ({ ...draft, markers: code === "e1" ? prompt : SHARED_MARKERS });
}

/** Gives each pair the first label of its relations, and says which relations label no pair. */
function labelled(draft: Draft): Draft {
  const classes = new Map<string, string>();
  const known = new Set(draft.pairs.map((pair) => pairKey(pair.subject, pair.object)));
  const rejected: string[] = [];
  for (const { subject, object, type } of draft.document.relations) {
    const key = pairKey(subject, object);
    if (subject === object) rejected.push("it relates an entity to itself");
    else if (!known.has(key))
      rejected.push("its pair is no candidate: other types, no mention, or no shared sentence");
    else if (classes.has(key)) rejected.push("its pair has a label already");
    else classes.set(key, type);
  }
  const pairs = draft.pairs.map((pair) => {
    const label = classes.get(pairKey(pair.subject, pair.object));
    return label === undefined ? pair : { ...pair, class: label };
  });
  return { ...draft, pairs, rejected: [...draft.rejected, ...rejected] };
}

function withoutRelations(draft: Draft, fault: (relation: GoldRelation) => string | undefined): Draft {
  const reasons = draft.document.relations.map(fault);
  const relations = draft.document.relations.filter((_, index) => reasons[index] === undefined);
  const rejected = reasons.filter((reason) => reason !== undefined);
  return { ...draft, document: { ...draft.document, relations }, rejected: [...draft.rejected, ...rejected] };
}

function mentionsByCurie(document: Document): Map<string, Mention[]> {
  const byCurie = new Map<string, Mention[]>();
  for (const mention of document.mentions) {
    for (const curie of mention.ids) byCurie.set(curie, [...(byCurie.get(curie) ?? []), mention]);
  }
  return byCurie;
}

function sharedSentences(
  sentences: readonly Span[],
  ours: readonly Mention[],
  theirs: readonly Mention[],
): Span[] {
  const sentenceOf = ({ start }: Mention) => sentences.findLastIndex((sentence) => sentence.start <= start);
  const indexes = new Set(ours.map(sentenceOf));
  const shared = new Set(theirs.map(sentenceOf).filter((index) => indexes.has(index)));
  return sentences.filter((_, index) => shared.has(index));
}

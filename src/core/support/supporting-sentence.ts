/**
 * Finds the sentence that shows a pair best: the shortest span of whole sentences that holds a mention of both ends. A
 * pair of which each end is named hundreds of times is common in full text, so nothing here looks at all pairs of
 * mentions: time grows with the mentions times their logarithm.
 */
import { inTextOrder, type Mention } from "../document.js";
import { required } from "../required.js";
import { mentionGap, type Span, sentenceAt, sentenceEndingAt } from "../sentences.js";

/** A pair's best sentence, with the two mentions that it shows. */
export interface SupportingSentence extends Span {
  readonly text: string;
  readonly subject: Mention;
  readonly object: Mention;
}

/** A mention and the numbers of the sentences it begins and ends in. */
interface PlacedMention {
  readonly mention: Mention;
  readonly first: number;
  readonly last: number;
}

/** Sentences by number, both ends included. */
interface Stretch {
  readonly first: number;
  readonly last: number;
}

/**
 * The sentence behind a pair: the shortest span of whole sentences that holds a mention of both; of several as short,
 * that of the earlier subject, then of the earlier object, in the order they are given. Within it the closest two mentions
 * are shown. Usually one sentence; two or more where no single sentence names both; undefined where no passage does.
 */
export function supportingSentence(
  text: string,
  sentences: readonly Span[],
  subjects: readonly Mention[],
  objects: readonly Mention[],
): SupportingSentence | undefined {
  const placed = (mentions: readonly Mention[]) => placedMentions(sentences, mentions);
  const [ones, others] = [placed(subjects), placed(objects)];
  const stretch = bestStretch(sentences, ones, others);
  if (stretch === undefined) return undefined;
  const inside = ({ first, last }: PlacedMention) => first >= stretch.first && last <= stretch.last;
  const mentionsIn = (mentions: readonly PlacedMention[]) =>
    mentions.filter(inside).map(({ mention }) => mention);
  const [subject, object] = closestMentions(mentionsIn(ones), mentionsIn(others));
  const { start, end } = spanOf(sentences, stretch);
  return { start, end, text: text.slice(start, end), subject, object };
}

function placedMentions(sentences: readonly Span[], mentions: readonly Mention[]): PlacedMention[] {
  return mentions.flatMap((mention) => {
    const first = sentenceAt(sentences, mention.start);
    const last = sentenceEndingAt(sentences, mention.end);
    return first < 0 || last >= sentences.length ? [] : [{ mention, first, last: Math.max(first, last) }];
  });
}

function bestStretch(
  sentences: readonly Span[],
  ones: readonly PlacedMention[],
  others: readonly PlacedMention[],
): Stretch | undefined {
  const lengthOf = (stretch: Stretch): number => {
    const { start, end } = spanOf(sentences, stretch);
    return end - start;
  };
  const candidates = [...stretchesFrom(ones, others), ...stretchesFrom(others, ones)];
  const shortest = candidates.reduce(
    (least, one) => Math.min(least, lengthOf(one)),
    Number.POSITIVE_INFINITY,
  );
  // subtle: of stretches as short none holds another, so by their first sentences their last ones ascend too; and any two
  // mentions within one span all of it, or they would span less than the least.
  const optimal = candidates.filter((one) => lengthOf(one) === shortest).sort((a, b) => a.first - b.first);
  const subject = ones.find((one) => {
    const at = countBelow(optimal, ({ first }) => first <= one.first);
    return at > 0 && required(optimal[at - 1], "a stretch").last >= one.last;
  });
  if (subject === undefined) return undefined;
  return others.map((other) => together(subject, other)).find((stretch) => lengthOf(stretch) === shortest);
}

/** For each of some mentions its shortest stretch with one of the others that begins no earlier; a shortest of all is among them. */
function stretchesFrom(ones: readonly PlacedMention[], others: readonly PlacedMention[]): Stretch[] {
  const later = [...others].sort((a, b) => a.first - b.first);
  const soonestEnd = new Array<number>(later.length + 1).fill(Number.POSITIVE_INFINITY);
  for (let at = later.length - 1; at >= 0; at--) {
    soonestEnd[at] = Math.min(required(later[at], "a mention").last, required(soonestEnd[at + 1], "an end"));
  }
  return ones.flatMap(({ first, last }) => {
    const end = required(soonestEnd[countBelow(later, (other) => other.first < first)], "an end");
    return end === Number.POSITIVE_INFINITY ? [] : [{ first, last: Math.max(last, end) }];
  });
}

function together(a: Stretch, b: Stretch): Stretch {
  return { first: Math.min(a.first, b.first), last: Math.max(a.last, b.last) };
}

function spanOf(sentences: readonly Span[], { first, last }: Stretch): Span {
  const { start } = required(sentences[first], "a sentence");
  return { start, end: required(sentences[last], "a sentence").end };
}

/** The two with the fewest characters between them; of several, the first subject's, then the first object's. */
function closestMentions(subjects: readonly Mention[], objects: readonly Mention[]): [Mention, Mention] {
  const ordered = [...objects].sort(inTextOrder);
  let reach = Number.NEGATIVE_INFINITY;
  const reaches = ordered.map(({ end }) => {
    reach = Math.max(reach, end);
    return reach;
  });
  const gapOf = ({ start, end }: Mention): number => {
    const later = countBelow(ordered, (object) => object.start < start);
    const before = later === 0 ? Number.POSITIVE_INFINITY : start - required(reaches[later - 1], "a reach");
    const after = ordered[later];
    return Math.max(0, Math.min(before, after === undefined ? before : after.start - end));
  };
  const gaps = subjects.map(gapOf);
  const least = gaps.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const subject = required(subjects[gaps.indexOf(least)], "the closest subject");
  return [
    subject,
    required(
      objects.find((object) => mentionGap(subject, object) === least),
      "the closest object",
    ),
  ];
}

/** How many of a list, in whose beginning something holds, are in that beginning. */
function countBelow<Item>(items: readonly Item[], holds: (item: Item) => boolean): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(required(items[middle], "an item"))) low = middle + 1;
    else high = middle;
  }
  return low;
}

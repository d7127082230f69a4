/**
 * Which of the entities that a name may mean is the likeliest: that of the species the text speaks of, that which other
 * names in the text mean too, that which is spelled and called so by preference. A rule, not a fitted model; all others
 * are kept behind the first.
 */
import type { Hit, Sense } from "./name-hits.js";

const MOUSE = 10090;
const HUMAN = 9606;
const OF_MICE = /\b(?:mice|mouse|murine|transgenic|knock-?out|C57BL|BALB)\b/gi;
const OF_PEOPLE =
  /\b(?:patients?|humans?|men|women|man|woman|famil(?:y|ies)|cases?|subjects|individuals|volunteers|children|cohorts?|polymorphisms?|participants|people|probands?)\b/gi;

/** Orders the senses of one text's hits, the likeliest first; equals stay in the lexicons' order. */
export function senseOrder(text: string, hits: readonly Hit[]): (senses: readonly Sense[]) => Sense[] {
  const count = (words: RegExp) => text.match(words)?.length ?? 0;
  const mice = count(OF_MICE);
  const taxon = mice > 0 && mice >= count(OF_PEOPLE) ? MOUSE : HUMAN;
  const votes = namings(hits);
  const likelihood = ({ entity, asWritten, preferred, trusted }: Sense) =>
    (entity.taxon === taxon ? 4 : 0) +
    Math.min(3, votes.get(entity.curie) ?? 0) +
    (asWritten ? 2 : 0) +
    (preferred ? 1 : 0) +
    (trusted ? 0.5 : 0);
  return (senses) => [...senses].sort((a, b) => likelihood(b) - likelihood(a));
}

/** How often each entity is named, a name that means several counting for each in part. */
function namings(hits: readonly Hit[]): ReadonlyMap<string, number> {
  const votes = new Map<string, number>();
  for (const { senses } of hits) {
    const curies = new Set(senses.map(({ entity }) => entity.curie));
    for (const curie of curies) votes.set(curie, (votes.get(curie) ?? 0) + 1 / curies.size);
  }
  return votes;
}

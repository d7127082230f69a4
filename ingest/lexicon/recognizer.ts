/**
 * The dictionary recogniser: finds the names of lexicons in a text, and gives of each everything that it may mean. Names
 * of lexicons that somebody chose are all given; of the vocabulary that comes with the project those that are likely
 * meant by what stands around them.
 */
import type { FoundMention, NamedEntity } from "../../src/core/annotation.js";
import type { EntityType } from "../../src/core/relation-types.js";
import { required } from "../../src/core/required.js";
import { withExplained } from "./explained-names.js";
import { groundingRisk } from "./grounding-risk.js";
import type { TypedHit } from "./mention-features.js";
import { type MentionWeights, mentionLikelihood } from "./mention-likelihood.js";
import { type Hit, nameHits, type Sense } from "./name-hits.js";
import { type NamedEntities, toNamedEntities } from "./named-entities.js";
import { senseOrder } from "./sense-order.js";

/** Lexicons made ready; finding is linear in the text. */
export interface Recognizer {
  /** Mentions in text order, none overlapping; UTF-16 offsets. */
  find(text: string): FoundMention[];
}

/** Finds names with a recogniser built for these entities alone. */
export function findMentions(text: string, entities: readonly NamedEntity[]): FoundMention[] {
  return buildRecognizer(entities).find(text);
}

/** Builds a recogniser of all the names of these entities. */
export function buildRecognizer(entities: Iterable<NamedEntity>): Recognizer {
  return recognizerOf([toNamedEntities(entities)]);
}

/** A recogniser of several lexicons at once; `weights` judge what is found in those that are not trusted. */
export function recognizerOf(lexicons: readonly NamedEntities[], weights?: MentionWeights): Recognizer {
  return {
    find: (text) => {
      const mentions: FoundMention[] = [];
      for (const readings of hitReadings(text, lexicons)) {
        const judged = readings.map((reading) => ({
          reading,
          likelihood: likelihoodOf(text, reading, weights),
        }));
        const best = judged.reduce((a, b) => (b.likelihood > a.likelihood ? b : a));
        if (weights !== undefined && best.likelihood < weights.threshold) continue;
        mentions.push(
          toMention(text, best.reading, readings, weights === undefined ? undefined : 1 - best.likelihood),
        );
      }
      return mentions;
    },
  };
}

/** Every hit of a text by the types of entity that it may be, the likeliest by its senses first. */
export function hitReadings(text: string, lexicons: readonly NamedEntities[]): TypedHit[][] {
  const hits = withExplained(text, nameHits(text, lexicons));
  const ordered = senseOrder(text, hits);
  const times = new Map<string, number>();
  const words = ({ start, end }: Hit) => text.slice(start, end);
  for (const hit of hits) times.set(words(hit), (times.get(words(hit)) ?? 0) + 1);
  return hits.map((hit) => {
    const byType = new Map<EntityType, Sense[]>();
    for (const sense of ordered(hit.senses)) {
      byType.set(sense.entity.type, [...(byType.get(sense.entity.type) ?? []), sense]);
    }
    return Array.from(byType, ([type, senses]) => ({
      hit,
      type,
      senses,
      times: required(times.get(words(hit)), "a count"),
    }));
  });
}

/** 1 for what a trusted lexicon has; without weights the first reading is taken. */
function likelihoodOf(text: string, reading: TypedHit, weights: MentionWeights | undefined): number {
  if (weights === undefined || reading.senses[0]?.trusted === true) return 1;
  return mentionLikelihood(weights, text, reading);
}

function toMention(
  text: string,
  { hit, type, senses }: TypedHit,
  readings: readonly TypedHit[],
  risk: number | undefined,
): FoundMention {
  const curies = (some: readonly Sense[]) => [...new Set(some.map(({ entity }) => entity.curie))];
  const ids = curies(senses);
  const others = curies(readings.flatMap((other) => (other.type === type ? [] : other.senses)));
  const otherIds = others.filter((id) => !ids.includes(id));
  const words = text.slice(hit.start, hit.end);
  const [likeliest] = senses;
  return {
    type,
    ids,
    sourceIds: ids,
    otherIds,
    start: hit.start,
    end: hit.end,
    text: words,
    groundingRisk:
      risk ??
      groundingRisk({
        text: words,
        senses: ids.length + otherIds.length,
        preferred: likeliest?.preferred === true,
        asWritten: likeliest?.asWritten === true,
      }),
  };
}

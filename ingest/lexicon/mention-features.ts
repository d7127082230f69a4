/**
 * What can be seen of a found name that tells whether it is meant, by the type of entity that it may be: features that
 * hold or do not, each a word. Weights for them are fitted (mention-likelihood.ts); what has none counts nothing.
 */
import type { EntityType } from "../../src/core/relation-types.js";
import type { Hit, Sense } from "./name-hits.js";

/** A hit as one type of entity, its likeliest sense first. */
export interface TypedHit {
  readonly hit: Hit;
  readonly type: EntityType;
  /** Of this type alone. */
  readonly senses: readonly Sense[];
  /** How often the same words are found in the text. */
  readonly times: number;
}

/** The features, each with the type before it. */
export function mentionFeatures(text: string, { hit, type, senses, times }: TypedHit): string[] {
  const words = text.slice(hit.start, hit.end);
  const [likeliest] = senses;
  const entities = new Set(senses.map(({ entity }) => entity.curie)).size;
  const others = hit.senses.length > senses.length;
  const features = [
    "any",
    `shape ${shape(words)}`,
    `length ${Math.min(12, words.length)}`,
    `words ${Math.min(4, words.split(/[\s-]+/).length)}`,
    `entities ${Math.min(4, entities)}`,
    `names ${Math.min(6, Math.round(Math.log2(likeliest?.entity.names ?? 1)))}`,
    `times ${Math.min(4, times)}`,
    `ending ${words.slice(-3).toLowerCase()}`,
    `before ${wordBefore(text, hit.start)}`,
    `after ${wordAfter(text, hit.end)}`,
    `joined ${/[-/]$/.test(text.slice(0, hit.start)) ? "before" : ""} ${/^[-/]/.test(text.slice(hit.end)) ? "after" : ""}`,
    `explained ${hit.explained ?? "no"}`,
    `other types ${others}`,
    `written ${likeliest?.asWritten === true} ${shape(words)}`,
    `preferred ${likeliest?.preferred === true}`,
    `explained ${hit.explained ?? "no"} ${shape(words)}`,
    ...(text.charAt(hit.start - 1) === "(" && text.charAt(hit.end) === ")" ? ["in brackets"] : []),
  ];
  return features.map((feature) => `${type} ${feature}`);
}

/** Capitals, small letters and digits, runs as one: "Xx" of Insulin, "X0" of IL6. */
function shape(words: string): string {
  return words
    .replace(/\p{Lu}+/gu, "X")
    .replace(/\p{L}+/gu, (run) => (run === "X" ? "X" : run.replace(/[^X]+/g, "x")))
    .replace(/\p{N}+/gu, "0")
    .replace(/[^Xx0]+/g, "-")
    .slice(0, 6);
}

function wordBefore(text: string, start: number): string {
  return (
    /([\p{L}\p{N}]+|[.;:(])[\s-]*$/u.exec(text.slice(Math.max(0, start - 25), start))?.[1] ?? ""
  ).toLowerCase();
}

function wordAfter(text: string, end: number): string {
  return (/^[\s-]*([\p{L}\p{N}]+|[.;:)])/u.exec(text.slice(end, end + 25))?.[1] ?? "").toLowerCase();
}

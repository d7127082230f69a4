/**
 * Short forms that the text explains: wherever one stands it means what its long form means. Where the long form is no
 * name that is known, the short one is marked: it may well mean something else.
 */
import { type Abbreviation, findAbbreviations } from "./abbreviations.js";
import type { Hit } from "./name-hits.js";

/** The long form may go on after the name by so many characters: "tumor necrosis factor gene (TNF)". */
const LOOSE_END = 12;

/** The hits, in text order and not overlapping, as the text's own explanations have them. */
export function withExplained(text: string, hits: readonly Hit[]): Hit[] {
  const explanations = new Map<string, Abbreviation>();
  for (const one of findAbbreviations(text))
    if (!explanations.has(one.short)) explanations.set(one.short, one);
  let all = [...hits];
  for (const { short, start, end } of explanations.values()) {
    const long = longForm(all, start, end);
    const places = placesOf(text, short);
    const within = (hit: Hit) =>
      hit.end - hit.start <= short.length && places.some((place) => overlaps(hit, place, short));
    if (long === undefined) all = all.map((hit) => (within(hit) ? { ...hit, explained: "otherwise" } : hit));
    else {
      // What is longer than the short form is a name that holds it: "COX-2" of COX.
      all = all.filter((hit) => !within(hit));
      const free = places.filter((place) => !all.some((hit) => overlaps(hit, place, short)));
      all.push(
        ...free.map(
          (place): Hit => ({
            start: place,
            end: place + short.length,
            senses: long.senses,
            explained: "here",
          }),
        ),
      );
    }
  }
  return all.sort((a, b) => a.start - b.start);
}

function overlaps(hit: Hit, place: number, short: string): boolean {
  return hit.start < place + short.length && place < hit.end;
}

function longForm(hits: readonly Hit[], start: number, end: number): Hit | undefined {
  return (
    hits.find((hit) => hit.start === start && hit.end === end) ??
    hits.find((hit) => hit.start <= start && hit.end === end) ??
    hits.find((hit) => hit.start === start && hit.end < end && hit.end >= end - LOOSE_END)
  );
}

/** Where the short form stands as a whole word. */
function placesOf(text: string, short: string): number[] {
  const places: number[] = [];
  for (let at = text.indexOf(short); at >= 0; at = text.indexOf(short, at + 1)) {
    const before = text.slice(Math.max(0, at - 2), at);
    const after = text.slice(at + short.length, at + short.length + 2);
    if (!/[\p{L}\p{N}\p{M}]$/u.test(before) && !/^[\p{L}\p{N}\p{M}]/u.test(after)) places.push(at);
  }
  return places;
}

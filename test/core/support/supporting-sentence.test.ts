/** The sentence behind a pair equals what looking at every pair of mentions gives, and takes no time that grows with their product. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Mention } from "../../../src/core/document.js";
import {
  documentSentences,
  mentionGap,
  type Span,
  sentenceAt,
  sentenceEndingAt,
} from "../../../src/core/sentences.js";
import { supportingSentence } from "../../../src/core/support/supporting-sentence.js";

/** The definition, written plainly: every pair of mentions is looked at. */
function plainly(
  text: string,
  sentences: readonly Span[],
  subjects: readonly Mention[],
  objects: readonly Mention[],
) {
  let best: (Span & { text: string; subject: Mention; object: Mention }) | undefined;
  for (const subject of subjects) {
    for (const object of objects) {
      const first = sentences[sentenceAt(sentences, Math.min(subject.start, object.start))];
      const last = sentences[sentenceEndingAt(sentences, Math.max(subject.end, object.end))];
      if (first === undefined || last === undefined) continue;
      const span = { start: first.start, end: Math.max(first.end, last.end) };
      const better =
        best === undefined ||
        span.end - span.start < best.end - best.start ||
        (span.start === best.start &&
          span.end === best.end &&
          mentionGap(subject, object) < mentionGap(best.subject, best.object));
      if (better) best = { ...span, text: text.slice(span.start, span.end), subject, object };
    }
  }
  return best;
}

const mentionAt = (start: number, length: number): Mention => ({
  ...{ start, end: start + length, text: "x", type: "Gene" },
  ...{ ids: [], sourceIds: [] },
});

describe("supportingSentence", () => {
  it("is what looking at every pair of mentions gives, on any text, in any order of the mentions", () => {
    const lengths = fc.array(
      fc.record({ length: fc.integer({ min: 1, max: 6 }), gap: fc.integer({ min: 0, max: 2 }) }),
      {
        maxLength: 12,
      },
    );
    const mentions = fc.array(
      fc.record({ start: fc.integer({ min: 0, max: 60 }), length: fc.integer({ min: 1, max: 9 }) }),
      { maxLength: 8 },
    );
    const outcomes = { none: 0, some: 0 };
    fc.assert(
      fc.property(lengths, mentions, mentions, (pieces, ones, others) => {
        let at = 1;
        const sentences = pieces.map(({ length, gap }) => {
          const sentence = { start: at, end: at + length };
          at += length + gap;
          return sentence;
        });
        const text = "x".repeat(at);
        const [subjects, objects] = [ones, others].map((list) =>
          list.map(({ start, length }) => mentionAt(start, length)),
        ) as [Mention[], Mention[]];
        const found = supportingSentence(text, sentences, subjects, objects);
        outcomes[found === undefined ? "none" : "some"] += 1;
        expect(found).toEqual(plainly(text, sentences, subjects, objects));
      }),
      { numRuns: 2000 },
    );
    expect(outcomes.some).toBeGreaterThan(200);
  });

  it("finds it among 4,000 mentions of each end in the time of a few", () => {
    const sentence = "A and B were seen together in the second of all these sections. ";
    const text = sentence.repeat(4_000);
    const sentences = documentSentences({ passages: [{ kind: "abstract", offset: 0, text }] });
    const at = (offset: number) =>
      Array.from({ length: 4_000 }, (_, number) => mentionAt(number * sentence.length + offset, 1));
    const began = performance.now();
    expect(supportingSentence(text, sentences, at(0), at(6))).toMatchObject({
      start: 0,
      subject: { start: 0 },
    });
    // All pairs would take some ten seconds.
    expect(performance.now() - began).toBeLessThan(1_000);
  });
});

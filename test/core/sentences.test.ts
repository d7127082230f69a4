/** Where sentences end, and which one shows a pair. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { documentSentences, sentenceAt, sentenceEnds } from "../../src/core/sentences.js";
import { supportingSentence } from "../../src/core/support/supporting-sentence.js";
import { aDocument, aMention } from "../support/builders.js";

const WHOLE = new Intl.Segmenter("en", { granularity: "sentence" });
const wholeEnds = (text: string) =>
  Array.from(WHOLE.segment(text), ({ index, segment }) => index + segment.length);

const PARTS = [
  "a",
  "B",
  "Ab cd",
  " ",
  ". ",
  ".",
  "\n",
  "\r\n",
  "1",
  "1.5",
  "vs. ",
  "é",
  "e\u0301",
  "(",
  ") ",
  '"',
];
const MORE_PARTS = ["? ", "。", "😀", "\u2029", "\u200d", ", ", "- ", "S. "];

const sentencesOf = (abstract: string) => {
  const document = aDocument({ title: "T", abstract });
  return documentSentences(document)
    .slice(1)
    .map(({ start, end }) => abstract.slice(start - 2, end - 2));
};

describe("a text's sentences", () => {
  it("end where the segmenter ends them, though it is given a stretch at a time", () => {
    const part = fc.constantFrom(...PARTS, ...MORE_PARTS);
    const longer = fc.tuple(part, fc.integer({ min: 1, max: 3000 })).map(([one, times]) => one.repeat(times));
    const texts = fc
      .array(fc.oneof({ weight: 12, arbitrary: part }, { weight: 1, arbitrary: longer }), { maxLength: 80 })
      .map((parts) => parts.join("").repeat(3));
    fc.assert(
      fc.property(texts, (text) => {
        expect([...sentenceEnds(text)]).toEqual(wholeEnds(text));
      }),
      { numRuns: 150 },
    );
  });

  it("end there too where only what follows a stretch tells that they do not", () => {
    for (let before = 2000; before < 2060; before++) {
      const text = `${"x".repeat(before)}. ${"1 ".repeat(20)}in b. A c.`;
      expect([...sentenceEnds(text)]).toEqual(wholeEnds(text));
    }
  });

  it("go on after abbreviations and initials, to the last character", () => {
    expect(
      sentencesOf("Drug A vs. Drug B was tried by S. Pallidus et al. It failed. So did\n C (Fig. 2)."),
    ).toEqual(["Drug A vs. Drug B was tried by S. Pallidus et al. It failed.", "So did", "C (Fig. 2)."]);
    expect(sentencesOf("It was no.  ")).toEqual(["It was no."]);
  });

  it.each([
    ["line ends", "\n"],
    ["initials", "S. "],
    ["abbreviations", "vs. Fig. "],
    ["one letter", "x"],
    ["blanks", " "],
  ])("are found in time in 200,000 characters of %s", (_, part) => {
    const text = part.repeat(200_000 / part.length);
    const begin = performance.now();
    documentSentences(aDocument({ title: "T", abstract: text }));
    // Minutes where each sentence, or each abbreviation, takes time for all of the text.
    expect(performance.now() - begin).toBeLessThan(5000);
  });

  it("are found by position: the last that begins no later", () => {
    const sentences = [
      { start: 2, end: 5 },
      { start: 6, end: 9 },
    ];
    expect([0, 2, 5, 6, 20].map((position) => sentenceAt(sentences, position))).toEqual([-1, 0, 0, 1, 1]);
  });
});

describe("the sentence behind a pair", () => {
  const text = "Aa met Bb. Aa saw Bb. Aa sat by the old Bb, Bb.";
  const document = aDocument({ title: text, abstract: null });
  const mentions = (name: string, count: number) =>
    Array.from({ length: count }, (_, occurrence) =>
      aMention(text, { text: name, type: "Gene", ids: ["1"], occurrence }),
    );
  const [ones, others] = [mentions("Aa", 3), mentions("Bb", 4)];
  const behind = (subjects = ones, objects = others) =>
    supportingSentence(text, documentSentences(document), subjects, objects);

  it("is the shortest, and of two as short the earlier", () => {
    expect(behind()?.text).toBe("Aa met Bb.");
  });

  it("shows of one sentence's mentions the nearest two", () => {
    const found = behind(ones.slice(2), others.slice(2).toReversed());
    expect([found?.subject.start, found?.object.start]).toEqual([ones[2]?.start, others[2]?.start]);
  });

  it("is a span of several where none names both", () => {
    expect(behind(ones.slice(0, 1), others.slice(1, 2))?.text).toBe("Aa met Bb. Aa saw Bb.");
  });
});

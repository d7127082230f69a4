/** Documents cut out of JSON text: the same ones, at the same lines, however the text comes in pieces. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { JsonObjectScanner } from "../../../../ingest/formats/reading/json-objects.js";

const scan = (pieces: readonly string[]) => {
  const scanner = new JsonObjectScanner(["documents"]);
  return [...pieces.flatMap((piece) => scanner.push(piece)), ...scanner.end()];
};
const value = fc.oneof(
  fc.string({ unit: fc.constantFrom('"', "\\", "{", "}", "[", "]", "\n", "a", "é", ","), maxLength: 8 }),
  fc.integer(),
  fc.array(fc.string({ maxLength: 3 }), { maxLength: 3 }),
);
const document = fc.dictionary(
  fc.string({ maxLength: 3 }),
  fc.oneof(value, fc.dictionary(fc.string({ maxLength: 3 }), value)),
  {
    minKeys: 1,
    maxKeys: 3,
  },
);

describe("JsonObjectScanner", () => {
  it("finds what was written, bare, in an array or in a wrapper, indented or not, in pieces of any size", () => {
    const forms = fc.constantFrom<(texts: string[]) => string>(
      (texts) => texts.join("\n"),
      (texts) => `[${texts.join(",\n")}]`,
      (texts) => `{"source":"x","documents":[${texts.join(",")}]}`,
    );
    fc.assert(
      fc.property(
        fc.array(document, { minLength: 1, maxLength: 4 }),
        forms,
        fc.constantFrom(0, 1),
        fc.integer({ min: 1, max: 40 }),
        (documents, form, indent, size) => {
          const text = form(documents.map((one) => JSON.stringify(one, undefined, indent)));
          const pieces = Array.from({ length: Math.ceil(text.length / size) }, (_, at) =>
            text.slice(at * size, (at + 1) * size),
          );
          const found = scan(pieces);
          expect(found.map((one) => JSON.parse(one.text))).toEqual(
            documents.map((one) => JSON.parse(JSON.stringify(one))),
          );
          let at = 0;
          for (const { text: own, line } of found) {
            at = text.indexOf(own, at);
            expect(line).toBe(text.slice(0, at).split("\n").length);
            at += own.length;
          }
        },
      ),
    );
  });

  it("reads a document of ten million characters in a moment", () => {
    const text = `{"documents":[{"text":"${"A long text. ".repeat(800_000)}"}]}`;
    const began = performance.now();
    expect(scan([text])).toHaveLength(1);
    expect(performance.now() - began).toBeLessThan(1_000);
  });
});

import { createHash } from "node:crypto";
import { type DocumentNode, parse } from "graphql";
import { expect, test } from "vitest";
import { KeptDocuments } from "../../../../src/api/server/limits/kept-documents.js";

/** Twenty characters. */
const TEXTS = ["a", "b", "c", "d"].map((name) => `{ field${name} othersss${name} }`.padEnd(20));
const [A = "", B = "", C = ""] = TEXTS;

const never = () => expect.unreachable("it was parsed again");

test("a document that was found valid is checked once", () => {
  const kept = new KeptDocuments();
  const first = kept.of(A, () => parse(A));
  expect(kept.of(A, never)).toBe(first);
});

test("what is refused is not kept", () => {
  const kept = new KeptDocuments();
  expect(kept.of(A, () => ["no"])).toEqual(["no"]);
  expect(kept.of(A, () => parse(A))).toMatchObject({ kind: "Document" });
});

test("the bound holds, and those go first that were not asked for the longest", () => {
  const kept = new KeptDocuments(A.length + B.length);
  for (const text of [A, B]) kept.of(text, () => parse(text));
  kept.of(A, never);
  kept.of(C, () => parse(C));
  kept.of(A, never);
  kept.of(C, never);
  let isAskedAgain = false;
  kept.of(B, () => {
    isAskedAgain = true;
    return parse(B);
  });
  expect(isAskedAgain).toBe(true);
});

test("one that is larger than the bound is checked and not kept", () => {
  const kept = new KeptDocuments(A.length - 1);
  kept.of(A, () => parse(A));
  let times = 0;
  const parsed: DocumentNode = kept.of(A, () => {
    times++;
    return parse(A);
  });
  expect([parsed.kind, times]).toEqual(["Document", 1]);
});

test("what Apollo keeps under a prefix and the hash of the text, a socket finds by the text", async () => {
  const kept = new KeptDocuments();
  const key = `schema:${createHash("sha256").update(A).digest("hex")}`;
  const document = parse(A);
  await kept.set(key, document);
  expect(kept.of(A, never)).toBe(document);
  expect(await kept.get(key)).toBe(document);
  expect(await kept.delete(key)).toBe(true);
  expect(await kept.get(key)).toBeUndefined();
});

/** Lines out of bytes: what is no UTF-8 is that line's fault, wherever a chunk ends; U+FFFD is a character like others. */
import { expect, it } from "vitest";
import { readLines } from "../../../../ingest/formats/reading/text-lines.js";

const BYTES = Buffer.concat([
  Buffer.from("an \ufffd that was written\r\n\n"),
  Buffer.from([0x61, 0xff, 0x0a]),
  Buffer.from("α 𝛼 end"),
]);

async function lines(chunkBytes: number) {
  const chunks = async function* () {
    for (let at = 0; at < BYTES.length; at += chunkBytes) yield BYTES.subarray(at, at + chunkBytes);
  };
  const found: unknown[] = [];
  for await (const line of readLines("a.txt", chunks())) found.push(line);
  return found;
}

it("decodes each line by itself, whatever the chunks", async () => {
  const whole = await lines(BYTES.length);
  expect(whole).toMatchObject([
    { number: 1, text: "an \ufffd that was written", start: 0, end: 25 },
    { number: 2, text: "", start: 25, end: 26 },
    { number: 3, text: "", fault: expect.stringContaining("not UTF-8"), raw: "aÿ", start: 26, end: 29 },
    { number: 4, text: "α 𝛼 end", unterminated: true, start: 29, end: 40 },
  ]);
  for (const bytes of [1, 2, 3, 7]) expect(await lines(bytes)).toEqual(whole);
});

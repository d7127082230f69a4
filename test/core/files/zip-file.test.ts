import { writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ZipFile } from "yazl";
import { openZip } from "../../../src/core/files/zip-file.js";

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "bioweft-zip-"));
});
afterAll(() => rm(dir, { recursive: true }));

/** Two parts, in the records that files over 4 GB have. */
async function wideZip(): Promise<Buffer> {
  const zip = new ZipFile();
  for (const name of ["one", "folder/two"]) {
    zip.addBuffer(Buffer.from(`${name}'s bytes`), name, { compress: false, forceZip64Format: true });
  }
  zip.end({ forceZip64Format: true, comment: "" });
  return buffer(zip.outputStream as NodeJS.ReadableStream);
}

/** Each part's text. */
async function readAll(file: string): Promise<Record<string, string>> {
  const { zip } = await openZip(file);
  try {
    const texts: Record<string, string> = {};
    for await (const entry of zip.eachEntry()) {
      texts[entry.fileName] = (await buffer(await zip.openReadStreamPromise(entry))).toString();
    }
    return texts;
  } finally {
    zip.close();
  }
}

it("reads the records that files over 4 GB have", async () => {
  const file = join(dir, "wide.zip");
  writeFileSync(file, await wideZip());
  expect(await readAll(file)).toEqual({ one: "one's bytes", "folder/two": "folder/two's bytes" });
});

it("refuses places outside the file, whatever bytes a damaged one has", async () => {
  const whole = await wideZip();
  const file = join(dir, "damaged.zip");
  const change = fc.tuple(fc.nat(whole.length - 1), fc.nat(255));
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), async (changes) => {
      const bytes = Buffer.from(whole);
      for (const [at, value] of changes) bytes[at] = value;
      writeFileSync(file, bytes);
      const outcome = await readAll(file).catch((fault: unknown) => fault);
      expect(outcome).toSatisfy((one) => one instanceof Error || typeof one === "object");
    }),
    { numRuns: 150, examples: [[[[whole.lastIndexOf("PK\x06\x07") + 14, 231]]]] },
  );
});

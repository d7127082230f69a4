/** Bytes that are looked at and read on, and files that are read twice though they come once. */
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fileChunks, peekChunks, rereadChunks } from "../../../../ingest/formats/reading/file-chunks.js";

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), "bioweft-chunks-"));
});
afterAll(() => rmSync(dir, { recursive: true }));

async function* pieces(...texts: string[]): AsyncGenerator<Buffer> {
  for (const text of texts) yield Buffer.from(text);
}

async function textOf(chunks: AsyncIterable<Buffer>): Promise<string> {
  const all: Buffer[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all).toString();
}

describe("looking at a stream's beginning", () => {
  it.each([
    [0, ""],
    [1, "a"],
    [4, "abcd"],
    [5, "abcde"],
    [99, "abcdef"],
  ])("of %i bytes takes nothing from it", async (bytes, expected) => {
    const { head, chunks } = await peekChunks(pieces("ab", "cd", "ef"), bytes);
    expect(head.toString()).toBe(expected);
    expect(await textOf(chunks)).toBe("abcdef");
  });

  it("closes the source when reading on ends early", async () => {
    let isClosed = false;
    const source = async function* () {
      try {
        yield* pieces("ab", "cd", "ef");
      } finally {
        isClosed = true;
      }
    };
    const { chunks } = await peekChunks(source(), 1);
    for await (const _ of chunks) break;
    expect(isClosed).toBe(true);
  });
});

describe("a file that is read twice", () => {
  it("may be a pipe", async () => {
    const fifo = join(dir, "fifo");
    execFileSync("mkfifo", [fifo]);
    spawn("sh", ["-c", `printf 'once only' > ${fifo}`]);
    const chunks = await rereadChunks(fifo);
    expect([await textOf(chunks()), await textOf(chunks())]).toEqual(["once only", "once only"]);
  });

  it("is read from the disk where it lies there", async () => {
    const file = join(dir, "file");
    writeFileSync(file, "before");
    const chunks = await rereadChunks(file);
    expect(await textOf(chunks())).toBe("before");
    writeFileSync(file, "after");
    expect(await textOf(chunks())).toBe("after");
  });

  it("is reported where it is absent, as one that is read once is", async () => {
    const absent = join(dir, "absent");
    const expected = { code: "NOT_FOUND", place: { file: absent } };
    await expect(textOf(fileChunks(absent))).rejects.toMatchObject(expected);
    const again = await rereadChunks(absent);
    await expect(textOf(again())).rejects.toMatchObject(expected);
  });
});

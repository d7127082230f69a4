/**
 * What an unfinished download is part of: its address, the server's mark for that version, its whole size, its
 * checksum where the publisher states one. Kept beside the part, so that the next run knows whether it may go on.
 */
import { readFile, rm, writeFile } from "node:fs/promises";
import { z } from "zod";

const originSchema = z.object({
  url: z.string(),
  content: z.optional(z.string()),
  validator: z.optional(z.string()),
  total: z.optional(z.number()),
});

/** Where a part came from. */
export interface PartOrigin {
  readonly url: string;
  /** A checksum of the whole file that was stated beforehand, as `sha256:…`. */
  readonly content?: string | undefined;
  /** Strong ETag or Last-Modified, as the server spelled it. */
  readonly validator?: string | undefined;
  /** Bytes of the whole file. */
  readonly total?: number | undefined;
}

/**
 * The origin of a part, or undefined where there is none, it cannot be read or it is another file's: of another
 * checksum, or, where either states none, of another address.
 */
export async function readOrigin(
  part: string,
  { url, content }: Pick<PartOrigin, "url" | "content">,
): Promise<PartOrigin | undefined> {
  const text = await readFile(originOf(part), "utf8").catch(() => "");
  try {
    const origin = originSchema.parse(JSON.parse(text));
    const isStated = content !== undefined && origin.content !== undefined;
    return (isStated ? origin.content === content : origin.url === url) ? origin : undefined;
  } catch {
    // No note, or half a note: the part is of no use without it and is fetched anew.
    return undefined;
  }
}

/** Notes the origin of a part. */
export async function writeOrigin(part: string, origin: PartOrigin): Promise<void> {
  await writeFile(originOf(part), JSON.stringify(origin));
}

/** Removes the note. */
export async function forgetOrigin(part: string): Promise<void> {
  await rm(originOf(part), { force: true });
}

function originOf(part: string): string {
  return `${part}.json`;
}

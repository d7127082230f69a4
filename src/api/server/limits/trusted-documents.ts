/**
 * A closed list of documents: where a server has one, it answers these and nothing else, by their text or by the SHA-256 of
 * it, as persisted queries name it.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { stripIgnoredCharacters } from "graphql";
import { BioWeftError, messageOf } from "../../../core/errors.js";
import { refusal } from "../../platform/refusal.js";

/** The documents of a folder. */
export class TrustedDocuments {
  readonly #byHash = new Map<string, string>();
  readonly #texts = new Set<string>();

  constructor(documents: readonly string[]) {
    for (const text of documents) {
      this.#byHash.set(sha256(text), text);
      this.#texts.add(stripIgnoredCharacters(text));
    }
  }

  /** The document of a hash. */
  get(hash: string): string | undefined {
    return this.#byHash.get(hash);
  }

  /** Throws FORBIDDEN for a document that is not of the list; white space and comments do not count. */
  check(source: string): void {
    if (this.#byHash.has(sha256(source)) || this.#isSame(source)) return;
    throw refusal(
      "FORBIDDEN",
      "this server answers only documents of its own list; ask who runs it to add yours",
    );
  }

  #isSame(source: string): boolean {
    try {
      return this.#texts.has(stripIgnoredCharacters(source));
    } catch {
      return false; // No document at all.
    }
  }
}

/** Reads a folder of .graphql files; throws CONFIG for one that cannot be read or is empty. */
export function readTrustedDocuments(folder: string): TrustedDocuments {
  let names: string[];
  try {
    names = readdirSync(folder).filter((name) => name.endsWith(".graphql"));
  } catch (cause) {
    const reason = `BIOWEFT_TRUSTED_DOCUMENTS cannot be read (${messageOf(cause)}); name a folder of .graphql files`;
    throw new BioWeftError("CONFIG", reason, { place: { file: folder }, cause });
  }
  if (names.length === 0) {
    const reason = "BIOWEFT_TRUSTED_DOCUMENTS holds no .graphql file, so nothing would be answered";
    throw new BioWeftError("CONFIG", reason, { place: { file: folder } });
  }
  return new TrustedDocuments(names.map((name) => readFileSync(join(folder, name), "utf8")));
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

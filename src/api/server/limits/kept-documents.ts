/**
 * Documents that were parsed and found valid, for both transports: a front-end sends the same few again and again. Those that were
 * asked for last are kept, within a bound that no flood of new ones exceeds.
 */
import { createHash } from "node:crypto";
import type { DocumentNode } from "graphql";

/** Characters of text; parsed, one takes about 70 bytes. A front-end's documents have some ten thousands. */
const MOST_CHARACTERS = 200_000;
const HASH_LENGTH = 64;

/** Keeps documents; of the form of Apollo's `documentStore`, whose keys end with the SHA-256 of the text. */
export class KeptDocuments {
  /** The one that was asked for last comes last. */
  readonly #kept = new Map<string, DocumentNode>();
  readonly #most: number;
  #characters = 0;

  constructor(mostCharacters = MOST_CHARACTERS) {
    this.#most = mostCharacters;
  }

  async get(key: string): Promise<DocumentNode | undefined> {
    return this.#find(hashIn(key));
  }

  async set(key: string, document: DocumentNode): Promise<void> {
    this.#keep(hashIn(key), document);
  }

  async delete(key: string): Promise<boolean> {
    return this.#drop(hashIn(key));
  }

  /** The document of a text; what `check` gives for one that is new is kept, unless it is no document. */
  of<Refused>(source: string, check: () => DocumentNode | Refused): DocumentNode | Refused {
    const hash = createHash("sha256").update(source).digest("hex");
    const known = this.#find(hash);
    if (known !== undefined) return known;
    const checked = check();
    if (isDocument(checked)) this.#keep(hash, checked);
    return checked;
  }

  #find(hash: string): DocumentNode | undefined {
    const found = this.#kept.get(hash);
    if (found === undefined) return undefined;
    this.#kept.delete(hash);
    this.#kept.set(hash, found);
    return found;
  }

  #keep(hash: string, document: DocumentNode): void {
    this.#drop(hash);
    this.#kept.set(hash, document);
    this.#characters += lengthOf(document);
    for (const oldest of this.#kept.keys()) {
      if (this.#characters <= this.#most) return;
      this.#drop(oldest);
    }
  }

  #drop(hash: string): boolean {
    const found = this.#kept.get(hash);
    if (found !== undefined) this.#characters -= lengthOf(found);
    return this.#kept.delete(hash);
  }
}

function hashIn(key: string): string {
  return key.slice(-HASH_LENGTH);
}

function isDocument(checked: unknown): checked is DocumentNode {
  return typeof checked === "object" && checked !== null && "kind" in checked;
}

function lengthOf({ loc }: DocumentNode): number {
  return loc?.source.body.length ?? 0;
}

/**
 * An entity of the lexicon that is being built, and which of its names are worth keeping: those that a text could
 * hold, each once whatever its hyphens and spaces.
 */
import { nameKey } from "../../ingest/lexicon/name-tokens.js";
import type { LexiconKind } from "../../ingest/lexicon/own-lexicon.js";

/** An entity: its kind, its identifier without prefix, its names, the preferred one first. */
export interface LexiconEntry {
  readonly kind: LexiconKind;
  readonly id: string;
  readonly names: readonly string[];
}

/** Longer names, in characters, are systematic ones that no abstract spells the same way twice. */
const LONGEST_NAME = 80;
/** Names that say that they name nothing. */
const NOTHING =
  /^(?:-|withdrawn|unknown|uncharacterized protein|hypothetical protein)$|symbol withdrawn|entry withdrawn|\(disease\)$/i;

/** Makes an entry; undefined where no name is left. */
export function toEntry(kind: LexiconKind, id: string, given: readonly string[]): LexiconEntry | undefined {
  const names = new Map<string, string>();
  const trimmed = given.map((name) => name.replace(/[\t\n\r]/g, " ").trim());
  const keys = new Set(trimmed.map(nameKey));
  for (const [index, name] of trimmed.entries()) {
    if (name.length < 2 || NOTHING.test(name) || !/\p{L}/u.test(name)) continue;
    const key = nameKey(name);
    if (index > 0 && (name.length > LONGEST_NAME || isInverted(name, keys) || addsProtein(key, keys)))
      continue;
    if (!names.has(key)) names.set(key, name);
  }
  return names.size === 0 ? undefined : { kind, id, names: [...names.values()] };
}

/** "Neoplasm, Abdominal", where "Abdominal Neoplasm" is there too. */
function isInverted(name: string, keys: ReadonlySet<string>): boolean {
  const parts = name.split(", ");
  return parts.length > 1 && keys.has(nameKey([...parts].reverse().join(" ")));
}

/** "TNF protein", where "TNF" is there too: a text's "protein" is no part of the name. */
function addsProtein(key: string, keys: ReadonlySet<string>): boolean {
  return key.endsWith(" protein") && keys.has(key.slice(0, -" protein".length));
}

/** The line of the file. */
export function toLine({ kind, id, names }: LexiconEntry): string {
  return `${kind}${id}\t${names.join("\t")}\n`;
}

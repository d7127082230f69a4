/**
 * What readers left out of the documents that they kept, summed up: a line for each kind when the work is done, with the
 * commonest or first of what it was, and never a line for each mention.
 */
import {
  READ_WARNINGS,
  type ReadOptions,
  type ReadWarning,
  type ReadWarningKind,
} from "../core/read-options.js";

/** The warnings of one run. */
export interface WarningTally {
  /** For the readers' options. */
  readonly onWarning: NonNullable<ReadOptions["onWarning"]>;
  /** How many of each kind, for `--json`; kinds without any are absent. */
  counts(): Partial<Record<ReadWarningKind, number>>;
  /** Writes the summary to stderr, but for kinds that are said elsewhere; nothing where nothing was left out. */
  say(elsewhere?: readonly ReadWarningKind[]): void;
}

interface Counted {
  total: number;
  /** How often each thing was it, for the kinds that are told by what they are; the first places of the others. */
  readonly examples: Map<string, number>;
}

const EXAMPLES = 8;
// Kinds of which each is somebody's to look at, and not one of a heap.
const NAMED_BY_PLACE = new Set<ReadWarningKind>([
  "relation-null",
  "relation-self",
  "relation-direction",
  "relation-type",
]);

/** Makes a tally. It holds counts and a few examples, however long the run is. */
export function tallyWarnings(): WarningTally {
  const kinds = new Map<ReadWarningKind, Counted>();
  return {
    onWarning(warning) {
      const counted: Counted = kinds.get(warning.kind) ?? { total: 0, examples: new Map() };
      kinds.set(warning.kind, counted);
      counted.total += 1;
      const example = nameOf(warning);
      const known = counted.examples.get(example);
      if (known !== undefined || counted.examples.size < MOST_EXAMPLES)
        counted.examples.set(example, (known ?? 0) + 1);
    },
    counts: () => Object.fromEntries([...kinds].map(([kind, { total }]) => [kind, total])),
    say(elsewhere = []) {
      for (const [kind, counted] of kinds)
        if (!elsewhere.includes(kind)) process.stderr.write(`${summary(kind, counted)}\n`);
    },
  };
}

// Distinct spellings that are told apart; a file of nothing but strange words must not fill the memory.
const MOST_EXAMPLES = 1000;

function nameOf({ kind, what, place }: ReadWarning): string {
  if (!NAMED_BY_PLACE.has(kind)) return what;
  const where = [place.file, place.line, place.pmid === undefined ? undefined : `PMID ${place.pmid}`];
  return `${where.filter((part) => part !== undefined).join(":")} ${what}`;
}

function summary(kind: ReadWarningKind, { total, examples }: Counted): string {
  const commonest = [...examples].sort((a, b) => b[1] - a[1]).slice(0, EXAMPLES);
  const named = commonest.map(([example, count]) => (count === 1 ? example : `${example} ${count}×`));
  const more = examples.size > EXAMPLES ? ", …" : "";
  return `note: ${total} ${READ_WARNINGS[kind]} (${named.join(", ")}${more})`;
}

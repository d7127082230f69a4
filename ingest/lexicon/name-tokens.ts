/**
 * A text as the tokens by which names are compared: runs of letters, runs of digits, and Greek letters, spelled out or
 * not. What stands between them says nothing ("IL-6", "IL 6" and "IL6" are one name, and so are "TNF-alpha", "TNFalpha"
 * and "TNFα"), nor do letter case and accents. Offsets are those of the text as it is.
 */

/** A token: where it stands in UTF-16 offsets, and what it is compared by. */
export interface NameToken {
  readonly start: number;
  readonly end: number;
  readonly key: string;
}

const TOKEN = /\p{Script=Greek}|(?:(?!\p{Script=Greek})\p{L}\p{M}*)+|\p{N}+/gu;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the ASCII range.
const ASCII = /^[\x00-\x7f]*$/;
/** A Greek letter's name within a word: of "PKCalpha" and "NFkappaB", not of "alphabet". */
const SPELLED_GREEK = /^([a-z]*?)(alpha|beta|gamma|delta|epsilon|kappa)([a-rt-z]?)$/i;

const HOLDS_GREEK = /.(?:lpha|eta|amma|elta|psilon|appa)/i;

const GREEK: ReadonlyMap<string, string> = new Map(
  Object.entries<string>({
    ...{ α: "alpha", β: "beta", γ: "gamma", δ: "delta", ε: "epsilon", ζ: "zeta", η: "eta", θ: "theta" },
    ...{ ι: "iota", κ: "kappa", λ: "lambda", μ: "mu", ν: "nu", ξ: "xi", ο: "omicron", π: "pi", ρ: "rho" },
    ...{ σ: "sigma", ς: "sigma", τ: "tau", υ: "upsilon", φ: "phi", χ: "chi", ψ: "psi", ω: "omega" },
  }),
);

/** The tokens of a text, in order. */
export function nameTokens(text: string): NameToken[] {
  const tokens: NameToken[] = [];
  // Most of a lexicon's names are ASCII, and of most words one look tells that they hold no Greek.
  const runs = ASCII.test(text) ? asciiRuns(text) : Array.from(text.matchAll(TOKEN), runOf);
  for (const [start, end] of runs) addTokens(tokens, text.slice(start, end), start);
  return tokens;
}

type Run = readonly [start: number, end: number];

function runOf({ 0: word, index }: RegExpExecArray): Run {
  return [index, index + word.length];
}

/** What TOKEN finds in ASCII, in a quarter of the time. */
function asciiRuns(text: string): Run[] {
  const runs: Run[] = [];
  let [start, before] = [0, NEITHER];
  for (let at = 0; at <= text.length; at++) {
    const kind = at === text.length ? NEITHER : kindOf(text.charCodeAt(at));
    if (kind === before) continue;
    if (before !== NEITHER) runs.push([start, at]);
    [start, before] = [at, kind];
  }
  return runs;
}

const NEITHER = 0;
const LETTER = 1;
const DIGIT = 2;

function kindOf(unit: number): number {
  const small = unit | 32;
  if (small >= 97 && small <= 122) return LETTER;
  return unit >= 48 && unit <= 57 ? DIGIT : NEITHER;
}

function addTokens(tokens: NameToken[], word: string, at: number): void {
  const parts = HOLDS_GREEK.test(word) ? SPELLED_GREEK.exec(word) : null;
  let start = at;
  for (const part of parts === null ? [word] : parts.slice(1)) {
    if (part !== "") tokens.push({ start, end: start + part.length, key: tokenKey(part) });
    start += part.length;
  }
}

/** A name as it is compared: its tokens with a space between. */
export function nameKey(name: string): string {
  return nameTokens(name)
    .map(({ key }) => key)
    .join(" ");
}

function tokenKey(word: string): string {
  const small = word.toLowerCase();
  if (ASCII.test(small)) return small;
  const plain = small.normalize("NFKD").replace(/\p{M}/gu, "");
  return GREEK.get(plain) ?? plain;
}

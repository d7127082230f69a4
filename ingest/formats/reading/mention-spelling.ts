/**
 * Whether a mention's words are those of the text at its offsets in another spelling: PubTator3 writes `α` where the
 * text has `a`, tools exchange dashes, quotes, accents and case. Wrong offsets give other words and are not forgiven.
 */

const GREEK =
  "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon phi chi psi omega".split(
    " ",
  );
// The letters that a Greek one is taken for at a glance.
const LOOKALIKE = "a b g d e z n th i k l u v x o p r s t y ph ch ps w".split(" ");
// Letters that no normal form takes apart.
const PLAIN_LETTERS: Readonly<Record<string, string>> = { ø: "o", ł: "l", ß: "ss", æ: "ae", œ: "oe", đ: "d" };
const ALPHA = 0x3b1;
const FINAL_SIGMA = 0x3c2;

const EDGES = [/^[\p{L}\p{N}]/u, /[\p{L}\p{N}]$/u];

/** Whether both are the same words but for spelling. Neither may be empty of letters and digits. */
export function isSameSpelling(text: string, written: string): boolean {
  // " acid" for "acid" or "(acid" is no spelling: the offsets are wrong there.
  if (EDGES.some((edge) => edge.test(text) !== edge.test(written))) return false;
  const [one, other] = [foldings(text), foldings(written)];
  return one.some((folding) => folding !== "" && other.includes(folding));
}

/** Letters and digits only, without accents, case and markup; Greek letters by name, or as the Latin ones they look like. */
function foldings(text: string): string[] {
  const plain = text
    .replace(/&(?:amp|lt|gt|quot|apos|nbsp|#\d+);/gi, "")
    .replace(/[™®©℠]/g, "")
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[øłßæœđ]/g, (letter) => PLAIN_LETTERS[letter] ?? letter)
    .replace(/[^\p{L}\p{N}]/gu, "");
  return [GREEK, LOOKALIKE].map((names) =>
    plain.replace(/[α-ω]/g, (letter) => names[greekIndex(letter)] ?? letter),
  );
}

/** 0 for α to 23 for ω, both sigmas alike. */
function greekIndex(letter: string): number {
  const code = letter.codePointAt(0) ?? ALPHA;
  return code - ALPHA - (code > FINAL_SIGMA ? 1 : 0);
}

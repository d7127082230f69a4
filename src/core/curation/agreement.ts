/**
 * How far curators agree beyond chance: Cohen's kappa of every two of them, over the claims that both judged, in all and by
 * relation type. Source: Cohen 1960.
 */
import type { RelationType } from "../relation-types.js";

/** A claim (what a document says of a relation), and what each curator said of it; equal words are agreement. */
export interface JudgedClaim {
  readonly type: RelationType;
  readonly said: readonly { readonly curator: string; readonly word: string }[];
}

/** Two curators' agreement; `type` is null for all types together. */
export interface CuratorAgreement {
  readonly curators: readonly [string, string];
  readonly type: RelationType | null;
  /** Claims that both judged. */
  readonly claims: number;
  /** Share of them on which they agree, 0 to 1. */
  readonly agreed: number;
  /** Share on which they would by chance, as often as each says what. */
  readonly expected: number;
  /** (agreed - expected) / (1 - expected), at most 1; null where both always say one and the same. */
  readonly kappa: number | null;
}

/** Of every two curators who judged a claim in common, first over all types, those with most claims first. */
export function curatorAgreements(claims: readonly JudgedClaim[]): CuratorAgreement[] {
  const pairs = new Map<string, { curators: [string, string]; judged: Map<RelationType | null, Words[]> }>();
  for (const { type, said } of claims) {
    const inOrder = [...said].sort((a, b) => (a.curator < b.curator ? -1 : 1));
    for (const [index, one] of inOrder.entries()) {
      for (const other of inOrder.slice(index + 1)) {
        const curators: [string, string] = [one.curator, other.curator];
        const key = JSON.stringify(curators);
        const pair = pairs.get(key) ?? { curators, judged: new Map<RelationType | null, Words[]>() };
        pairs.set(key, pair);
        for (const kind of [null, type]) {
          const judged = pair.judged.get(kind) ?? [];
          judged.push([one.word, other.word]);
          pair.judged.set(kind, judged);
        }
      }
    }
  }
  return [...pairs.values()]
    .flatMap(({ curators, judged }) =>
      [...judged].map(([type, words]) => ({ curators, type, ...agreement(words) })),
    )
    .sort(byClaims);
}

type Words = readonly [string, string];

function agreement(words: readonly Words[]): Omit<CuratorAgreement, "curators" | "type"> {
  const claims = words.length;
  const agreed = words.filter(([one, other]) => one === other).length / claims;
  const kinds = new Set(words.flat());
  const share = (side: 0 | 1, kind: string) => words.filter((both) => both[side] === kind).length / claims;
  const expected = [...kinds].reduce((sum, kind) => sum + share(0, kind) * share(1, kind), 0);
  const kappa = kinds.size === 1 ? null : (agreed - expected) / (1 - expected);
  return { claims, agreed, expected, kappa };
}

function byClaims(one: CuratorAgreement, other: CuratorAgreement): number {
  const [a, b] = [one, other].map(({ curators, type }) => JSON.stringify([...curators, type ?? ""]));
  return other.claims - one.claims || ((a ?? "") < (b ?? "") ? -1 : 1);
}

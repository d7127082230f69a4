/**
 * How risky it is to take a name for the entity that a dictionary gives: names shared by several entities, short
 * names, and loose spellings are wrong most often. A ranking of our own making, not a fitted probability.
 */

/** What is known of a found name. */
interface NameEvidence {
  readonly text: string;
  /** How many entities are called so. */
  readonly senses: number;
  /** Whether it is the preferred name of the likeliest one. */
  readonly preferred: boolean;
  /** Whether the text spells it as the lexicon does. */
  readonly asWritten: boolean;
}

/** By length in characters; longer names carry no risk of their own. */
const RISK_OF_LENGTH: readonly number[] = [1, 0.8, 0.5, 0.25, 0.1];
const RISK_OF_SYNONYM = 0.05;
const RISK_OF_SPELLING = 0.1;

/** 0 to 1; each doubt takes its part of what the others leave. */
export function groundingRisk({ text, senses, preferred, asWritten }: NameEvidence): number {
  const sure =
    (1 / Math.max(1, senses)) *
    (1 - (RISK_OF_LENGTH[Array.from(text).length] ?? 0)) *
    (1 - (preferred ? 0 : RISK_OF_SYNONYM)) *
    (1 - (asWritten ? 0 : RISK_OF_SPELLING));
  return Math.round((1 - sure) * 10_000) / 10_000;
}

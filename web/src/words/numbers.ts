/**
 * Numbers and years as text, by the reader's locale.
 */

const whole = new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 });
const share = new Intl.NumberFormat(undefined, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const significant = new Intl.NumberFormat(undefined, { maximumSignificantDigits: 3 });

const moment = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

/** A count. */
export function countText(value: number): string {
  return whole.format(value);
}

/** A count with its noun: "1 paper", "1,204 papers". */
export function counted(value: number, noun: string, plural = `${noun}s`): string {
  return `${whole.format(value)} ${value === 1 ? noun : plural}`;
}

/** A probability or belief. One that only rounds to certainty is not shown as certain. */
export function shareText(value: number): string {
  if (value < 1 && value >= 0.995) return "> 0.99";
  return share.format(value);
}

/** A score of any size. */
export function scoreText(value: number): string {
  return significant.format(value);
}

/** Years of the first and the last paper. Years are names, not quantities: no thousands' sign. */
export function yearsText(first: number | null | undefined, last: number | null | undefined): string {
  if (first == null || last == null) return "no year";
  return first === last ? String(first) : `${first}–${last}`;
}

/** A moment, of ISO 8601. */
export function momentText(iso: string): string {
  return moment.format(new Date(iso));
}

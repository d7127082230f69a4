/**
 * A belief or probability as a bar and a number.
 */
import { shareText } from "../words/numbers.js";

/** `value` is from 0 to 1; `what` is said to screen readers and when pointed at. */
export function BeliefBar({ value, what = "belief" }: { readonly value: number; readonly what?: string }) {
  return (
    <span class="belief" title={`${what} ${value.toPrecision(4)}`}>
      <span class="visually-hidden">{what} </span>
      <span class="belief-track" aria-hidden="true">
        <span class="belief-fill" style={{ width: `${Math.round(value * 100)}%` }} />
      </span>
      <span class="belief-number">{shareText(value)}</span>
    </span>
  );
}

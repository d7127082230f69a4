/**
 * Says where a search stopped before its end; nothing is silently partial.
 */
import { countText } from "../words/numbers.js";

/** Nothing where the answer is exact. */
export function Incomplete(props: {
  readonly completeness: {
    readonly exact: boolean;
    readonly examined: number;
    readonly reason?: string | null;
  };
}) {
  const { exact, examined, reason } = props.completeness;
  if (exact) return <p class="muted complete">Complete: {countText(examined)} links were looked at.</p>;
  return (
    <p class="notice" role="status">
      <strong>This is a part of the answer.</strong> The search stopped after {countText(examined)} links
      {reason == null ? "" : `: ${reason}`}. Narrow the question to see all of it.
    </p>
  );
}

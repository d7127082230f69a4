/**
 * The end of a list that goes on: the next page comes when it is scrolled to, or by its button.
 */
import { useEffect, useRef } from "preact/hooks";
import type { Rows } from "../graphql/use-pages.js";
import { countText } from "../words/numbers.js";
import { Failed } from "./states.js";

/** How much of the list is here, and the way to the rest. */
export function More<Row>({ list }: { readonly list: Rows<Row> }) {
  const end = useRef<HTMLDivElement>(null);
  const { state, hasMore, more, rows, total, fault } = list;
  useEffect(() => {
    const element = end.current;
    if (element === null || state !== "ready" || !hasMore) return;
    const watch = new IntersectionObserver(([entry]) => entry?.isIntersecting === true && more(), {
      rootMargin: "600px",
    });
    watch.observe(element);
    return () => watch.disconnect();
  }, [state, hasMore, more]);
  if (state === "failed" && fault !== undefined) return <Failed fault={fault} again={more} />;
  return (
    <div ref={end} class="more">
      <span class="muted">
        {countText(rows.length)} of {countText(total ?? rows.length)}
      </span>
      {hasMore && (
        <button type="button" disabled={state === "more"} onClick={more}>
          {state === "more" ? "Loading …" : "Show more"}
        </button>
      )}
    </div>
  );
}

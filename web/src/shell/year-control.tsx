/**
 * The year that everything on the page is asked as of, from the year of the graph's first paper on. It is part of every address and of every link.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import { WebYearsDocument } from "../../generated/documents.js";
import { useAnswer } from "../graphql/use-answer.js";
import { numberParam, setParams, usePlace } from "../navigation/place.js";

/** Where no paper has a year, and until the first one is known. */
const USUAL_FIRST_YEAR = 1950;
const SETTLE_MILLIS = 250;

/** A slider that ends at today. It asks when it has come to rest. */
export function YearControl() {
  usePlace();
  const today = new Date().getFullYear();
  const asOf = numberParam("asOf");
  const years = useAnswer(WebYearsDocument, {});
  const first = years.state === "ready" ? years.data.graphStats.firstYear : undefined;
  const [shown, setShown] = useState(asOf ?? today);
  const timer = useRef<ReturnType<typeof setTimeout>>();
  useEffect(() => setShown(asOf ?? today), [asOf, today]);
  const slide = (year: number) => {
    setShown(year);
    clearTimeout(timer.current);
    timer.current = setTimeout(
      () => setParams({ asOf: year >= today ? null : year }, { replace: true }),
      SETTLE_MILLIS,
    );
  };
  return (
    <label class="year-control" title="Ask everything as it was known at the end of a year">
      <span class="year-words">
        As of <output>{shown >= today ? "today" : shown}</output>
      </span>
      <input
        type="range"
        min={Math.min(first ?? USUAL_FIRST_YEAR, asOf ?? today, today - 1)}
        max={today}
        value={shown}
        aria-valuetext={shown >= today ? "today" : `the end of ${shown}`}
        onInput={(event) => slide(event.currentTarget.valueAsNumber)}
      />
    </label>
  );
}

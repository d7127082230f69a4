/**
 * An entity's relations over time: how many began in which year, by the year of their first paper.
 */
import type { WebRelationCountsQuery } from "../../../generated/documents.js";
import type { Answer } from "../../graphql/use-answer.js";
import { counted, countText } from "../../words/numbers.js";

type Years = NonNullable<WebRelationCountsQuery["entity"]>["relationCounts"]["byYear"];

const HEIGHT = 44;
/** Bars share the width where years are few, and are never too thin to point at. */
const WIDTH = 420;
const THINNEST = 7;
const WIDEST = 24;

/** The chart. Its place is kept while it is asked. */
export function YearsChart({ counts }: { readonly counts: Answer<WebRelationCountsQuery> }) {
  const years = counts.state === "ready" ? (counts.data.entity?.relationCounts.byYear ?? []) : [];
  return <div class="years-chart">{years.length > 0 && <Bars byYear={years} />}</div>;
}

function Bars({ byYear }: { readonly byYear: Years }) {
  const counts = new Map(byYear.map(({ year, count }) => [year, count]));
  const first = Math.min(...counts.keys());
  const last = Math.max(...counts.keys());
  const most = Math.max(...counts.values());
  const bar = Math.min(WIDEST, Math.max(THINNEST, Math.floor(WIDTH / (last - first + 1))));
  const years = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  return (
    <figure>
      <svg
        width={years.length * bar}
        height={HEIGHT}
        role="img"
        aria-label={`New relations a year, ${first} to ${last}`}
      >
        {years.map((year) => {
          const count = counts.get(year) ?? 0;
          const height = Math.max(count > 0 ? 2 : 0, (count / most) * HEIGHT);
          return (
            <rect key={year} x={(year - first) * bar} y={HEIGHT - height} width={bar - 1} height={height}>
              <title>{`${year}: ${counted(count, "new relation")}`}</title>
            </rect>
          );
        })}
      </svg>
      <figcaption class="muted">
        {first === last ? first : `${first}–${last}`}: new relations a year, at most {countText(most)}
      </figcaption>
    </figure>
  );
}

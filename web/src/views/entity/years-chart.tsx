/**
 * An entity's relations over time: how many began in which year, by the year of their first paper.
 */
import { useEffect, useState } from "preact/hooks";
import { WebEntityYearsDocument, type WebEntityYearsQuery } from "../../../generated/documents.js";
import { allRows } from "../../graphql/use-pages.js";
import { numberParam } from "../../navigation/place.js";
import { counted, countText } from "../../words/numbers.js";

type Row = NonNullable<WebEntityYearsQuery["entity"]>["relations"]["nodes"][number];

const HEIGHT = 44;
const BAR = 7;
/** Beyond, the chart would take longer than it is worth; it says so. */
const MOST = 2000;

/** The chart. Its place is kept while it is asked. */
export function YearsChart({ curie }: { readonly curie: string }) {
  const asOf = numberParam("asOf") ?? null;
  const [rows, setRows] = useState<readonly Row[]>();
  useEffect(() => {
    const stop = new AbortController();
    const pick = (data: WebEntityYearsQuery) => data.entity?.relations;
    const question = { document: WebEntityYearsDocument, variables: { curie, asOf }, pick };
    const progress = (count: number) => count >= MOST && stop.abort();
    allRows(question, progress, stop.signal).then(setRows, () => {});
    return () => stop.abort();
  }, [curie, asOf]);
  return <div class="years-chart">{rows !== undefined && rows.length > 0 && <Bars rows={rows} />}</div>;
}

function Bars({ rows }: { readonly rows: readonly Row[] }) {
  const counts = new Map<number, number>();
  for (const { firstYear } of rows)
    if (firstYear != null) counts.set(firstYear, (counts.get(firstYear) ?? 0) + 1);
  const first = Math.min(...counts.keys());
  const last = Math.max(...counts.keys());
  const most = Math.max(...counts.values());
  if (!Number.isFinite(first)) return null;
  const years = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  return (
    <figure>
      <svg
        width={years.length * BAR}
        height={HEIGHT}
        role="img"
        aria-label={`New relations a year, ${first} to ${last}`}
      >
        {years.map((year) => {
          const count = counts.get(year) ?? 0;
          const height = Math.max(count > 0 ? 2 : 0, (count / most) * HEIGHT);
          return (
            <rect key={year} x={(year - first) * BAR} y={HEIGHT - height} width={BAR - 1} height={height}>
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

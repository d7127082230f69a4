/**
 * A long list, page by page: the first at once, the next when the end comes into view. How many pages were shown is
 * kept in the history entry, so that back and reload show as many again. `allRows` walks to the end, for files.
 */
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { keepInHistory, keptInHistory } from "../navigation/place.js";
import { ask, type Document, keyOf, known, onForget } from "./client.js";
import type { ApiFault } from "./fault.js";
import { toApiFault } from "./use-answer.js";

/** A page of a Relay connection, as far as lists need it. */
interface Page<Row> {
  readonly totalCount?: number;
  readonly nodes: readonly Row[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null };
}

/** What every paged document takes. */
interface PageVariables {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}

/** A list that can be walked: its document, its variables, and where the page stands in the answer. */
interface PagedQuestion<Data, Variables, Row> {
  readonly document: Document<Data, Variables>;
  readonly variables: Variables;
  readonly pick: (data: Data) => Page<Row> | null | undefined;
}

/** A list as far as it is here. */
export interface Rows<Row> {
  readonly rows: readonly Row[];
  readonly total: number | undefined;
  readonly state: "asking" | "ready" | "more" | "failed";
  readonly fault: ApiFault | undefined;
  readonly hasMore: boolean;
  /** The answer came, and has no such list: what was asked for is not in the graph. */
  readonly isMissing: boolean;
  readonly more: () => void;
}

const PAGE = 25;
const FILE_PAGE = 100;
const NOTHING = { rows: [], total: undefined, hasMore: false, isMissing: false, next: undefined };

/** Pages of a list, from what is known and by asking. Null asks nothing. */
export function usePages<Data, Variables extends PageVariables, Row>(
  question: PagedQuestion<Data, Variables, Row> | null,
): Rows<Row> {
  const key = question === null ? "" : keyOf(question.document, question.variables);
  const wanted = useRef({ key: "", pages: 1 });
  if (wanted.current.key !== key) wanted.current = { key, pages: keptInHistory(`pages:${key}`) ?? 1 };
  const [failed, setFailed] = useState<{ key: string; fault: ApiFault }>();
  const [, redraw] = useState(0);
  const kept = question === null ? NOTHING : knownPages(question, wanted.current.pages);
  const next = kept.next;
  const last = useRef({ key, here: kept });
  // What is asked anew, as something was changed, stays until it is here.
  const isAgain = last.current.key === key && kept.rows.length === 0 && next !== undefined;
  const here = isAgain ? last.current.here : kept;
  last.current = { key, here };
  useEffect(() => onForget(() => redraw((round) => round + 1)), []);
  // the key and the cursor stand for the rest
  useEffect(() => {
    if (question === null || next === undefined) return;
    let gone = false;
    ask(question.document, next).then(
      () => !gone && redraw((round) => round + 1),
      (cause: unknown) => !gone && setFailed({ key, fault: toApiFault(cause) }),
    );
    return () => {
      gone = true;
    };
  }, [key, next?.after, next === undefined, failed]);
  const more = useCallback(() => {
    wanted.current.pages += 1;
    keepInHistory(`pages:${key}`, wanted.current.pages);
    setFailed(undefined);
    redraw((round) => round + 1);
  }, [key]);
  const fault = failed?.key === key && next !== undefined ? failed.fault : undefined;
  const state =
    fault !== undefined ? "failed" : next === undefined ? "ready" : here.rows.length > 0 ? "more" : "asking";
  return {
    rows: here.rows,
    total: here.total,
    hasMore: here.hasMore,
    isMissing: here.isMissing,
    state,
    fault,
    more,
  };
}

/** Every row of a list, walked to its end; `progress` hears how many are here. Stops when the signal is set. */
export async function allRows<Data, Variables extends PageVariables, Row>(
  { document, variables, pick }: PagedQuestion<Data, Variables, Row>,
  progress: (rows: number) => void,
  signal: AbortSignal,
): Promise<Row[]> {
  const rows: Row[] = [];
  let after: string | null = null;
  do {
    const page: Page<Row> | null | undefined = pick(
      await ask(document, { ...variables, first: FILE_PAGE, after }),
    );
    signal.throwIfAborted();
    rows.push(...(page?.nodes ?? []));
    progress(rows.length);
    after = page?.pageInfo.hasNextPage === true ? (page.pageInfo.endCursor ?? null) : null;
  } while (after !== null);
  return rows;
}

/** What is here of the first pages, and the variables of the first that is not. */
function knownPages<Data, Variables extends PageVariables, Row>(
  { document, variables, pick }: PagedQuestion<Data, Variables, Row>,
  pages: number,
) {
  const rows: Row[] = [];
  let total: number | undefined;
  let after: string | null = null;
  for (let index = 0; index < pages; index++) {
    const asked: Variables = { ...variables, first: PAGE, after };
    const data = known(document, asked);
    if (data === undefined) return { rows, total, next: asked, hasMore: true, isMissing: false };
    const page = pick(data);
    if (page === null || page === undefined)
      return { rows, total, hasMore: false, isMissing: true, next: undefined };
    rows.push(...page.nodes);
    total ??= page.totalCount;
    after = page.pageInfo.endCursor ?? null;
    if (!page.pageInfo.hasNextPage) return { rows, total, hasMore: false, isMissing: false, next: undefined };
  }
  return { rows, total, hasMore: true, isMissing: false, next: undefined };
}

/**
 * The states that are no answer, each said as what it is: being asked, failed (and what to do), not there, empty.
 */
import type { ComponentChildren } from "preact";
import type { ApiFault } from "../graphql/fault.js";
import type { Answer } from "../graphql/use-answer.js";

/** A question under way; the rows keep the place that the answer will take. */
export function Asking({ what, rows = 6 }: { readonly what: string; readonly rows?: number }) {
  return (
    <div class="asking" role="status">
      <span class="visually-hidden">Loading {what} …</span>
      {Array.from({ length: rows }, (_, row) => (
        // the rows are all alike
        <span key={row} class="asking-row" aria-hidden="true" />
      ))}
    </div>
  );
}

/** A question that got no answer. */
export function Failed({ fault, again }: { readonly fault: ApiFault; readonly again?: () => void }) {
  const isOffline = fault.code === "OFFLINE" || fault.code === "NOT_READY";
  return (
    <div class="notice notice-bad" role="alert">
      <p>
        <strong>{isOffline ? "No connection to the server." : "That did not work."}</strong> {fault.message}
      </p>
      <p class="notice-end">
        {again !== undefined && (
          <button type="button" onClick={again}>
            Ask again
          </button>
        )}
        {!isOffline && (
          <span class="muted">
            {fault.code}
            {fault.requestId !== undefined && ` · request ${fault.requestId}`}
          </span>
        )}
      </p>
    </div>
  );
}

/** Something that the graph does not have. */
export function Missing({ what, cure }: { readonly what: string; readonly cure: ComponentChildren }) {
  return (
    <div class="notice" role="status">
      <p>
        <strong>{what}</strong>
      </p>
      <p>{cure}</p>
    </div>
  );
}

/** Draws an answer, or the state that it is in. */
export function Answered<Data>(props: {
  readonly answer: Answer<Data>;
  readonly what: string;
  readonly rows?: number;
  readonly children: (data: Data) => ComponentChildren;
}) {
  const { answer, what, rows = 6, children } = props;
  if (answer.state === "asking") return <Asking what={what} rows={rows} />;
  if (answer.state === "failed") return <Failed fault={answer.fault} again={answer.again} />;
  return <>{children(answer.data)}</>;
}

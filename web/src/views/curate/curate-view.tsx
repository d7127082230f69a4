/**
 * Curation: the queue of what programs extracted, judged by keyboard alone, and the audit trail of who did what.
 */
import { hrefTo, param, usePlace } from "../../navigation/place.js";
import { useTitle } from "../../questions/kept-questions.js";
import { AuditTrail } from "./audit-trail.js";
import { QueueView } from "./queue-view.js";

/** The view; `name` is empty for the queue and `trail` for the audit trail. */
export function CurateView({ name }: { readonly name: string }) {
  usePlace();
  const isTrail = name === "trail";
  useTitle(isTrail ? "Who judged what" : "Curate", false);
  const entity = param("entity");
  return (
    <>
      <header class="curate-head">
        <h1>{isTrail ? "Who judged what" : "Judge what was extracted"}</h1>
        <nav class="tabs" aria-label="Curation">
          <a href={hrefTo("/curate", { entity })} aria-current={isTrail ? undefined : "page"}>
            Queue
          </a>
          <a href={hrefTo("/curate/trail")} aria-current={isTrail ? "page" : undefined}>
            Audit trail
          </a>
        </nav>
      </header>
      {isTrail ? <AuditTrail /> : <QueueView />}
    </>
  );
}

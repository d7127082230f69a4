/**
 * What a paper would add to the graph, before it is written: fetched and read, shown as a text is, and written as a whole
 * only when asked to.
 */
import { useState } from "preact/hooks";
import { WebReadPublicationDocument } from "../../../generated/documents.js";
import { ApiFault } from "../../graphql/fault.js";
import { pubmedHref } from "../../navigation/addresses.js";
import { Asking, Failed } from "../../shell/states.js";
import { PaperJob } from "./paper-job.js";
import { ReadingAnswer } from "./reading-answer.js";
import { useReading } from "./use-reading.js";

/** The paper; `isFirst` where it is the first of a list. */
export function PaperReading({ pmid, isFirst }: { readonly pmid: string; readonly isFirst: boolean }) {
  const [isWriting, setWriting] = useState(false);
  const [isStopped, setStopped] = useState(false);
  if (isWriting) return <PaperJob pmid={pmid} />;
  if (isStopped) {
    return (
      <section class="panel job" aria-label={`PMID ${pmid}`}>
        <p role="status">
          PMID {pmid}: cancelled; nothing was written.{" "}
          <button type="button" onClick={() => setStopped(false)}>
            Read it after all
          </button>
        </p>
      </section>
    );
  }
  const ends = { onWrite: () => setWriting(true), onStop: () => setStopped(true) };
  return <Read pmid={pmid} isFirst={isFirst} {...ends} />;
}

/** Being read, or read; leaving it calls the reading off. */
function Read(props: {
  readonly pmid: string;
  readonly isFirst: boolean;
  readonly onWrite: () => void;
  readonly onStop: () => void;
}) {
  const { pmid, isFirst, onWrite, onStop } = props;
  const variables = { pmid };
  const { answer, fault, again } = useReading(WebReadPublicationDocument, variables);
  const result = answer?.extractPublication;
  if (fault !== undefined) return <Failed fault={fault} again={again} />;
  if (result === undefined) {
    return (
      <section class="panel job" aria-label={`PMID ${pmid}`}>
        <p class="side-head">
          <strong>PMID {pmid}</strong>
          <button type="button" onClick={onStop}>
            Cancel
          </button>
        </p>
        <Asking what={`what PMID ${pmid} says`} rows={4} />
      </section>
    );
  }
  if (result.__typename === "PublicationNotFound" || result.__typename === "NoAbstract")
    return <Failed fault={new ApiFault(result.message, result.__typename, false)} />;
  if (result.__typename !== "PublicationReading") return null;
  return (
    <section class="paper-reading" aria-label={`PMID ${pmid}`}>
      <div class="list-head">
        <h2>{result.title === "" ? `PMID ${pmid}` : result.title}</h2>
        <p class="side-head">
          <a href={pubmedHref(pmid)} target="_blank" rel="noreferrer">
            PMID {pmid} ↗
          </a>
          <button type="button" onClick={onWrite}>
            Write all of it
          </button>
        </p>
      </div>
      <ReadingAnswer
        reading={result.reading}
        source={variables}
        asked={{ document: WebReadPublicationDocument, variables }}
        title={`relations of PMID ${pmid}`}
        isFirst={isFirst}
      />
    </section>
  );
}

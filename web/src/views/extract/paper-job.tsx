/**
 * One paper's extraction as it goes: its stages, how many pairs are read, its end, and what to do where it fails.
 */
import { useEffect, useState } from "preact/hooks";
import {
  type ExtractionStage,
  type ExtractionStateFragment,
  WebCancelExtractionDocument,
  WebExtractionProgressDocument,
  WebExtractPublicationDocument,
} from "../../../generated/documents.js";
import { change, forget } from "../../graphql/client.js";
import { ApiFault } from "../../graphql/fault.js";
import { follow } from "../../graphql/follow.js";
import { toApiFault } from "../../graphql/use-answer.js";
import { publicationHref } from "../../navigation/addresses.js";
import { Failed } from "../../shell/states.js";
import { counted, countText } from "../../words/numbers.js";

const STAGES: readonly (readonly [stage: ExtractionStage, label: string])[] = [
  ["QUEUED", "accepted"],
  ["FETCHED", "text fetched"],
  ["ANNOTATED", "names found"],
  ["SCORED", "pairs read"],
  ["WRITTEN", "written"],
];
const ENDS: readonly ExtractionStage[] = ["WRITTEN", "FAILED", "CANCELLED"];

/** The job; submitting the same paper again gives the same job, so a reload goes on watching. */
export function PaperJob({ pmid }: { readonly pmid: string }) {
  const { job, fault, again, cancel } = useJob(pmid);
  return (
    <section class="panel job" aria-label={`PMID ${pmid}`}>
      <p class="side-head">
        <strong>PMID {pmid}</strong>
        {job !== undefined && <Stages job={job} />}
        {job !== undefined && !ENDS.includes(job.stage) && (
          <button type="button" onClick={cancel}>
            Cancel
          </button>
        )}
      </p>
      {job?.stage === "WRITTEN" && (
        <p role="status">
          {counted(job.relations, "relation")} written.{" "}
          <a href={publicationHref(pmid)}>See what the paper says</a>
          {job.pairsLeftOut > 0 &&
            ` ${counted(job.pairsLeftOut, "pair")} left out, as it names more than are read at once.`}
        </p>
      )}
      {job?.stage === "CANCELLED" && (
        <p role="status">
          Cancelled.{" "}
          <button type="button" onClick={again}>
            Extract it after all
          </button>
        </p>
      )}
      {fault !== undefined && <Failed fault={fault} again={again} />}
    </section>
  );
}

function Stages({ job }: { readonly job: ExtractionStateFragment }) {
  const reached = STAGES.findIndex(([stage]) => stage === job.stage);
  return (
    <ol class="plain stages" aria-label="Stages">
      {STAGES.map(([stage, label], index) => (
        <li
          key={stage}
          class={index <= reached ? "stage stage-done" : "stage"}
          aria-current={index === reached ? "step" : undefined}
        >
          {label}
          {stage === "SCORED" && job.pairs > 0 && ` ${countText(job.pairsScored)}/${countText(job.pairs)}`}
        </li>
      ))}
    </ol>
  );
}

function useJob(pmid: string) {
  const [round, setRound] = useState(0);
  const [job, setJob] = useState<ExtractionStateFragment>();
  const [fault, setFault] = useState<ApiFault>();
  // The round stands for asking again.
  useEffect(() => {
    let end = () => {};
    let isGone = false;
    setFault(undefined);
    const show = (state: ExtractionStateFragment) => {
      setJob(state);
      if (state.stage === "WRITTEN") forget();
      if (state.error != null)
        setFault(new ApiFault(state.error.message, state.error.code, state.error.retryable));
    };
    change(WebExtractPublicationDocument, { pmid }).then(
      ({ extractPublication: result }) => {
        if (isGone) return;
        if (result.__typename === "PublicationReading") return; // asked for by dryRun alone
        if (result.__typename !== "ExtractionJob") {
          setFault(new ApiFault(result.message, result.__typename, false));
          return;
        }
        show(result);
        if (ENDS.includes(result.stage)) return;
        const next = (data: { readonly extractionProgress: ExtractionStateFragment }) =>
          show(data.extractionProgress);
        end = follow(WebExtractionProgressDocument, { id: result.id }, { next, failed: setFault });
      },
      (cause: unknown) => !isGone && setFault(toApiFault(cause)),
    );
    return () => {
      isGone = true;
      end();
    };
  }, [pmid, round]);
  const cancel = () => {
    if (job === undefined) return;
    change(WebCancelExtractionDocument, { id: job.id }).then(
      ({ cancelExtraction }) => cancelExtraction != null && setJob(cancelExtraction),
      (cause: unknown) => setFault(toApiFault(cause)),
    );
  };
  return { job, fault, again: () => setRound(round + 1), cancel };
}

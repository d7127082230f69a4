/**
 * Judging a row of evidence and taking that back, one after the other; what went wrong, and what was done last.
 */
import { useState } from "preact/hooks";
import {
  type CurationCorrection,
  type CurationVerdict,
  WebCurateDocument,
  type WebCurateMutation,
  WebUndoCurationDocument,
} from "../../generated/documents.js";
import { change } from "../graphql/client.js";
import type { ApiFault } from "../graphql/fault.js";
import { toApiFault } from "../graphql/use-answer.js";

/** A judgement to make. */
interface Judgement {
  /** The evidence's `id`. */
  readonly evidence: string;
  /** By which name it is kept. */
  readonly curator: string;
  readonly verdict: CurationVerdict;
  readonly correction?: CurationCorrection | undefined;
  readonly comment?: string | undefined;
}

/** A judgement as it was kept, with the belief that follows. */
export type Judged = WebCurateMutation["curate"];

/** How judging stands. */
interface Judging {
  readonly isBusy: boolean;
  readonly fault: ApiFault | undefined;
  /** Each gives undefined where it failed; `fault` then says why. `run` does so for any way of judging. */
  readonly run: (work: () => Promise<Judged>) => Promise<Judged | undefined>;
  readonly judge: (judgement: Judgement) => Promise<Judged | undefined>;
  readonly undo: (id: string, curator: string) => Promise<Judged | undefined>;
}

/** Judges, and says how it went. */
export function useJudging(): Judging {
  const [isBusy, setBusy] = useState(false);
  const [fault, setFault] = useState<ApiFault>();
  const run = async (work: () => Promise<Judged>): Promise<Judged | undefined> => {
    setBusy(true);
    setFault(undefined);
    try {
      return await work();
    } catch (cause) {
      setFault(toApiFault(cause));
      return undefined;
    } finally {
      setBusy(false);
    }
  };
  return {
    isBusy,
    fault,
    run,
    judge: ({ evidence, curator, verdict, correction, comment }) =>
      run(async () => {
        const asked = {
          evidence,
          verdict,
          curator,
          correction: correction ?? null,
          comment: comment || null,
        };
        return (await change(WebCurateDocument, asked)).curate;
      }),
    undo: (id, curator) =>
      run(async () => (await change(WebUndoCurationDocument, { id, curator })).undoCuration),
  };
}

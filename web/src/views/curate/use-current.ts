/**
 * Which row is being judged: the one that the address names, whether it waits in the queue or not, else the first that
 * waits.
 */
import { WebCurationEvidenceDocument } from "../../../generated/documents.js";
import { useAnswer } from "../../graphql/use-answer.js";
import { param, setParams } from "../../navigation/place.js";
import type { Queue, Task } from "./use-queue.js";

/** A row of evidence with its relation. */
export type Evidence = Task["evidence"];

/** The row, how asking for it stands where the queue does not have it, and the way to others. */
export function useCurrent(queue: Queue, isJudged: (evidence: string) => boolean) {
  const tasks = queue.tasks ?? [];
  const named = param("evidence");
  const found = tasks.find(({ evidence }) => evidence.id === named)?.evidence;
  const isElsewhere = named !== undefined && queue.tasks !== undefined && found === undefined;
  const fetched = useAnswer(WebCurationEvidenceDocument, isElsewhere ? { id: named } : null);
  const node = fetched.state === "ready" ? fetched.data.node : undefined;
  const elsewhere = node?.__typename === "Evidence" ? node : undefined;
  const first = tasks.find(({ evidence }) => !isJudged(evidence.id)) ?? tasks[0];
  const current: Evidence | undefined = named === undefined ? first?.evidence : (found ?? elsewhere);
  const goTo = (id: string | undefined) => {
    if (id !== undefined) setParams({ evidence: id });
  };
  const step = (by: 1 | -1) => {
    const at = tasks.findIndex(({ evidence }) => evidence.id === current?.id);
    goTo(tasks[at + by]?.evidence.id);
  };
  return { current, fetched, goTo, step };
}

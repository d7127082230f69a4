/**
 * The queue as it was when it was asked for: it stays as it is under the curator's hands, whatever is judged meanwhile, and
 * is asked for again when it is through.
 */
import { useEffect, useState } from "preact/hooks";
import { WebCurationTasksDocument, type WebCurationTasksQuery } from "../../../generated/documents.js";
import { ask, forget } from "../../graphql/client.js";
import type { ApiFault } from "../../graphql/fault.js";
import { toApiFault } from "../../graphql/use-answer.js";

/** A row to judge. */
export type Task = WebCurationTasksQuery["curationTasks"]["nodes"][number];

/** How many are asked for at a time. */
const AT_ONCE = 50;

/** The queue, and the question that gives it. */
export interface Queue {
  readonly variables: { readonly entity: string | null; readonly first: number };
  readonly tasks: readonly Task[] | undefined;
  readonly fault: ApiFault | undefined;
  readonly again: () => void;
}

/** Asks for the queue, of one entity's relations where one is given. */
export function useQueue(entity: string | undefined): Queue {
  const [round, setRound] = useState(0);
  const [tasks, setTasks] = useState<readonly Task[]>();
  const [fault, setFault] = useState<ApiFault>();
  const variables = { entity: entity ?? null, first: AT_ONCE };
  // the round stands for asking again
  useEffect(() => {
    let isGone = false;
    setTasks(undefined);
    setFault(undefined);
    ask(WebCurationTasksDocument, variables).then(
      ({ curationTasks }) => !isGone && setTasks(curationTasks.nodes),
      (cause: unknown) => !isGone && setFault(toApiFault(cause)),
    );
    return () => {
      isGone = true;
    };
  }, [entity, round]);
  const again = () => {
    forget();
    setRound(round + 1);
  };
  return { variables, tasks, fault, again };
}

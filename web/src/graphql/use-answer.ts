/**
 * A question as a part of a view: what is known at once, what is being asked, what failed. A view that asks something
 * else meanwhile keeps showing nothing of the old answer: another entity's rows never stand under this one's name. An
 * answer that is asked anew, as something was changed, stays until the new one is here.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import { ask, type Document, keyOf, known, onForget } from "./client.js";
import { ApiFault } from "./fault.js";

/** How a question stands. */
export type Answer<Data> =
  | { readonly state: "asking" }
  | { readonly state: "ready"; readonly data: Data }
  | { readonly state: "failed"; readonly fault: ApiFault; readonly again: () => void };

const WAIT_OFFLINE_MILLIS = 4000;

/** Asks, and asks again by itself while the server is out of reach. Null variables ask nothing. */
export function useAnswer<Data, Variables>(
  document: Document<Data, Variables>,
  variables: Variables | null,
): Answer<Data> {
  const [round, setRound] = useState(0);
  const [failed, setFailed] = useState<{ key: string; fault: ApiFault }>();
  const key = variables === null ? "" : keyOf(document, variables);
  const data = variables === null ? undefined : known(document, variables);
  const last = useRef<{ key: string; data: Data }>();
  if (data !== undefined) last.current = { key, data };
  useEffect(() => onForget(() => setRound((before) => before + 1)), []);
  // the key stands for document and variables
  useEffect(() => {
    if (variables === null || data !== undefined) return;
    let gone = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const again = () => setRound((before) => before + 1);
    ask(document, variables).then(
      () => {
        if (gone) return;
        setFailed(undefined);
        again();
      },
      (cause: unknown) => {
        if (gone) return;
        const fault = toApiFault(cause);
        setFailed({ key, fault });
        if (fault.code === "OFFLINE" || fault.code === "NOT_READY") {
          timer = setTimeout(again, WAIT_OFFLINE_MILLIS);
        }
      },
    );
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [key, round]);
  if (data !== undefined) return { state: "ready", data };
  if (failed?.key === key) {
    const again = () => {
      setFailed(undefined);
      setRound(round + 1);
    };
    return { state: "failed", fault: failed.fault, again };
  }
  if (last.current?.key === key) return { state: "ready", data: last.current.data };
  return { state: "asking" };
}

/** Whatever was thrown, as a fault that can be shown. */
export function toApiFault(cause: unknown): ApiFault {
  if (cause instanceof ApiFault) return cause;
  const words = cause instanceof Error ? cause.message : String(cause);
  return new ApiFault(`The page itself failed: ${words}. Reload it.`, "PAGE", false);
}

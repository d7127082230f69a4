/**
 * Has something read once, and again when asked to. Reading takes a moment of the model: leaving the view calls it off.
 */
import { useEffect, useState } from "preact/hooks";
import { type Document, read } from "../../graphql/client.js";
import type { ApiFault } from "../../graphql/fault.js";
import { toApiFault } from "../../graphql/use-answer.js";

/** The answer of a mutation that writes nothing. */
export function useReading<Data, Variables>(document: Document<Data, Variables>, variables: Variables) {
  const [round, setRound] = useState(0);
  const [answer, setAnswer] = useState<Data>();
  const [fault, setFault] = useState<ApiFault>();
  // The round stands for asking again; what is read does not change.
  useEffect(() => {
    const leave = new AbortController();
    setFault(undefined);
    read(document, variables, leave.signal).then(setAnswer, (cause: unknown) => {
      if (!leave.signal.aborted) setFault(toApiFault(cause));
    });
    return () => leave.abort();
  }, [round]);
  return { answer, fault, again: () => setRound(round + 1) };
}

/**
 * A classifier of its two halves: inputs, made on the processor, and the network, which an engine runs elsewhere or on
 * threads of its own. While the engine computes some documents, the inputs of the next are made.
 */
import type { Document } from "../../core/document.js";
import type { Asking, DocumentPredictions, ModelInfo, RelationClassifier } from "../../core/prediction.js";
import { required } from "../../core/required.js";
import { inGroups } from "../../core/turns/in-groups.js";
import { throwIfCancelled } from "./between-passes.js";
import type { DocumentInputs } from "./pair-sequence.js";

/** A document whose inputs are made. */
export interface Prepared<Input> extends DocumentInputs<Input> {
  readonly document: Document;
}

/** The halves of a classifier. */
interface ClassifierParts<Input> {
  readonly info: ModelInfo;
  make(document: Document): Promise<DocumentInputs<Input>>;
  /**
   * Answers for documents that go through the network together, in their order. Between passes it hears the signal and
   * tells the progress (between-passes.ts).
   */
  score(documents: readonly Prepared<Input>[], asking: Asking): Promise<DocumentPredictions[]>;
  /** How many documents go together. Always the same ones, so that a run can be repeated to the last bit. */
  readonly together: number;
  dispose(): Promise<void>;
}

/** Joins the halves. */
export function readingAhead<Input>(parts: ClassifierParts<Input>): RelationClassifier {
  const { info, make, score, together, dispose } = parts;
  const prepare = async (document: Document, { signal }: Asking) => {
    throwIfCancelled(signal, document);
    return { document, ...(await make(document)) };
  };
  return {
    info,
    dispose,
    async predict(document, asking = {}) {
      const [answer] = await score([await prepare(document, asking)], asking);
      return required(answer, "the document's answer");
    },
    async *predictAll(documents, asking = {}) {
      const groups = inGroups(documents, together);
      const next = async () => {
        const { done, value } = await groups.next();
        return done === true ? undefined : Promise.all(value.map((document) => prepare(document, asking)));
      };
      try {
        let current = await next();
        while (current !== undefined) {
          const scoring = score(current, asking);
          const [scored, following] = await Promise.allSettled([scoring, next()]);
          if (scored.status === "rejected") throw scored.reason;
          // What is done is handed over before the fault of what follows is.
          yield* scored.value;
          if (following.status === "rejected") throw following.reason;
          current = following.value;
        }
      } finally {
        await groups.return(undefined);
      }
    },
  };
}

/**
 * A classifier of its two halves: inputs, made on the processor, and the network, which an engine runs elsewhere or on
 * threads of its own. While the engine computes some documents, the inputs of the next are made.
 */
import type { Document } from "../../core/document.js";
import { inGroups } from "../../core/in-groups.js";
import type { DocumentPredictions, ModelInfo, RelationClassifier } from "../../core/prediction.js";

/** A document whose inputs are made. */
export interface Prepared<Input> {
  readonly document: Document;
  readonly inputs: readonly Input[];
}

/** The halves of a classifier. */
export interface ClassifierParts<Input> {
  readonly info: ModelInfo;
  make(document: Document): Promise<readonly Input[]>;
  /** Answers for documents that go through the network together, in their order. */
  score(documents: readonly Prepared<Input>[]): Promise<DocumentPredictions[]>;
  /** How many documents go together. Always the same ones, so that a run can be repeated to the last bit. */
  readonly together: number;
  dispose(): Promise<void>;
}

/** Joins the halves. */
export function readingAhead<Input>(parts: ClassifierParts<Input>): RelationClassifier {
  const { info, make, score, together, dispose } = parts;
  const prepare = async (document: Document) => ({ document, inputs: await make(document) });
  return {
    info,
    dispose,
    async predict(document) {
      const [answer] = await score([await prepare(document)]);
      if (answer === undefined) throw new TypeError("every document has an answer");
      return answer;
    },
    async *predictAll(documents) {
      const groups = inGroups(documents, together);
      const next = async () => {
        const { done, value } = await groups.next();
        return done === true ? undefined : Promise.all(value.map(prepare));
      };
      try {
        let current = await next();
        while (current !== undefined) {
          const scoring = score(current);
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

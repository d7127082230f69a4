/**
 * What a pasted text says, without writing it.
 */
import { WebReadTextDocument } from "../../../generated/documents.js";
import { Asking, Failed } from "../../shell/states.js";
import { toTitleAndAbstract } from "./pasted.js";
import { ReadingAnswer } from "./reading-answer.js";
import { useReading } from "./use-reading.js";

/** Asks once for its text; the view is made anew for another. */
export function TextAnswer({ text }: { readonly text: string }) {
  const source = toTitleAndAbstract(text);
  const { answer, fault, again } = useReading(WebReadTextDocument, source);
  if (fault !== undefined) return <Failed fault={fault} again={again} />;
  if (answer === undefined) return <Asking what="what the text says" rows={5} />;
  return (
    <section aria-labelledby="says">
      <h2 id="says">What the text says</h2>
      <ReadingAnswer
        reading={answer.extractText}
        source={source}
        asked={{ document: WebReadTextDocument, variables: source }}
        title="relations of a text"
        isFirst
      />
    </section>
  );
}

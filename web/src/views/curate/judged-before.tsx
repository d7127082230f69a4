/**
 * Who judged a row before, with the way to take it back.
 */
import { WebCurationsDocument } from "../../../generated/documents.js";
import { useAnswer } from "../../graphql/use-answer.js";
import { Failed } from "../../shell/states.js";
import { JudgementLine } from "./judgement-line.js";
import type { Work } from "./use-work.js";

/** Drawn only where somebody did. */
export function JudgedBefore({ evidence, work }: { readonly evidence: string; readonly work: Work }) {
  const answer = useAnswer(WebCurationsDocument, { evidence, first: 20 });
  if (answer.state === "failed") return <Failed fault={answer.fault} again={answer.again} />;
  if (answer.state === "asking" || answer.data.curations.nodes.length === 0) return null;
  return (
    <section aria-labelledby="before">
      <h3 id="before">Judged before</h3>
      <ul class="plain">
        {answer.data.curations.nodes.map((entry) => (
          <JudgementLine
            key={entry.id}
            entry={entry}
            onUndo={work.curator.isAllowed ? () => void work.undo(entry.id, evidence) : undefined}
          />
        ))}
      </ul>
    </section>
  );
}

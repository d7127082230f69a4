/**
 * The text of a paper with the entities that it names, on demand.
 */
import { useState } from "preact/hooks";
import { WebPassagesDocument } from "../../../generated/documents.js";
import { Marked } from "../../evidence/sentence.js";
import { useAnswer } from "../../graphql/use-answer.js";
import { Answered, Missing } from "../../shell/states.js";

/** A line that opens the text. */
export function PaperText({ pmid }: { readonly pmid: string }) {
  const [isOpen, setOpen] = useState(false);
  const answer = useAnswer(WebPassagesDocument, isOpen ? { pmid } : null);
  return (
    <details class="paper-text" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>The whole text, with the entities that it names</summary>
      {isOpen && (
        <Answered answer={answer} what="the text" rows={3}>
          {({ publication }) => {
            const passages = publication?.passages ?? [];
            if (passages.length === 0) {
              return (
                <Missing
                  what="Its text is not kept here."
                  cure="Read it at PubMed, or extract the paper again."
                />
              );
            }
            return passages.map(({ document, offset, text, mentions }) => (
              <p key={`${document} ${offset}`} class="panel abstract">
                <Marked
                  text={text}
                  marks={mentions.map(({ passageStart, passageEnd, type, entity }) => ({
                    start: passageStart,
                    end: passageEnd,
                    kind: type.toLowerCase(),
                    title: entity == null ? "" : `${entity.name} (${entity.curie})`,
                  }))}
                />
              </p>
            ));
          }}
        </Answered>
      )}
    </details>
  );
}

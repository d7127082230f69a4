/**
 * Extraction: what a pasted text says, at once and without writing it; or papers by their PMIDs, fetched, read and
 * written into the graph as one watches.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import { param, setParams, usePlace } from "../../navigation/place.js";
import { useTitle } from "../../questions/kept-questions.js";
import { PaperJob } from "./paper-job.js";
import { parsePmids } from "./pasted.js";
import { TextAnswer } from "./text-answer.js";

const KEPT = "bioweft.text";
const MOST_CHARACTERS = 20_000;

/** The view. */
export function ExtractView() {
  usePlace();
  useTitle("Extract", false);
  const [text, setText] = useState(() => sessionStorage.getItem(KEPT) ?? "");
  const [asked, setAsked] = useState<string>();
  const pmids = parsePmids(param("pmids") ?? "") ?? [];
  const pasted = parsePmids(text);
  const submit = (event?: Event) => {
    event?.preventDefault();
    if (text.trim() === "" || (pasted === undefined && text.length > MOST_CHARACTERS)) return;
    sessionStorage.setItem(KEPT, text);
    setAsked(pasted === undefined ? text : undefined);
    setParams({ pmids: pasted?.join(",") });
  };
  return (
    <>
      <h1>Extract relations</h1>
      <form class="paste" onSubmit={submit}>
        <PasteField text={text} onText={setText} onSubmit={submit} />
        <p class="paste-end">
          <button type="submit" class="primary" disabled={text.trim() === ""}>
            {pasted === undefined
              ? "Read the text"
              : `Extract ${pasted.length === 1 ? "the paper" : `${pasted.length} papers`}`}
          </button>
          <span class="muted">
            <kbd>Ctrl</kbd> <kbd>Enter</kbd> {whatHappens(text, pasted)}
          </span>
        </p>
      </form>
      {asked !== undefined && <TextAnswer key={asked} text={asked} />}
      {asked === undefined && pmids.map((pmid) => <PaperJob key={pmid} pmid={pmid} />)}
    </>
  );
}

function PasteField(props: {
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly onSubmit: () => void;
}) {
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus({ preventScroll: true }), []);
  return (
    <label>
      PMIDs, or a title and abstract
      <textarea
        ref={field}
        rows={7}
        value={props.text}
        placeholder="29630580 25741868 — or the text of an abstract"
        onInput={(event) => props.onText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          props.onSubmit();
        }}
      />
    </label>
  );
}

/** What submitting does, so that nothing is written by surprise. */
function whatHappens(text: string, pasted: readonly string[] | undefined): string {
  if (pasted !== undefined) return "fetches them from PubTator3 and writes their relations into the graph.";
  if (text.length > MOST_CHARACTERS) {
    return `is closed: the text has ${text.length} characters, and ${MOST_CHARACTERS} can be read at once. Take a part.`;
  }
  return "shows what the text says; nothing is written.";
}

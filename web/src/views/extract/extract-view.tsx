/**
 * Extraction: what a pasted text or papers would add to the graph, with a verdict on each relation; or papers by their
 * PMIDs, fetched, read and written into the graph as one watches.
 */
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { param, setParams, usePlace } from "../../navigation/place.js";
import { useTitle } from "../../questions/kept-questions.js";
import { PaperJob } from "./paper-job.js";
import { PaperReading } from "./paper-reading.js";
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
  const pasted = parsePmids(text);
  const submit = (isWritten: boolean) => {
    if (text.trim() === "" || (pasted === undefined && text.length > MOST_CHARACTERS)) return;
    sessionStorage.setItem(KEPT, text);
    setAsked(pasted === undefined ? text : undefined);
    setParams({ pmids: pasted?.join(","), write: isWritten && pasted !== undefined ? "yes" : null });
  };
  return (
    <>
      <h1>Extract relations</h1>
      <form
        class="paste"
        onSubmit={(event) => {
          event.preventDefault();
          submit(false);
        }}
      >
        <PasteField text={text} onText={setText} onSubmit={() => submit(false)} />
        <PasteEnd text={text} pasted={pasted} onWrite={() => submit(true)} />
      </form>
      {asked === undefined ? <Papers /> : <TextAnswer key={asked} text={asked} />}
    </>
  );
}

/** The papers that the address names: what they would add, or being written. */
function Papers() {
  const pmids = parsePmids(param("pmids") ?? "") ?? [];
  return param("write") === "yes"
    ? pmids.map((pmid) => <PaperJob key={pmid} pmid={pmid} />)
    : pmids.map((pmid, index) => <PaperReading key={pmid} pmid={pmid} isFirst={index === 0} />);
}

function PasteEnd(props: {
  readonly text: string;
  readonly pasted: readonly string[] | undefined;
  readonly onWrite: () => void;
}) {
  const { text, pasted, onWrite } = props;
  const isEmpty = text.trim() === "";
  return (
    <p class="paste-end">
      <button type="submit" class="primary" disabled={isEmpty}>
        {pasted === undefined
          ? "Read the text"
          : `Show what ${pasted.length === 1 ? "it" : `the ${pasted.length}`} would add`}
      </button>
      {pasted !== undefined && (
        <button type="button" onClick={onWrite}>
          Extract and write {pasted.length === 1 ? "it" : `all ${pasted.length}`}
        </button>
      )}
      <span class="muted">
        <kbd>Ctrl</kbd> <kbd>Enter</kbd> {whatHappens(text, pasted)}
      </span>
    </p>
  );
}

function PasteField(props: {
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly onSubmit: () => void;
}) {
  const field = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => field.current?.focus({ preventScroll: true }), []);
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
  if (pasted !== undefined) return "fetches from PubTator3 and reads; nothing is written.";
  if (text.length > MOST_CHARACTERS) {
    return `is closed: the text has ${text.length} characters, and ${MOST_CHARACTERS} can be read at once. Take a part.`;
  }
  return "shows what the text says; nothing is written.";
}

/**
 * One judgement in a line: who, what, when, why, and whether it still holds.
 */
import type { ComponentChildren } from "preact";
import type { CurationEntryFragment } from "../../../generated/documents.js";
import { EntityName } from "../../curation/entity-name.js";
import { VERDICT_WORDS } from "../../words/curation-words.js";
import { momentText } from "../../words/numbers.js";
import { RELATION_WORDS } from "../../words/vocabulary.js";

/** The line, with what it was about where that is not plain. */
export function JudgementLine(props: {
  readonly entry: CurationEntryFragment;
  readonly onUndo?: (() => void) | undefined;
  readonly children?: ComponentChildren;
}) {
  const { entry, onUndo, children } = props;
  const isHeld = entry.endedAt == null;
  return (
    <li class={isHeld ? "judgement" : "judgement judgement-ended"}>
      <p>
        <strong>{entry.curator}</strong>{" "}
        <span class={`verdict-word verdict-${entry.verdict.toLowerCase()}`}>
          {VERDICT_WORDS[entry.verdict].done}
        </span>{" "}
        <span class="muted">{momentText(entry.at)}</span>{" "}
        {isHeld && onUndo !== undefined && (
          <button type="button" class="undo" onClick={onUndo}>
            Undo
          </button>
        )}
      </p>
      {children}
      <Correction entry={entry} />
      {entry.comment != null && <p class="muted">“{entry.comment}”</p>}
      {!isHeld && entry.endedAt != null && (
        <p class="muted">
          {entry.endedBy === entry.curator ? "taken back or replaced" : `undone by ${entry.endedBy}`},{" "}
          {momentText(entry.endedAt)}
        </p>
      )}
    </li>
  );
}

function Correction({ entry: { correction } }: { readonly entry: CurationEntryFragment }) {
  if (correction == null) return null;
  const { type, subject, object, acts } = correction;
  return (
    <p class="muted">
      instead: {type != null && <span class="flag">{RELATION_WORDS[type].label}</span>}{" "}
      {subject != null && (
        <span class="flag">
          first end <EntityName curie={subject} />
        </span>
      )}{" "}
      {object != null && (
        <span class="flag">
          second end <EntityName curie={object} />
        </span>
      )}{" "}
      {acts != null && (
        <span class="flag">
          <EntityName curie={acts} /> acts
        </span>
      )}
    </p>
  );
}

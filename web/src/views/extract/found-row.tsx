/**
 * A relation that was read: what is claimed and in which sentence, what it would add to the graph, and the verdict on it.
 * Keys act on the row that has the focus.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import { FixForm } from "../../curation/fix-form.js";
import { EntityLink, RelationBadge } from "../../evidence/badges.js";
import { BeliefBar } from "../../evidence/belief-bar.js";
import type { Mark } from "../../evidence/marks.js";
import { Marked } from "../../evidence/sentence.js";
import { relationHref } from "../../navigation/addresses.js";
import { VERDICT_WORDS } from "../../words/curation-words.js";
import { counted, shareText } from "../../words/numbers.js";
import { RELATION_WORDS } from "../../words/vocabulary.js";
import { type Found, keyOf, type Reading, type Verdicts } from "./use-verdicts.js";

/** The row. */
export function FoundRow(props: {
  readonly found: Found;
  readonly reading: Reading;
  readonly verdicts: Verdicts;
}) {
  const { found, reading, verdicts } = props;
  const [isFixing, setFixing] = useState(false);
  const { subject, object, type, probability } = found;
  const given = verdicts.given.get(keyOf(found));
  const { row, press } = useRowKeys({ found, verdicts, onFix: () => setFixing(true) });
  return (
    <li ref={row} class="row found-row" onKeyDown={press} aria-label={labelOf(found)}>
      <p class="side-head">
        <EntityLink entity={subject} /> <RelationBadge type={type} /> <EntityLink entity={object} />
        <BeliefBar value={probability} what="probability" />
        <Adds found={found} />
      </p>
      <FoundSentence found={found} reading={reading} />
      {isFixing && given === undefined ? (
        <FixForm
          claim={found}
          isBusy={verdicts.judging.isBusy}
          onFix={(correction) => verdicts.judge(found, { verdict: "CORRECT", correction })}
          onLeave={() => setFixing(false)}
        />
      ) : (
        <RowEnd found={found} verdicts={verdicts} onFix={() => setFixing(true)} />
      )}
    </li>
  );
}

/** Keys that act on the row that has the focus, and the focus, which stays in the row when a verdict takes its button. */
function useRowKeys(props: {
  readonly found: Found;
  readonly verdicts: Verdicts;
  readonly onFix: () => void;
}) {
  const { found, verdicts, onFix } = props;
  const row = useRef<HTMLLIElement>(null);
  const given = verdicts.given.get(keyOf(found));
  useEffect(() => {
    if (given !== undefined && document.activeElement === document.body) focusIn(row.current);
  }, [given]);
  const commands: Readonly<Record<string, () => void>> = {
    a: () => verdicts.judge(found, { verdict: "ACCEPT" }),
    r: () => verdicts.judge(found, { verdict: "REJECT" }),
    f: () => verdicts.curator.isAllowed && onFix(),
    u: () => void verdicts.undo(found),
  };
  const press = (event: KeyboardEvent) => {
    const isButton = event.target instanceof HTMLButtonElement && event.target.form === null;
    if (!isButton || event.ctrlKey || event.metaKey || event.altKey || row.current === null) return;
    const { current } = row;
    const command = /^[jk]$/i.test(event.key)
      ? () => beside(current, event.key.toLowerCase() === "j" ? 1 : -1)
      : commands[event.key.toLowerCase()];
    if (command === undefined) return;
    event.preventDefault();
    command();
  };
  return { row, press };
}

/** The verdicts, or the one that was given. */
function RowEnd(props: { readonly found: Found; readonly verdicts: Verdicts; readonly onFix: () => void }) {
  const { found, verdicts, onFix } = props;
  const given = verdicts.given.get(keyOf(found));
  if (given !== undefined) {
    const { judged, verdict } = given;
    return (
      <p class="verdicts" role="status">
        <strong class={`verdict-${verdict.toLowerCase()}`}>{VERDICT_WORDS[verdict].done}</strong>
        {judged === undefined ? " It is not written." : " It is in the graph."}
        {judged?.relation != null && (
          <a href={relationHref(judged.relation.id)}>belief {shareText(judged.relation.belief)}</a>
        )}
        <button type="button" class="undo" onClick={() => void verdicts.undo(found)}>
          Undo <kbd>U</kbd>
        </button>
      </p>
    );
  }
  const isClosed = !verdicts.curator.isAllowed || verdicts.judging.isBusy;
  return (
    <p class="verdicts verdicts-small">
      <button
        type="button"
        class="verdict-accept"
        disabled={isClosed}
        onClick={() => verdicts.judge(found, { verdict: "ACCEPT" })}
      >
        Accept <kbd>A</kbd>
      </button>
      <button
        type="button"
        class="verdict-reject"
        disabled={isClosed}
        onClick={() => verdicts.judge(found, { verdict: "REJECT" })}
      >
        Reject <kbd>R</kbd>
      </button>
      <button type="button" disabled={isClosed} onClick={onFix}>
        Fix <kbd>F</kbd>
      </button>
    </p>
  );
}

/** The sentence, with both ends marked. */
function FoundSentence({ found, reading }: { readonly found: Found; readonly reading: Reading }) {
  const { sentence, start, end, subject, object } = found;
  if (sentence === "") return null;
  const marks = reading.mentions.flatMap((mention): Mark[] => {
    const kind = mention.ids.includes(subject.curie)
      ? "first"
      : mention.ids.includes(object.curie)
        ? "second"
        : undefined;
    if (kind === undefined || mention.start < start || mention.end > end) return [];
    return [{ start: mention.start - start, end: mention.end - start, kind }];
  });
  return (
    <p class="sentence">
      <Marked text={sentence} marks={marks} />
    </p>
  );
}

/** What it would add: a relation, a paper to one that is known, or one that speaks against what is known. */
function Adds({ found: { known, type, evidence } }: { readonly found: Found }) {
  const same = known.find((relation) => relation.type === type);
  if (evidence != null) return <span class="flag">the graph has it from this paper</span>;
  if (same !== undefined) {
    return (
      <a class="flag" href={relationHref(same.id)}>
        known from {counted(same.papers, "paper")}, belief {shareText(same.belief)}: one more
      </a>
    );
  }
  const opposite = known.find((relation) => relation.type === OPPOSITE[type]);
  if (opposite !== undefined) {
    return (
      <a class="flag flag-bad" href={relationHref(opposite.id)}>
        contradicts {counted(opposite.papers, "paper")}
      </a>
    );
  }
  const [other] = known;
  if (other === undefined) return <span class="flag sign-positive">new to the graph</span>;
  return (
    <a class="flag sign-positive" href={relationHref(other.id)}>
      known as {RELATION_WORDS[other.type].label.toLowerCase()} so far
    </a>
  );
}

const OPPOSITE: Readonly<Partial<Record<Found["type"], Found["type"]>>> = {
  POSITIVE_CORRELATION: "NEGATIVE_CORRELATION",
  NEGATIVE_CORRELATION: "POSITIVE_CORRELATION",
};

/** Puts the focus on the row before or behind. */
function beside(row: HTMLElement, by: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>(".found-row")];
  focusIn(rows[rows.indexOf(row) + by]);
}

/** Puts the focus on the first button of a row, where its keys act. */
export function focusIn(row: Element | null | undefined): void {
  row?.querySelector<HTMLElement>("button:enabled")?.focus();
}

function labelOf({ subject, object, type }: Found): string {
  return `${subject.name}, ${RELATION_WORDS[type].label.toLowerCase()}, ${object.name}`;
}

/**
 * The row that is being judged: what is claimed, the sentence with both ends marked, who says so, the verdicts, and who
 * judged it before.
 */

import { FixForm } from "../../curation/fix-form.js";
import { EntityLink, RelationBadge } from "../../evidence/badges.js";
import { BeliefBar } from "../../evidence/belief-bar.js";
import { EvidenceCard } from "../../evidence/evidence-card.js";
import { relationHref } from "../../navigation/addresses.js";
import { Asking } from "../../shell/states.js";
import { VERDICT_WORDS } from "../../words/curation-words.js";
import { counted, shareText } from "../../words/numbers.js";
import { RELATION_WORDS } from "../../words/vocabulary.js";
import { PaperText } from "../publication/paper-text.js";
import { JudgedBefore } from "./judged-before.js";
import type { Evidence } from "./use-current.js";
import type { Task } from "./use-queue.js";
import type { Work } from "./use-work.js";

/** The card; `task` is its place in the queue, where it has one. */
export function TaskCard(props: {
  readonly evidence: Evidence;
  readonly task: Task | undefined;
  readonly work: Work;
}) {
  const { evidence, task, work } = props;
  const { subject, object, type, id, belief, papers } = evidence.relation;
  return (
    <article class="panel task" aria-labelledby="claim">
      <h2 id="claim" class="claim">
        <EntityLink entity={subject} /> <RelationBadge type={type} /> <EntityLink entity={object} />
      </h2>
      <p class="muted">Does the sentence say that {RELATION_WORDS[type].meaning}?</p>
      <EvidenceCard evidence={evidence} first={subject.curie} />
      <Verdicts work={work} />
      <p class="task-belief">
        <BeliefBar value={belief} /> <a href={relationHref(id)}>{counted(papers, "paper")}</a>
        {task !== undefined && (
          <span class="muted">
            A verdict is expected to move this belief by {shareText(task.expectedChange)}.
          </span>
        )}
      </p>
      <PaperText pmid={evidence.pmid} />
      <JudgedBefore evidence={evidence.id} work={work} />
    </article>
  );
}

function Verdicts({ work }: { readonly work: Work }) {
  const { curator, judging, isFixing, setFixing, judge, step, undoLast } = work;
  if (!curator.isAllowed && curator.answer.state === "asking") return <Asking what="who you are" rows={1} />;
  const isClosed = !curator.isAllowed || judging.isBusy;
  return (
    <>
      <div class="verdicts">
        <VerdictButton verdict="ACCEPT" isClosed={isClosed} onPress={() => judge({ verdict: "ACCEPT" })} />
        <VerdictButton verdict="REJECT" isClosed={isClosed} onPress={() => judge({ verdict: "REJECT" })} />
        <VerdictButton verdict="CORRECT" isClosed={isClosed} onPress={() => setFixing(!isFixing)} />
        <button type="button" class="quiet" onClick={() => step(1)}>
          Skip <kbd>J</kbd>
        </button>
        <button type="button" class="quiet" onClick={() => step(-1)}>
          Back <kbd>K</kbd>
        </button>
        <button type="button" class="quiet" disabled={isClosed} onClick={undoLast}>
          Undo <kbd>U</kbd>
        </button>
      </div>
      {!isClosed && <CommentField work={work} />}
    </>
  );
}

function VerdictButton(props: {
  readonly verdict: keyof typeof VERDICT_WORDS;
  readonly isClosed: boolean;
  readonly onPress: () => void;
}) {
  const { label, key, meaning } = VERDICT_WORDS[props.verdict];
  return (
    <button
      type="button"
      class={`verdict verdict-${props.verdict.toLowerCase()}`}
      title={meaning}
      disabled={props.isClosed}
      onClick={props.onPress}
    >
      {label} <kbd>{key.toUpperCase()}</kbd>
    </button>
  );
}

function CommentField({ work }: { readonly work: Work }) {
  return (
    <>
      {work.isFixing && work.current !== undefined && (
        <FixForm
          claim={work.current.relation}
          isBusy={work.judging.isBusy}
          onFix={(correction) => work.judge({ verdict: "CORRECT", correction })}
          onLeave={() => work.setFixing(false)}
        />
      )}
      <label class="comment">
        Why <kbd>C</kbd> <span class="muted">(may stay empty; kept with the verdict)</span>
        <input
          id="comment"
          type="text"
          maxLength={2000}
          value={work.comment}
          onInput={(event) => work.setComment(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" || event.key === "Escape") event.currentTarget.blur();
          }}
        />
      </label>
    </>
  );
}

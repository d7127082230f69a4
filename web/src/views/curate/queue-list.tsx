/**
 * What waits to be judged, where a verdict matters most first; what was judged here carries its verdict.
 */
import { useEffect, useRef } from "preact/hooks";
import type { CurationVerdict } from "../../../generated/documents.js";
import type { Judged } from "../../curation/use-judging.js";
import { hrefTo, param } from "../../navigation/place.js";
import { VERDICT_WORDS } from "../../words/curation-words.js";
import { counted, shareText } from "../../words/numbers.js";
import { RELATION_WORDS } from "../../words/vocabulary.js";
import type { Task } from "./use-queue.js";

/** The list; the current row is kept in sight. */
export function QueueList(props: {
  readonly tasks: readonly Task[];
  readonly current: string | undefined;
  readonly judged: ReadonlyMap<string, Judged>;
}) {
  const { tasks, current, judged } = props;
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    const here = list.current?.querySelector<HTMLElement>("[aria-current]");
    if (here == null || list.current === null) return;
    const { offsetTop, offsetHeight } = here;
    list.current.scrollTop = offsetTop - (list.current.clientHeight - offsetHeight) / 2;
  }, [current]);
  const open = tasks.filter(({ evidence }) => !judged.has(evidence.id)).length;
  return (
    <>
      <p class="muted queue-count" role="status">
        {counted(open, "row")} {open === 1 ? "waits" : "wait"} here, where a verdict changes most first
      </p>
      <ol ref={list} class="plain queue">
        {tasks.map((task) => (
          <QueueRow
            key={task.evidence.id}
            task={task}
            isCurrent={task.evidence.id === current}
            verdict={judged.get(task.evidence.id)?.verdict}
          />
        ))}
      </ol>
    </>
  );
}

function QueueRow(props: {
  readonly task: Task;
  readonly isCurrent: boolean;
  readonly verdict: CurationVerdict | undefined;
}) {
  const { task, isCurrent, verdict } = props;
  const { id, relation } = task.evidence;
  return (
    <li>
      <a
        href={hrefTo("/curate", { evidence: id, entity: param("entity") })}
        aria-current={isCurrent ? "true" : undefined}
      >
        <span class="queue-pair">
          {relation.subject.name} – {relation.object.name}
        </span>
        <span class="muted">
          {RELATION_WORDS[relation.type].label} ·{" "}
          {verdict === undefined ? (
            <>
              <span aria-hidden="true">±</span>
              <span class="visually-hidden">a verdict changes belief by </span>
              {shareText(task.expectedChange)}
            </>
          ) : (
            <strong>{VERDICT_WORDS[verdict].done}</strong>
          )}
        </span>
      </a>
    </li>
  );
}

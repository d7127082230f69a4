/**
 * A curator at work: verdicts on the current row, the way to the next, and back. A verdict that comes before the curator's
 * name waits for it.
 */
import { useRef, useState } from "preact/hooks";
import type { CurationCorrection, CurationVerdict } from "../../../generated/documents.js";
import { useCurator } from "../../curation/curator.js";
import { useKeys } from "../../curation/keys.js";
import { type Judged, useJudging } from "../../curation/use-judging.js";
import { VERDICT_WORDS } from "../../words/curation-words.js";
import { shareText } from "../../words/numbers.js";
import { type Evidence, useCurrent } from "./use-current.js";
import type { Queue } from "./use-queue.js";

/** What the card and the keys act with. */
export type Work = ReturnType<typeof useWork>;

/** What is judged. */
interface Verdict {
  readonly verdict: CurationVerdict;
  readonly correction?: CurationCorrection | undefined;
}

/** Work at the queue. */
export function useWork(queue: Queue) {
  const curator = useCurator();
  const judging = useJudging();
  const nameField = useRef<HTMLInputElement>(null);
  const [judged, setJudged] = useState<ReadonlyMap<string, Judged>>(new Map());
  const [said, setSaid] = useState("");
  const [waiting, setWaiting] = useState<Verdict>();
  const place = useCurrent(queue, (id) => judged.has(id));
  const draft = useDraft(place.current?.id);
  const keep = async ({ verdict, correction }: Verdict, name: string) => {
    const { current, goTo } = place;
    if (current === undefined) return;
    const asked = { evidence: current.id, curator: name, verdict, correction, comment: draft.comment.trim() };
    const result = await judging.judge(asked);
    if (result === undefined) return;
    const now = new Map(judged).set(current.id, result);
    setJudged(now);
    setSaid(saidOf(current, result));
    draft.clear();
    const next = nextOpen(queue, current.id, now);
    if (next === undefined) queue.again();
    goTo(next);
  };
  const judge = (verdict: Verdict) => {
    if (!curator.isAllowed || judging.isBusy) return;
    if (curator.name !== "") return void keep(verdict, curator.name);
    setWaiting(verdict);
    setSaid("Say who you are first: the audit trail keeps who judged what.");
    nameField.current?.focus();
  };
  const undo = async (id: string, evidence: string) => {
    if (judging.isBusy || (await judging.undo(id, curator.name)) === undefined) return;
    setJudged((before) => new Map([...before].filter(([key]) => key !== evidence)));
    setSaid("Taken back. The audit trail keeps that it was judged, and that it was undone.");
    place.goTo(evidence);
  };
  const undoLast = () => {
    const last = [...judged].at(-1);
    if (last === undefined)
      setSaid("Nothing was judged on this page yet; the audit trail has what was judged before.");
    else void undo(last[1].id, last[0]);
  };
  const named = (name: string) => {
    setWaiting(undefined);
    if (waiting !== undefined) void keep(waiting, name);
  };
  return { ...place, ...draft, curator, judging, nameField, judged, said, judge, undo, undoLast, named };
}

/**
 * What is being written of a row: it belongs to that row, so that a key which comes right after the step to the next is never
 * undone by it.
 */
function useDraft(evidence: string | undefined) {
  const [written, setWritten] = useState(NOTHING_WRITTEN);
  const { isFixing, comment } = written.of === evidence ? written : NOTHING_WRITTEN;
  const write = (part: Partial<typeof NOTHING_WRITTEN>) =>
    setWritten((before) => ({
      ...(before.of === evidence ? before : NOTHING_WRITTEN),
      ...part,
      of: evidence,
    }));
  return {
    isFixing,
    comment,
    setFixing: (now: boolean) => write({ isFixing: now }),
    setComment: (text: string) => write({ comment: text }),
    clear: () => setWritten(NOTHING_WRITTEN),
  };
}

const NOTHING_WRITTEN: {
  readonly of: string | undefined;
  readonly isFixing: boolean;
  readonly comment: string;
} = {
  of: undefined,
  isFixing: false,
  comment: "",
};

/** The keys of the queue. */
export function useWorkKeys({ judge, undoLast, step, current, curator, setFixing }: Work): void {
  const isReady = current !== undefined && curator.isAllowed;
  useKeys({
    a: () => judge({ verdict: "ACCEPT" }),
    r: () => judge({ verdict: "REJECT" }),
    f: isReady ? () => setFixing(true) : undefined,
    c: isReady ? () => document.getElementById("comment")?.focus() : undefined,
    u: undoLast,
    j: () => step(1),
    k: () => step(-1),
  });
}

/** The first row behind this one that nobody judged here, else the first of all. */
function nextOpen(
  { tasks = [] }: Queue,
  id: string,
  judged: ReadonlyMap<string, Judged>,
): string | undefined {
  const at = tasks.findIndex(({ evidence }) => evidence.id === id);
  const inOrder = [...tasks.slice(at + 1), ...tasks.slice(0, at + 1)];
  return inOrder.find(({ evidence }) => !judged.has(evidence.id))?.evidence.id;
}

/** What a judgement did, for the eye and the ear. */
function saidOf({ relation }: Evidence, { verdict, relation: now }: Judged): string {
  const pair = `${relation.subject.name} – ${relation.object.name}`;
  const { done } = VERDICT_WORDS[verdict];
  const belief = now == null ? "" : ` Belief ${shareText(relation.belief)} → ${shareText(now.belief)}.`;
  return `${done.charAt(0).toUpperCase()}${done.slice(1)}: ${pair}.${belief} U takes it back.`;
}

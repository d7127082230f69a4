/**
 * Verdicts on what the model reads in a text or a paper that the graph need not have. Accepted or fixed, a relation is
 * written with its sentence, that one alone; rejected, it stays out, and where the graph has it from that paper already it
 * is judged there.
 */
import { useRef, useState } from "preact/hooks";
import {
  type CurationCorrection,
  type CurationVerdict,
  WebCurateReadingDocument,
  type WebReadTextMutation,
} from "../../../generated/documents.js";
import type { Curator } from "../../curation/curator.js";
import { type Judged, useJudging } from "../../curation/use-judging.js";
import { change } from "../../graphql/client.js";

/** What the model read. */
export type Reading = WebReadTextMutation["extractText"];
/** A relation of it. */
export type Found = Reading["relations"][number];

/** What was read: a text of one's own, or a paper. */
export type Source = { readonly title: string; readonly abstract: string } | { readonly pmid: string };

/** What one says of a relation. */
interface Verdict {
  readonly verdict: CurationVerdict;
  readonly correction?: CurationCorrection | undefined;
}

/** A verdict that was given; `judged` where it is in the graph. */
interface Given {
  readonly verdict: CurationVerdict;
  readonly judged: Judged | undefined;
}

/** Names a relation among those of a reading. */
export function keyOf({ subject, object, type }: Found): string {
  return `${subject.curie} ${type} ${object.curie}`;
}

/** Verdicts on the relations of a reading, and the way to take them back. */
export function useVerdicts(source: Source, curator: Curator) {
  const judging = useJudging();
  const [given, setGiven] = useState<ReadonlyMap<string, Given>>(new Map());
  const [waiting, setWaiting] = useState<readonly [Found, Verdict]>();
  const nameField = useRef<HTMLInputElement>(null);
  const note = (found: Found, value: Given | undefined) =>
    setGiven((before) => {
      const after = new Map(before);
      if (value === undefined) after.delete(keyOf(found));
      else after.set(keyOf(found), value);
      return after;
    });
  const keep = async (found: Found, { verdict, correction }: Verdict, name: string) => {
    if (verdict === "REJECT" && found.evidence == null) return note(found, { verdict, judged: undefined });
    const judged =
      found.evidence == null
        ? await judging.run(() => curateReading(source, found, { verdict, correction }, name))
        : await judging.judge({ evidence: found.evidence.id, curator: name, verdict, correction });
    if (judged !== undefined) note(found, { verdict, judged });
  };
  const judge = (found: Found, verdict: Verdict) => {
    if (!curator.isAllowed || judging.isBusy) return;
    if (curator.name !== "") return void keep(found, verdict, curator.name);
    setWaiting([found, verdict]);
    nameField.current?.focus();
  };
  const named = (name: string) => {
    setWaiting(undefined);
    if (waiting !== undefined) void keep(...waiting, name);
  };
  const undo = async (found: Found) => {
    const was = given.get(keyOf(found));
    if (was === undefined || judging.isBusy) return;
    const { judged } = was;
    if (judged !== undefined && (await judging.undo(judged.id, curator.name)) === undefined) return;
    note(found, undefined);
  };
  return { given, judge, undo, named, nameField, isNameWanted: waiting !== undefined, judging, curator };
}

/** What a row acts with. */
export type Verdicts = ReturnType<typeof useVerdicts>;

async function curateReading(
  source: Source,
  { subject, object, type }: Found,
  { verdict, correction }: Verdict,
  curator: string,
): Promise<Judged> {
  const relation = { subject: subject.curie, object: object.curie, type };
  const asked = { source, relation, verdict, correction: correction ?? null, curator };
  return (await change(WebCurateReadingDocument, asked)).curateReading;
}

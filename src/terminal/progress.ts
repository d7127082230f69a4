/**
 * How long work shows itself: a bar on stderr when that is a terminal, otherwise a line every few seconds.
 * Nothing of it goes to stdout, which is for data.
 */
import { Presets, SingleBar } from "cli-progress";

/** A piece of long work that is being shown. */
interface Progress {
  /** `done` of the total, with a word on what has come of it. */
  update(done: number, note?: string): void;
  /** Ends the bar, or writes the last line. */
  stop(): void;
}

/** A classifier's work, shown inside a long paper too. */
interface PaperProgress extends Progress {
  /** How many pairs are scored of the paper that is being read, of how many; for a classifier's `onProgress`. */
  scored(pairs: number, of: number): void;
}

const LINE_EVERY_MILLIS = 5_000;

/** Shows work; without a total only the count is shown. */
export function startProgress(label: string, unit: string, total?: number): Progress {
  return process.stderr.isTTY ? bar(label, unit, total) : lines(label, unit, total);
}

/** Shows a classifier's work on papers; without a total only the count is shown. */
export function startPaperProgress(label: string, unit: string, total?: number): PaperProgress {
  const progress = startProgress(label, unit, total);
  let papers = 0;
  let come: string | undefined;
  return {
    update(done, note) {
      papers = done;
      come = note;
      progress.update(done, note);
    },
    scored(pairs, of) {
      const inside = pairs < of ? `${pairs} of ${of} pairs of the next` : undefined;
      progress.update(papers, [come, inside].filter((part) => part !== undefined).join(", "));
    },
    stop: progress.stop,
  };
}

function bar(label: string, unit: string, total?: number): Progress {
  const counted =
    total === undefined ? `{value} ${unit}` : `{bar} {value}/{total} ${unit}, {eta_formatted} left`;
  const shown = new SingleBar(
    { format: `${label} ${counted} {note}`, stream: process.stderr, hideCursor: true },
    Presets.shades_classic,
  );
  shown.start(total ?? 0, 0, { note: "" });
  return {
    update: (done, note = "") => shown.update(done, { note }),
    stop: () => shown.stop(),
  };
}

function lines(label: string, unit: string, total?: number): Progress {
  let last = Date.now();
  let unwritten: string | undefined;
  const write = (): void => {
    if (unwritten !== undefined) process.stderr.write(unwritten);
    unwritten = undefined;
    last = Date.now();
  };
  return {
    update(done, note = "") {
      const of = total === undefined ? "" : ` of ${total}`;
      unwritten = `${label}: ${done}${of} ${unit}${note === "" ? "" : `, ${note}`}\n`;
      if (Date.now() - last >= LINE_EVERY_MILLIS) write();
    },
    stop: write,
  };
}

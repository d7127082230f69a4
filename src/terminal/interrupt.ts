/**
 * Ctrl-C and a polite kill: the first asks a command to stop cleanly and lets it finish what it must for a moment, a
 * second one ends it at once. One press can arrive twice: a terminal signals the whole process group, and npx passes the
 * signal on to its child again.
 */
import { writeSync } from "node:fs";
import { constants } from "node:os";
import { removeUnfinished } from "../core/files/whole-file.js";

/** How long signals after the first count as the same press. npx's own came 33 ms later when it was measured. */
const ONE_PRESS_MILLIS = 500;
/** How long a command that was asked to stop may take, so that it has ended within two seconds. */
const GRACE_MILLIS = 1_700;
const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/** How a command ends that does not end by itself after it was asked to. */
interface InterruptOptions {
  /** How long it may take; 1.7 s. More only where what would be lost took hours. */
  readonly graceMillis?: number;
  /** With which code; without one by the signal itself, as a program ends that listens to none. */
  readonly exitCode?: number;
  /** What the user is told when it is asked to stop. */
  readonly notice?: string;
}

/** A run writes down how far it is, which takes longer for a large network, and would lose minutes to hours without it. */
export const WHILE_TRAINING: InterruptOptions = {
  graceMillis: 30_000,
  notice: "stopping after a checkpoint, from which the same command goes on; Ctrl-C again ends it at once",
};

let listening = 0;

/** A signal that is set by SIGINT or SIGTERM; call `release` when the work is over. */
export function onInterrupt(options: InterruptOptions = {}): {
  readonly signal: AbortSignal;
  release(): void;
} {
  const controller = new AbortController();
  const state = { endsAtOnce: false, isReleased: false };
  const interrupted = (signal: NodeJS.Signals): void => {
    if (state.endsAtOnce) endAtOnce(signal);
    if (controller.signal.aborted) return;
    const pressed = (): void => {
      state.endsAtOnce = true;
      if (state.isReleased) unlisten();
    };
    // subtle: after work that let no signal through for longer, timers come first, then the signals of that time,
    // then immediates. So the same press's second signal still counts as the first, however late it is heard.
    setTimeout(() => setImmediate(pressed), ONE_PRESS_MILLIS).unref();
    setTimeout(() => endAtOnce(signal, options.exitCode), options.graceMillis ?? GRACE_MILLIS).unref();
    if (options.notice !== undefined) process.stderr.write(`${options.notice}\n`);
    controller.abort();
  };
  const unlisten = (): void => {
    for (const signal of SIGNALS) process.off(signal, interrupted);
  };
  for (const signal of SIGNALS) process.on(signal, interrupted);
  listening += 1;
  return {
    signal: controller.signal,
    release() {
      if (!state.isReleased) listening -= 1;
      state.isReleased = true;
      // Until the press is over its second signal is still on its way, and would kill what is being written out.
      if (!controller.signal.aborted || state.endsAtOnce) unlisten();
    },
  };
}

const SHOW_CURSOR = "\u001b[?25h\n";

/** Ends the process without waiting for anything, and leaves nothing half-written behind. */
function endAtOnce(signal: NodeJS.Signals, exitCode?: number): void {
  removeUnfinished();
  // A bar may have hidden it.
  if (process.stderr.isTTY) writeSync(process.stderr.fd, SHOW_CURSOR);
  if (exitCode !== undefined) process.exit(exitCode);
  // subtle: process.exit() waits for the threads of Node, and with them for a pipe that nobody opens or reads.
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}

let hasGone = false;

/** Whether the command ends because whoever reads its output has gone. */
export function hasReaderGone(): boolean {
  return hasGone;
}

/** The status that shells give to a program ended by SIGPIPE, a signal which Node ignores. */
export const READER_GONE_STATUS = 128 + constants.signals.SIGPIPE;

/**
 * Ends the command when whoever reads one of its outputs has gone, as `head` has after ten lines: in the way of a polite
 * kill where the command listens for that, else at once. Without this Node would end in a stack trace.
 */
export function endWhenNobodyReads(...outputs: readonly NodeJS.WriteStream[]): void {
  const failed = (fault: NodeJS.ErrnoException): void => {
    if (fault.code !== "EPIPE") throw fault;
    // What it still says while it stops meets nobody either, and must not hurry it.
    if (hasGone) return;
    hasGone = true;
    if (listening === 0) process.exit(READER_GONE_STATUS);
    process.emit("SIGTERM", "SIGTERM");
  };
  for (const output of outputs) output.on("error", failed);
}

/** How long a process whose work is over may keep itself; what is closed keeps it for no time at all. */
const LEFTOVER_MILLIS = 1_000;

/** Ends a command whose work is over, should something that was not closed keep the process. */
export function endWhenWritten(): void {
  const timer = setTimeout(() => {
    if (process.stdout.writableLength + process.stderr.writableLength === 0) process.exit();
    timer.refresh();
  }, LEFTOVER_MILLIS).unref();
}

/** Resolves when the signal is set. */
export function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}

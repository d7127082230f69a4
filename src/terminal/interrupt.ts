/**
 * Ctrl-C and a polite kill: the first asks a command to stop cleanly, a second one ends it at once. One press can
 * arrive twice: a terminal signals the whole process group, and npx passes the signal on to its child again.
 */
import { constants } from "node:os";

/** How long signals after the first count as the same press. npx's own came 33 ms later when it was measured. */
const ONE_PRESS_MILLIS = 500;

/** A signal that is set by SIGINT or SIGTERM; call `release` when the work is over. */
export function onInterrupt(): { readonly signal: AbortSignal; release(): void } {
  const controller = new AbortController();
  const state = { endsAtOnce: false, isReleased: false };
  const interrupted = (): void => {
    if (state.endsAtOnce) process.exit(130);
    if (controller.signal.aborted) return;
    const pressed = (): void => {
      state.endsAtOnce = true;
      if (state.isReleased) unlisten();
    };
    // subtle: after work that let no signal through for longer, timers come first, then the signals of that time,
    // then immediates. So the same press's second signal still counts as the first, however late it is heard.
    setTimeout(() => setImmediate(pressed), ONE_PRESS_MILLIS).unref();
    controller.abort();
  };
  const unlisten = (): void => {
    process.off("SIGINT", interrupted);
    process.off("SIGTERM", interrupted);
  };
  process.on("SIGINT", interrupted);
  process.on("SIGTERM", interrupted);
  return {
    signal: controller.signal,
    release() {
      state.isReleased = true;
      // Until the press is over its second signal is still on its way, and would kill what is being written out.
      if (!controller.signal.aborted || state.endsAtOnce) unlisten();
    },
  };
}

/**
 * Ends the command when whoever reads one of its outputs has gone, as `head` has after ten lines: in the way of a polite
 * kill where the command listens for that, else at once, with the status that shells give to a program ended by SIGPIPE.
 * Node ignores that signal and would end in a stack trace.
 */
export function endWhenNobodyReads(...outputs: readonly NodeJS.WriteStream[]): void {
  let hasGone = false;
  const failed = (fault: NodeJS.ErrnoException): void => {
    if (fault.code !== "EPIPE") throw fault;
    // What it still says while it stops meets nobody either, and must not hurry it.
    if (hasGone) return;
    hasGone = true;
    if (!process.emit("SIGTERM", "SIGTERM")) process.exit(128 + constants.signals.SIGPIPE);
  };
  for (const output of outputs) output.on("error", failed);
}

/** Resolves when the signal is set. */
export function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}

/**
 * Tells whether a process is still the one that was meant: alive, started at the same moment, with which
 * command line. Process ids are used again, so a pid alone proves nothing.
 */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** A process as the system shows it. `started` is comparable, not a date. */
interface ProcessIdentity {
  readonly pid: number;
  readonly started: string;
  readonly command: string;
}

/** The live process of that id, or undefined when there is none (or only its zombie). */
export function processIdentity(pid: number): ProcessIdentity | undefined {
  if (!isAlive(pid)) return undefined;
  return process.platform === "linux" ? fromProc(pid) : fromPs(pid);
}

/** Whether that very process still lives. */
export function isSameProcess(recorded: Pick<ProcessIdentity, "pid" | "started">): boolean {
  return processIdentity(recorded.pid)?.started === recorded.started;
}

/** Waits until the process is gone; false when it still lives after that many milliseconds. */
export async function awaitExit(pid: number, timeoutMillis: number): Promise<boolean> {
  const deadline = Date.now() + timeoutMillis;
  while (processIdentity(pid) !== undefined) {
    if (Date.now() > deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return true;
}

/** Sends a signal; a process that is already gone is no error. */
export function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code !== "ESRCH") throw fault;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (fault) {
    return (fault as NodeJS.ErrnoException).code === "EPERM";
  }
}

function fromProc(pid: number): ProcessIdentity | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name in parentheses may hold spaces; what follows it is the state, and 19 fields on the start time.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    if (fields[0] === "Z") return undefined;
    const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
    return { pid, started: fields[19] ?? "", command };
  } catch {
    return undefined; // It ended between the two looks.
  }
}

function fromPs(pid: number): ProcessIdentity | undefined {
  try {
    const line = execFileSync("ps", ["-o", "lstart=,command=", "-p", String(pid)], { encoding: "utf8" });
    // lstart is 24 characters long: "Mon Nov 23 04:10:27 2026".
    return { pid, started: line.slice(0, 24), command: line.slice(24).trim() };
  } catch {
    return undefined;
  }
}

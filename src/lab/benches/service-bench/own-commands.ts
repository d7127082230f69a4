/**
 * Commands of BioWeft as processes of their own, as a user starts them, for benches of what several of them do together. Each
 * has a data folder and a database of the bench's making: nothing of the user's is touched.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { childEnvironment, PACKAGE_ROOT } from "../../../core/config.js";
import { BioWeftError } from "../../../core/errors.js";
import { required } from "../../../core/required.js";

/** What of the environment would lead to the user's own graph, queue or services. */
const NOTHING_OF_THE_USERS = {
  NEO4J_URI: "",
  REDIS_URL: "",
  BIOWEFT_DATABASE: "embedded",
  BIOWEFT_LOG: "error",
};

/** A command that runs. */
export interface OwnCommand {
  readonly child: ChildProcess;
  /** Resolves with its exit code, null where a signal ended it. */
  readonly ended: Promise<number | null>;
  /** What it has written so far, of both streams. */
  said(): string;
  /** The first match of what it writes; throws INTERNAL where it ends before. */
  saying(pattern: RegExp): Promise<RegExpMatchArray>;
}

/** Starts a command with settings of its own. End it. */
export function startOwn(args: readonly string[], settings: Readonly<Record<string, string>>): OwnCommand {
  const program = required(process.argv[1], "the program that runs");
  const child = spawn(process.execPath, [...process.execArgv, program, ...args], {
    cwd: PACKAGE_ROOT,
    env: childEnvironment({ ...NOTHING_OF_THE_USERS, ...settings }),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  let heard: () => void = () => undefined;
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (part: string) => {
      text += part;
      heard();
    });
  const ended = once(child, "close").then(([code]) => code as number | null);
  return {
    child,
    ended,
    said: () => text,
    async saying(pattern) {
      let isOver = false;
      void ended.then(() => {
        isOver = true;
        heard();
      });
      for (;;) {
        const match = pattern.exec(text);
        if (match !== null) return match;
        if (isOver) throw endedEarly(args, text);
        await new Promise<void>((resolve) => {
          heard = resolve;
        });
      }
    },
  };
}

/** Runs a command to its end and gives what it printed on both streams; throws INTERNAL where it fails. */
export async function runOwn(
  args: readonly string[],
  settings: Readonly<Record<string, string>>,
): Promise<string> {
  const command = startOwn(args, settings);
  if ((await command.ended) !== 0) throw endedEarly(args, command.said());
  return command.said();
}

/** Asks a command to end, and waits until it has. */
export async function endOwn(
  { child, ended }: OwnCommand,
  signal: NodeJS.Signals = "SIGTERM",
): Promise<void> {
  child.kill(signal);
  await ended;
}

function endedEarly(args: readonly string[], text: string): BioWeftError {
  const last = text.trim().split("\n").slice(-5).join("\n");
  return new BioWeftError("INTERNAL", `bioweft ${args.join(" ")} ended before its time: ${last}`);
}

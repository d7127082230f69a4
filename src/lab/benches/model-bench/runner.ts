/**
 * One way of classifying, measured in a process of its own, so that its memory is its own and the others rest: it
 * reads its task from one line, says when it is ready, works through the task whenever it is told to, and says at
 * the end how much memory it had at most. All of it as JSON lines on stdin and stdout.
 */
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface, type Interface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { z } from "zod";
import { BioWeftError } from "../../../core/errors.js";

const roundSchema = z.object({
  pairs: z.number(),
  documents: z.number(),
  seconds: z.number().positive(),
  /** Of all threads together. */
  cpuSeconds: z.number().positive(),
});
const endSchema = z.object({ peakMegabytes: z.number() });

/** What was done in one round. */
export type Round = z.infer<typeof roundSchema>;

/** A program that measures, and what it is to do. */
export interface RunnerSpec {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly task: unknown;
}

/** A running program. */
export interface Runner {
  readonly name: string;
  round(): Promise<Round>;
  /** Ends the process and gives its largest resident memory. */
  end(): Promise<number>;
  /** Ends it whatever it does. */
  kill(): void;
}

/** Starts a program and waits until it is ready; throws MISSING_DEPENDENCY with its last complaint. */
export async function startRunner({ name, program, args, task }: RunnerSpec): Promise<Runner> {
  const child = spawn(program, [...args], { stdio: ["pipe", "pipe", "pipe"] });
  const complaint = lastComplaint(child.stderr);
  const spawned = await Promise.race([
    once(child, "spawn").then(() => undefined),
    once(child, "error").then(([fault]) => String(fault)),
  ]);
  if (spawned !== undefined) throw new BioWeftError("MISSING_DEPENDENCY", `${name}: ${spawned}`);
  // A program that dies takes no input; that it died shows in its answers.
  child.stdin.on("error", () => undefined);
  const answers = answersOf(child, name, complaint);
  const ask = async (message: unknown): Promise<unknown> => {
    child.stdin.write(`${JSON.stringify(message)}\n`);
    return answers();
  };
  await ask(task);
  return {
    name,
    round: async () => roundSchema.parse(await ask("round")),
    end: async () => {
      const { peakMegabytes } = endSchema.parse(await ask("end"));
      child.stdin.end();
      if (child.exitCode === null) await once(child, "close");
      return peakMegabytes;
    },
    kill: () => {
      child.kill("SIGKILL");
    },
  };
}

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

/** The program's answers one by one; an end of them is its failure. */
function answersOf(child: Child, name: string, complaint: () => string): () => Promise<unknown> {
  const lines: Interface = createInterface({ input: child.stdout });
  const answers = lines[Symbol.asyncIterator]();
  return async () => {
    const { value, done } = await answers.next();
    if (done !== true) return JSON.parse(value);
    throw new BioWeftError("MISSING_DEPENDENCY", `${name}: ${complaint() || "its process ended"}`);
  };
}

/** The last line with something in it that a program has written to stderr; its warnings are read and dropped. */
function lastComplaint(stderr: Readable): () => string {
  let last = "";
  stderr.setEncoding("utf8").on("data", (text: string) => {
    last = text.trim().split("\n").at(-1) || last;
  });
  return () => last;
}

/**
 * Asks a server over so many connections that stay open, each its next question when the last was answered, for so long; and says
 * how long the answers took.
 */
import { Agent, request } from "node:http";
import { text } from "node:stream/consumers";
import { BioWeftError } from "../../../../core/errors.js";
import type { Operation, Question } from "./questions.js";

/** What a run gave. */
export interface LoadRun {
  /** Milliseconds of each answer. */
  readonly took: readonly number[];
  readonly seconds: number;
  /** Answers that were no success, by what they said. */
  readonly failed: ReadonlyMap<string, number>;
}

/** What some runs gave together; milliseconds. */
export interface LoadFigures {
  readonly answered: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly failed: ReadonlyMap<string, number>;
}

interface Load {
  readonly url: string;
  readonly operations: Iterator<Operation>;
  readonly connections: number;
  readonly seconds: number;
  readonly signal: AbortSignal;
}

/** Runs a load. */
export async function runLoad({ url, operations, connections, seconds, signal }: Load): Promise<LoadRun> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const took: number[] = [];
  const failed = new Map<string, number>();
  const began = performance.now();
  const connection = async () => {
    while (performance.now() - began < seconds * 1000 && !signal.aborted) {
      const asked = performance.now();
      const fault = faultOf(await post(url, operations.next().value, agent));
      if (fault === undefined) took.push(performance.now() - asked);
      else failed.set(fault, (failed.get(fault) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: connections }, connection));
  const elapsedSeconds = (performance.now() - began) / 1000;
  agent.destroy();
  return { took, seconds: elapsedSeconds, failed };
}

/** Sums runs up. */
export function figuresOf(runs: readonly LoadRun[]): LoadFigures {
  const took = runs.flatMap((run) => run.took).sort((a, b) => a - b);
  const seconds = runs.reduce((sum, run) => sum + run.seconds, 0);
  const failed = new Map<string, number>();
  for (const run of runs) {
    for (const [code, count] of run.failed) failed.set(code, (failed.get(code) ?? 0) + count);
  }
  const at = (part: number) => took[Math.min(took.length - 1, Math.floor(took.length * part))] ?? Number.NaN;
  return {
    answered: took.length,
    perSecond: took.length / seconds,
    ...{ p50: at(0.5), p95: at(0.95), p99: at(0.99), failed },
  };
}

/** Asks once and looks at the answer. Throws INTERNAL for one that says nothing. */
export async function checkAnswer(
  url: string,
  question: Question,
  operations: Iterator<Operation>,
): Promise<void> {
  let last = "";
  // One entity may be in no paper, and two may hang together by no path.
  for (let tries = 0; tries < 20; tries++) {
    last = (await post(url, operations.next().value)).body;
    if (question.shows.test(last) && !last.includes('"errors"')) return;
  }
  throw new BioWeftError("INTERNAL", `"${question.name}" is not answered by ${url}: ${last.slice(0, 500)}`);
}

interface Posted {
  readonly status: number;
  readonly body: string;
}

/** Undefined for a success. */
function faultOf({ status, body }: Posted): string | undefined {
  if (status === 200 && !body.includes('"errors":[')) return undefined;
  return /"code":"(\w+)"/.exec(body)?.[1] ?? String(status);
}

function post(url: string, operation: Operation, agent?: Agent): Promise<Posted> {
  const body = JSON.stringify(operation);
  const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      { method: "POST", headers, ...(agent === undefined ? {} : { agent }) },
      (response) => {
        text(response).then((said) => resolve({ status: response.statusCode ?? 0, body: said }), reject);
      },
    );
    sent.once("error", (fault: NodeJS.ErrnoException) =>
      resolve({ status: 0, body: `{"code":"${fault.code ?? "NO_CONNECTION"}"}` }),
    );
    sent.end(body);
  });
}

/**
 * Log lines on stderr: a time, a level, a message and fields. pino weighs levels and turns fields into JSON, faults
 * with their cause and what refers to itself included; the line itself stays one that people read, also where stderr
 * is a file, since progress and reports stand beside it there. Data never goes here, and logs never go to stdout.
 */
import { type Logger, pino, stdTimeFunctions } from "pino";
import { type LOG_LEVELS, readLogLevel } from "./config.js";

/** How grave a line is. */
type LogLevel = Exclude<(typeof LOG_LEVELS)[number], "silent">;

/** What pino writes of one record. */
interface LogRecord {
  readonly time: string;
  readonly level: LogLevel;
  readonly msg: string;
  readonly fields?: Readonly<Record<string, unknown>>;
}

let logger: Logger | undefined;

/**
 * Writes one line, unless LOG_LEVEL leaves its level out. It is handed to the system before this returns, so the
 * last line before an exit is there. Throws CONFIG for a LOG_LEVEL that is none.
 */
export function log(level: LogLevel, message: string, fields: Readonly<Record<string, unknown>> = {}): void {
  logger ??= openLog(readLogLevel(), (line) => process.stderr.write(line));
  logger[level](fields, message);
}

/** A log of what is as grave as `least` or graver, whose lines go to `write`, each with its end. */
export function openLog(least: (typeof LOG_LEVELS)[number], write: (line: string) => void): Logger {
  const options = {
    level: least,
    base: null,
    nestedKey: "fields",
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }), log: withFaults },
  };
  return pino(options, { write: (json: string) => write(lineOf(JSON.parse(json))) });
}

/** Faults have no JSON of their own. */
function withFaults(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      value instanceof Error ? pino.stdSerializers.errWithCause(value) : value,
    ]),
  );
}

function lineOf({ time, level, msg, fields = {} }: LogRecord): string {
  const extras = Object.entries(fields).map(([name, value]) => ` ${name}=${JSON.stringify(value)}`);
  return `${time} ${level} ${msg}${extras.join("")}\n`;
}

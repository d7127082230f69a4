/**
 * Plain log lines on stderr: a time, a level, a message and optional fields. Data never goes here, and logs
 * never go to stdout.
 */

export type LogLevel = "debug" | "info" | "warn" | "error";
const ORDER: readonly LogLevel[] = ["debug", "info", "warn", "error"];
let threshold: LogLevel = "info";

/** Sets the least level that is written; "info" until then. */
export function setLogLevel(level: LogLevel): void {
  threshold = level;
}

/** Writes one line, unless the level is below the threshold. Field values are written as JSON. */
export function log(level: LogLevel, message: string, fields: Readonly<Record<string, unknown>> = {}): void {
  if (ORDER.indexOf(level) < ORDER.indexOf(threshold)) return;
  const extras = Object.entries(fields).map(([name, value]) => ` ${name}=${JSON.stringify(value)}`);
  process.stderr.write(`${new Date().toISOString()} ${level} ${message}${extras.join("")}\n`);
}

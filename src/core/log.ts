/**
 * Plain log lines on stderr: a time, a level, a message and optional fields. Data never goes here, and logs
 * never go to stdout.
 */

export type LogLevel = "info" | "warn" | "error";

/** Writes one line. Field values are written as JSON. */
export function log(level: LogLevel, message: string, fields: Readonly<Record<string, unknown>> = {}): void {
  const extras = Object.entries(fields).map(([name, value]) => ` ${name}=${JSON.stringify(value)}`);
  process.stderr.write(`${new Date().toISOString()} ${level} ${message}${extras.join("")}\n`);
}

import { describe, expect, it } from "vitest";
import { readLogLevel } from "../../src/core/config.js";
import { openLog } from "../../src/core/log.js";

/** The lines that `write` gives, without their time. */
function linesOf(
  least: ReturnType<typeof readLogLevel>,
  write: (log: ReturnType<typeof openLog>) => void,
): string[] {
  const lines: string[] = [];
  write(openLog(least, (line) => lines.push(line)));
  for (const line of lines) expect(line).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z [^\n]*\n$/);
  return lines.map((line) => line.slice(25, -1));
}

describe("a log", () => {
  it("writes one line a record, its fields as JSON, whatever stands in them", () => {
    const itself: Record<string, unknown> = { name: "ring" };
    itself["itself"] = itself;
    const lines = linesOf("info", (log) => {
      log.info({}, "started");
      log.warn({ jobs: 3, type: "two\nlines", place: { line: 4 } }, "left out");
      log.error({ level: "high", time: 1, msg: "other", itself }, "kept apart");
    });
    expect(lines).toEqual([
      "info started",
      'warn left out jobs=3 type="two\\nlines" place={"line":4}',
      'error kept apart level="high" time=1 msg="other" itself={"itself":"[Circular]","name":"ring"}',
    ]);
  });

  it("tells a fault with its cause", () => {
    const fault = new Error("no answer", { cause: new RangeError("too late") });
    const [line] = linesOf("info", (log) => log.error({ fault }, "failed"));
    expect(line).toContain('error failed fault={"type":"Error","message":"no answer"');
    expect(line).toContain('"cause":{"type":"RangeError","message":"too late"');
  });

  it("leaves out what is less grave than LOG_LEVEL asks", () => {
    const written = (value: string) =>
      linesOf(readLogLevel({ LOG_LEVEL: value }), (log) => {
        for (const level of ["info", "warn", "error"] as const) log[level]({}, level);
      }).length;
    expect(["", "info", "WARN", "error", "silent"].map(written)).toEqual([3, 3, 2, 1, 0]);
    expect(() => readLogLevel({ LOG_LEVEL: "loud" })).toThrow(
      'LOG_LEVEL is "loud"; set it to one of info, warn, error, silent',
    );
  });
});

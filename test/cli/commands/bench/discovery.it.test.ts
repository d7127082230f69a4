/** `bioweft bench discovery` as a process, on a small synthetic graph. */
import { expect, test } from "vitest";
import { runBioweft } from "../../../support/command.js";

test("measures building, loading, updating and every kind of question, none of them cut short", async () => {
  const size = ["--entities", "300", "--relations", "2000", "--questions", "3"];
  const { code, stdout } = await runBioweft(["bench", "discovery", ...size, "--json"]);
  expect(code).toBe(0);
  const { rows } = JSON.parse(stdout) as { rows: { name: string; value: number; unit: string }[] };
  const names = rows.map(({ name }) => name);
  const first = ["the stream alone", "build from a stream", "save", "load", "delta of 1000 rows"];
  expect(names.slice(0, 10)).toEqual(first.flatMap((name) => [name, `${name}, processor time`]));
  for (const kind of [
    "open, cheap rankers",
    "open, the default",
    "open, all rankers",
    "paths of 3 hops",
    "paths of 4 hops",
  ]) {
    expect(rows.find(({ name }) => name === `${kind}, 95th percentile`)?.value).toBeGreaterThan(0);
    expect(rows.find(({ name }) => name === `${kind}, incomplete`)).toMatchObject({ value: 0, unit: "of 3" });
  }
});

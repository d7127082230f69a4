/** `bioweft bench discovery` as a process, on a small synthetic graph. */
import { expect, test } from "vitest";
import { runBioweft } from "../../../support/command.js";

test("measures building, loading, updating and every kind of question, none of them cut short, and asks Cypher the same", async () => {
  const size = ["--entities", "300", "--relations", "2000", "--questions", "3"];
  const { code, stdout, stderr } = await runBioweft(["bench", "discovery", ...size, "--json"]);
  expect({ code, stderr }).toMatchObject({ code: 0 });
  const { rows } = JSON.parse(stdout) as {
    rows: { name: string; value: number; unit: string; against: string }[];
  };
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
  // That both find the same is for the command to check.
  for (const kind of ["closed", "open, by linking-term count", "paths of 3 hops"]) {
    const name = `${kind}, of 200 relations`;
    expect(rows.find((row) => row.name === `${name}, median`)).toMatchObject({ against: "Cypher" });
    expect(rows.find((row) => row.name === `Cypher: ${name}, given up after half a minute`)?.value).toBe(0);
  }
});

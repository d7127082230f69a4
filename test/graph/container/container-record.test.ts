/** What a data folder keeps of its database in a container. */
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import {
  containerAddress,
  newRecord,
  readRecord,
  writeRecord,
} from "../../../src/graph/container/container-record.js";

const home = mkdtempSync(join(tmpdir(), "bioweft-container-"));
afterAll(() => rmSync(home, { recursive: true }));
const file = join(home, "container", "database.json");

test("a record is drawn once, kept for its owner alone, and says where the database answered", () => {
  expect([readRecord(home), containerAddress(home)]).toEqual([undefined, undefined]);
  const record = newRecord();
  expect(record).toEqual({
    volume: expect.stringMatching(/^bioweft-[0-9a-f]{12}$/),
    password: expect.stringMatching(/^[0-9a-f]{48}$/),
  });
  expect(newRecord().volume).not.toBe(record.volume);
  writeRecord(home, record);
  expect([readRecord(home), containerAddress(home)]).toEqual([record, undefined]);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  writeRecord(home, { ...record, uri: "bolt://localhost:32768" });
  const { password } = record;
  expect(containerAddress(home)).toEqual({ uri: "bolt://localhost:32768", user: "neo4j", password });
});

test("a damaged record is refused with its file: a new one would lose the volume", () => {
  mkdirSync(join(home, "container"), { recursive: true });
  writeFileSync(file, '{"volume":"bioweft-1"}');
  expect(() => readRecord(home)).toThrow(/database\.json: the container's record is damaged; restore it/);
});

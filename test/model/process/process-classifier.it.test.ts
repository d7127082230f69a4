/** A model in a process of its own answers, fails and ends as one in this process, and takes nobody with it. */
import { rmSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Document } from "../../../src/core/document.js";
import type { RelationClassifier } from "../../../src/core/prediction.js";
import { loadInOwnProcess } from "../../../src/model/own-process.js";
import type { ProcessClassifier } from "../../../src/model/process/process-classifier.js";
import { loadReleasedModel } from "../../../src/model/released-model.js";
import { aDocument } from "../../support/builders.js";
import { runProgram } from "../../support/program.js";
import { writeTinyModel } from "../../support/tiny/tiny-model.js";

const DOCUMENTS = ["1", "2", "3"].map((pmid) => aDocument({ pmid }));
const [FIRST = aDocument()] = DOCUMENTS;

let folder: string;
let here: RelationClassifier;
let classifier: ProcessClassifier;

beforeAll(async () => {
  folder = await writeTinyModel();
  here = await loadReleasedModel(folder);
  classifier = await load();
});
afterAll(async () => {
  await classifier.dispose();
  await here.dispose();
  rmSync(folder, { recursive: true, force: true });
});

const load = () => loadInOwnProcess({ dir: folder, memoryFile: `${folder}/engines.json`, engine: "onnx" });

/** Whether a process of that id lives. */
function lives(pid: number | undefined): boolean {
  if (pid === undefined) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function all<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of stream) items.push(item);
  return items;
}

describe("answers", () => {
  test("are those of the same model here, with the caller's own document in them", async () => {
    expect(classifier.info).toEqual(here.info);
    const answer = await classifier.predict(FIRST);
    expect(answer).toEqual(await here.predict(FIRST));
    expect(answer.document).toBe(FIRST);
  });

  test("of a stream come in its order, and a fault of the stream after what was complete", async () => {
    expect(await all(classifier.predictAll(DOCUMENTS))).toEqual(await all(here.predictAll(DOCUMENTS)));
    const broken = async function* (): AsyncGenerator<Document> {
      yield FIRST;
      throw new TypeError("the file breaks off");
    };
    const seen: string[] = [];
    const reading = async () => {
      for await (const { document } of classifier.predictAll(broken())) seen.push(document.pmid);
    };
    await expect(reading()).rejects.toThrow(new TypeError("the file breaks off"));
    expect(seen).toEqual(["1"]);
  });

  test("of a stream that is left early leave nothing, and its documents are told", async () => {
    let isClosed = false;
    const endless = async function* (): AsyncGenerator<Document> {
      try {
        for (;;) yield FIRST;
      } finally {
        isClosed = true;
      }
    };
    for await (const { document } of classifier.predictAll(endless())) {
      expect(document).toBe(FIRST);
      break;
    }
    expect(isClosed).toBe(true);
    expect((await classifier.predict(FIRST)).document).toBe(FIRST);
  });

  test("of many who ask at once are each their own", async () => {
    const answers = await Promise.all(DOCUMENTS.map((document) => classifier.predict(document)));
    expect(answers.map(({ document }) => document)).toEqual(DOCUMENTS);
  });
});

describe("who calls off", () => {
  test("hears so at once, running or waiting, and the next is answered", async () => {
    const stop = new AbortController();
    const running = classifier.predict(FIRST, { signal: stop.signal });
    const waiting = classifier.predict(FIRST, { signal: stop.signal });
    stop.abort();
    await expect(running).rejects.toMatchObject({ code: "CANCELLED", place: { pmid: "1" } });
    await expect(waiting).rejects.toMatchObject({ code: "CANCELLED" });
    await expect(classifier.predict(FIRST, { signal: stop.signal })).rejects.toMatchObject({
      code: "CANCELLED",
    });
    await expect(all(classifier.predictAll(DOCUMENTS, { signal: stop.signal }))).rejects.toMatchObject({
      code: "CANCELLED",
    });
    expect((await classifier.predict(FIRST)).predictions).not.toHaveLength(0);
  });
});

describe("a process that ends", () => {
  test("fails what it was asked, retryably; the next asking starts one other", async () => {
    const own = await load();
    const { pid } = own;
    const stream = own.predictAll(DOCUMENTS);
    await stream.next();
    const asked = own.predict(FIRST);
    process.kill(pid ?? 0, "SIGKILL");
    const fault = { code: "MODEL", retryable: true, message: expect.stringContaining("SIGKILL") };
    await expect(asked).rejects.toMatchObject(fault);
    await expect(stream.next()).rejects.toMatchObject(fault);
    const both = await Promise.all([own.predict(FIRST), own.predict(FIRST)]);
    expect(both[0]).toEqual(both[1]);
    expect(own.pid).not.toBe(pid);
    const second = own.pid;
    await own.dispose();
    expect([pid, second].map(lives)).toEqual([false, false]);
    await expect(own.predict(FIRST)).rejects.toMatchObject({ code: "MODEL" });
  });

  test("ends with whoever started it, even if that one is killed", async () => {
    const { code, stdout } = await runProgram("test/support/processes/killed-asker.ts", [folder]);
    expect(code).toBeNull();
    const pid = Number(stdout.trim());
    expect(pid).toBeGreaterThan(0);
    for (let round = 0; lives(pid) && round < 100; round += 1) await setTimeout(50);
    expect(lives(pid)).toBe(false);
  });
});

test.each([
  ["a folder that is none", { dir: "/nowhere/at/all" }],
  ["an engine that is none", { engine: "abacus" }],
])("%s is refused as it is here", async (_name, wrong) => {
  const asked = { dir: folder, engine: "onnx", ...wrong };
  const { dir, ...options } = asked;
  const expected = await loadReleasedModel(dir, options).then(
    () => undefined,
    (fault: unknown) => fault,
  );
  expect(expected).toMatchObject({ name: "BioWeftError" });
  const { code, message, place } = expected as { code: string; message: string; place: object };
  await expect(loadInOwnProcess({ ...asked, memoryFile: "unused" })).rejects.toMatchObject({
    name: "BioWeftError",
    code,
    message,
    place,
  });
});

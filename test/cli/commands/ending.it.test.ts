/** How commands end: inside a long paper when asked to, and at once where what they are given is no good. */
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CORPORA } from "../../../ingest/corpora/declared-corpora.js";
import { toPubTator } from "../../../ingest/formats/pubtator/pubtator-writer.js";
import type { Document, Mention } from "../../../src/core/document.js";
import { aDocument } from "../../support/builders.js";
import { runBioweft, runShell, startBioweft } from "../../support/command.js";
import { writeTinyModel } from "../../support/tiny/tiny-model.js";

let folder: string;
let model: string;
const at = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "bioweft-ending-"));
  model = await writeTinyModel();
  writeFileSync(at("short.pubtator"), toPubTator(aDocument({ pmid: "11" })));
  writeFileSync(at("long.pubtator"), toPubTator(aLongPaper(500)));
});
afterAll(() => {
  for (const each of [folder, model]) rmSync(each, { recursive: true });
});

/** A paper that names so many genes and as many diseases, each in a sentence of its own. */
function aLongPaper(each: number): Document {
  const mentions: Mention[] = [];
  let text = "A survey.";
  const name = (type: "Gene" | "Disease", word: string, id: string) => {
    const start = text.length;
    text += word;
    mentions.push({
      type,
      ids: [id],
      sourceIds: [id.replace(/^.*:/, "")],
      start,
      end: text.length,
      text: word,
    });
  };
  for (let index = 0; index < each; index += 1) {
    text += " We found that ";
    name("Gene", `GENE${index}`, `NCBIGene:${1000 + index}`);
    text += " is more often seen in patients who suffer from ";
    name("Disease", `disease${index}`, `MESH:D${100000 + index}`);
    text += ".";
  }
  const passages = [
    { kind: "title" as const, offset: 0, text: "A survey." },
    { kind: "abstract" as const, offset: 10, text: text.slice(10) },
  ];
  return { pmid: "21", passages, mentions, relations: [] };
}

describe("Ctrl-C inside a long paper", () => {
  test.each(["SIGINT", "SIGTERM"] as const)("%s ends the command within two seconds", async (name) => {
    // The released model, which reads this paper for half a minute where nothing else runs.
    const { child, ended } = startBioweft(
      ["predict", "--in", at("long.pubtator"), "--out", at("out.pubtator"), "--engine", "onnx"],
      {},
    );
    let said = "";
    child.stderr?.on("data", (text: string) => {
      said += text;
    });
    while (!said.includes("pairs of the next") && child.exitCode === null) {
      await Promise.race([once(child.stderr ?? child, "data"), ended]);
    }
    expect(said).toMatch(/^predict: 0 documents, [1-9]\d* of [1-9]\d* pairs of the next$/m);
    const began = performance.now();
    child.kill(name);
    const { code, stderr } = await ended;
    expect(performance.now() - began).toBeLessThan(2_000);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^error: .*stopped/m)]);
    expect(readdirSync(folder).filter((one) => one.startsWith("out"))).toEqual([]);
  });
});

describe("what is no good", () => {
  test.each([
    ["a model", ["ingest", "file", "SHORT", "--extract", "--model", "/nowhere"], /\/nowhere/],
    ["a model to serve with", ["up", "--model", "/nowhere"], /\/nowhere/],
    ["a file", ["ingest", "file", "SHORT", "/nowhere/file"], /\/nowhere\/file/],
    ["a corpus", ["ingest", "corpus", "biored", "--from", "/nowhere"], /\/nowhere/],
    ["a PMID", ["ingest", "pmid", "11", "eleven"], /"eleven" is no PMID/],
    ["a text", ["annotate", "--in", "/nowhere", "--graph-lexicon"], /\/nowhere/],
    ["a list", ["join", "--pairs", "/nowhere", "--documents", "SHORT", "--out", "OUT"], /\/nowhere/],
    ["a lexicon", ["annotate", "--in", "SHORT", "--lexicon", "/nowhere", "--graph-lexicon"], /\/nowhere/],
  ])("%s ends the command before the database starts", async (_name, args, message) => {
    const home = at("home");
    const paths: Record<string, string> = { SHORT: at("short.pubtator"), OUT: at("joined.jsonl") };
    const given = args.map((arg) => paths[arg] ?? arg);
    const settings = { BIOWEFT_HOME: home, BIOWEFT_MODEL: model, PORT: "0" };
    const { code, stdout, stderr } = await runBioweft(given, settings);
    expect([code, stdout, stderr]).toEqual([1, "", expect.stringMatching(/^error: .*\n$/m)]);
    expect(stderr).toMatch(message);
    expect(existsSync(join(home, "neo4j"))).toBe(false);
  });

  test("a setting ends the command with its name", async () => {
    const { code, stderr } = await runBioweft(["ingest", "pmid", "11"], { BIOWEFT_PUBTATOR3: "papers" });
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/^error: BIOWEFT_PUBTATOR3 is "papers", .*\n$/),
    ]);
  });

  test("a corpus's name can be found out beforehand", async () => {
    const { stdout } = await runBioweft(["ingest", "corpus", "--help"]);
    for (const { name } of CORPORA) expect(stdout).toContain(name);
  });

  test("in a pipe that stays open ends the command", async () => {
    execFileSync("mkfifo", [at("fifo")]);
    const writer = "{ head -c 70000 /dev/zero; exec sleep 60; } > $DIR/fifo &";
    const command = "bioweft predict --in $DIR/fifo --out -; kill %1";
    const began = performance.now();
    const { stderr } = await runShell(`${writer} ${command}`, { DIR: folder, BIOWEFT_MODEL: model });
    expect(stderr).toMatch(/^error: .*fifo:1: a binary file/m);
    expect(performance.now() - began).toBeLessThan(30_000);
  });
});

/** What commands read from pipes and write through links, pipes and standard output. */
import { execFileSync } from "node:child_process";
import {
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { toPubTator3Json } from "../../../ingest/formats/bioc/bioc-json-writer.js";
import { toDocumentLine } from "../../../ingest/formats/jsonl/document-jsonl.js";
import { toPubTator } from "../../../ingest/formats/pubtator/pubtator-writer.js";
import { aDocument } from "../../support/builders.js";
import { runShell } from "../../support/command.js";
import { writeTinyModel } from "../../support/tiny/tiny-model.js";

const DOCUMENTS = ["11", "12"].map((pmid) => aDocument({ pmid }));
let folder: string;
let settings: Record<string, string>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "bioweft-pipes-"));
  const model = await writeTinyModel();
  settings = { BIOWEFT_MODEL: model, DIR: folder };
  writeFileSync(at("in.pubtator"), DOCUMENTS.map((document) => toPubTator(document)).join(""));
  writeFileSync(at("in.jsonl"), DOCUMENTS.map((document) => toDocumentLine(document)).join(""));
  writeFileSync(at("in.json"), toPubTator3Json(DOCUMENTS));
  writeFileSync(at("lexicon.tsv"), "# DiseaseName\tDiseaseID\tSynonyms\nQuaraxosis\tMESH:D990001\t\n");
  writeFileSync(at("texts.txt"), "Quaraxosis\tWe saw Quaraxosis.\n");
  execFileSync("mkfifo", [at("fifo")]);
});
afterAll(() => {
  for (const each of [folder, settings["BIOWEFT_MODEL"] ?? folder]) rmSync(each, { recursive: true });
});

function at(name: string): string {
  return join(folder, name);
}

describe("input", () => {
  test.each([
    ["standard input", "bioweft predict --in - --out - < $DIR/in.pubtator"],
    ["a pipe", "cat $DIR/in.jsonl | bioweft predict --in - --out -"],
    ["/dev/stdin", "cat $DIR/in.json | bioweft predict --in /dev/stdin --out -"],
    ["a process's output", "bioweft predict --in <(cat $DIR/in.pubtator) --out -"],
    ["a named pipe", "cat $DIR/in.pubtator > $DIR/fifo & bioweft predict --in $DIR/fifo --out -"],
  ])("is read from %s, whatever its format, with the answers on stdout alone", async (_name, script) => {
    const { code, stdout, stderr } = await runShell(script, settings);
    expect([code, stderr]).toEqual([0, expect.stringContaining("2 documents")]);
    expect(stdout).toMatch(/^11\|t\|[\s\S]*^12\|t\|/m);
    expect(stdout).not.toContain("documents");
  });

  test("goes from annotate to predict", async () => {
    const annotate = "cat $DIR/texts.txt | bioweft annotate --in - --lexicon <(cat $DIR/lexicon.tsv)";
    const predict = "bioweft predict --in - --out - --format jsonl --json 2>$DIR/counts";
    const { code, stdout } = await runShell(`${annotate} | ${predict}`, settings);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ pmid: "1", mentions: [{}, {}] });
    const said = readFileSync(at("counts"), "utf8").trimEnd().split("\n");
    expect(JSON.parse(said.at(-1) ?? "")).toMatchObject({ documents: 1 });
  });

  test("of evaluate, harmonize and convert may be a pipe too", async () => {
    const evaluate = "cat $DIR/in.pubtator | bioweft evaluate --corpus biored --from - --json";
    const scored = await runShell(`${evaluate} --predictions <(cat $DIR/in.pubtator)`, settings);
    expect(JSON.parse(scored.stdout)).toMatchObject({ documents: 2, pair: { f1: 1 } });
    const held = "--without <(printf '11\\n')";
    const harmonize = `bioweft harmonize --corpus biored --from <(cat $DIR/in.pubtator) ${held} --out -`;
    const harmonized = await runShell(harmonize, settings);
    expect(
      harmonized.stdout
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line)),
    ).toMatchObject([{ pmid: "12" }]);
    const convert = "bioweft convert --corpus biored --from - < $DIR/in.pubtator";
    expect((await runShell(convert, settings)).stdout).toMatch(/^11\t[\s\S]*^12\t/m);
  });

  test("can be standard input for one option only, and is named so where it is broken", async () => {
    const twice = "cat $DIR/in.pubtator | bioweft evaluate --corpus biored --from - --predictions - --json";
    expect((await runShell(twice, settings)).stderr).toMatch(/^error: standard input: .*only once/);
    const broken = "echo nonsense | bioweft predict --in - --out -";
    expect((await runShell(broken, settings)).stderr).toMatch(/^error: standard input:1: /);
  });
});

describe("output", () => {
  test("to a link goes to what it leads to, whose mode stays", async () => {
    writeFileSync(at("target"), "before", { mode: 0o640 });
    symlinkSync("target", at("link"));
    const { code } = await runShell("bioweft predict --in $DIR/in.pubtator --out $DIR/link", settings);
    expect(code).toBe(0);
    expect(lstatSync(at("link")).isSymbolicLink()).toBe(true);
    expect(readFileSync(at("target"), "utf8")).toContain("11|t|");
    expect(statSync(at("target")).mode & 0o777).toBe(0o640);
  });

  test.each([
    ["predict", "--in $DIR/in.pubtator"],
    ["convert", "--corpus biored --from $DIR/in.pubtator"],
    ["harmonize", "--corpus biored --from $DIR/in.pubtator"],
    ["annotate", "--in $DIR/texts.txt --lexicon $DIR/lexicon.tsv"],
    ["schema", ""],
    ["model export $BIOWEFT_MODEL --format onnx", ""],
  ])("of %s goes through a named pipe and a link to standard output", async (name, args) => {
    const command = `bioweft ${name} ${args} --out`;
    const piped = await runShell(`cat $DIR/fifo | wc -c & ${command} $DIR/fifo >&2; wait`, settings);
    const bytes = Number(piped.stdout);
    expect([piped.code, bytes > 100]).toEqual([0, true]);
    expect(lstatSync(at("fifo")).isFIFO()).toBe(true);
    rmSync(at("out"), { force: true });
    symlinkSync("/dev/stdout", at("out"));
    const linked = await runShell(`${command} $DIR/out 2>$DIR/said | wc -c`, settings);
    expect([linked.code, Number(linked.stdout) >= bytes]).toEqual([0, true]);
    expect(lstatSync(at("out")).isSymbolicLink()).toBe(true);
    expect(readdirSync(folder).filter((one) => one.includes("unfinished"))).toEqual([]);
  });

  test("that nobody reads any more ends a command quietly", async () => {
    writeFileSync(at("many"), `${"Quaraxosis\tWe saw Quaraxosis.\n".repeat(50_000)}`);
    const annotate = "bioweft annotate --in $DIR/many --lexicon $DIR/lexicon.tsv";
    const { code, stdout, stderr } = await runShell(`${annotate} | head -n 1`, settings);
    expect([code, stdout, stderr]).toEqual([
      141,
      "1|t|Quaraxosis\n",
      expect.stringMatching(/^(?:lexicon: .*\n)*$/),
    ]);
    const piped = await runShell(`head -c 5 $DIR/fifo & ${annotate} --out $DIR/fifo`, settings);
    expect(piped.code).toBe(141);
    expect(piped.stderr).toMatch(/^(?:lexicon: .*\n)*$/);
  });
});

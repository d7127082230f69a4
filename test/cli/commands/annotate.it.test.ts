/** `bioweft annotate` as a process: its output is what `bioweft predict` reads. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { parsePubTator } from "../../../ingest/formats/pubtator/pubtator.js";
import { readDocuments } from "../../../ingest/formats/read-documents.js";
import { PACKAGE_ROOT } from "../../../src/core/config.js";
import { aDocument } from "../../support/builders.js";
import { runBioweft } from "../../support/command.js";
import { startPubtator3Server } from "../../support/servers/pubtator3-server.js";

const folder = mkdtempSync(join(tmpdir(), "bioweft-annotate-"));
const lexicon = join(folder, "CTD_diseases.tsv");
const texts = join(folder, "texts.txt");
writeFileSync(lexicon, "# DiseaseName\tDiseaseID\tSynonyms\nQuaraxosis\tMESH:D990001\tQuarax fever\n");
writeFileSync(texts, "Quaraxosis of the 𝛼 kind\tWe saw Quarax fevers.\n\nNothing at all\n");
afterAll(() => rmSync(folder, { recursive: true }));

function annotate(...args: string[]) {
  const main = join(PACKAGE_ROOT, "src", "cli", "main.ts");
  return spawnSync(process.execPath, ["--import", "tsx", main, "annotate", ...args], { encoding: "utf8" });
}

describe("bioweft annotate", () => {
  it("writes PubTator that reads back with the mentions in their places", async () => {
    const { status, stdout } = annotate("--in", texts, "--lexicon", lexicon);
    expect(status).toBe(0);
    const file = join(folder, "out.pubtator");
    writeFileSync(file, stdout);
    const found: unknown[] = [];
    for await (const { pmid, mentions } of readDocuments(file)) {
      found.push([pmid, mentions.map(({ text, ids }) => [text, ...ids])]);
    }
    const names = [
      ["Quaraxosis", "MESH:D990001"],
      ["Quarax fevers", "MESH:D990001"],
    ];
    expect(found).toEqual([
      ["1", names],
      ["3", []],
    ]);
  });

  it("finds the names that come along where none are given, in the likeliest meaning, with all of them as JSON", async () => {
    const own = join(folder, "own.txt");
    writeFileSync(own, "Metformin and p53\tMetformin lowers p53 in patients with type 2 diabetes.\n");
    const [document] = parsePubTator(annotate("--in", own).stdout);
    expect(document?.mentions.map(({ text, ids }) => [text, ...ids])).toEqual([
      ["Metformin", "MESH:D008687"],
      ["p53", "NCBIGene:7157"],
      ["Metformin", "MESH:D008687"],
      ["p53", "NCBIGene:7157"],
      ["type 2 diabetes", "MESH:D003924"],
    ]);
    const { mentions } = JSON.parse(annotate("--in", own, "--json").stdout);
    expect(mentions[1]).toMatchObject({ ids: expect.arrayContaining(["NCBIGene:7157", "NCBIGene:22059"]) });
  });

  it("leaves out what is too risky, and refuses a lexicon that is none", () => {
    const { stdout } = annotate("--in", texts, "--lexicon", lexicon, "--json", "--max-risk", "0.1");
    const [first] = stdout.split("\n").map((line) => (line === "" ? undefined : JSON.parse(line)));
    expect(first.mentions).toMatchObject([{ text: "Quaraxosis", groundingRisk: 0 }]);
    const refused = annotate("--in", texts, "--lexicon", texts);
    expect(refused).toMatchObject({ status: 1, stderr: expect.stringContaining(`${texts}:1`) });
  });

  it("stops at a broken line, and with --skip-bad leaves it out, names and counts it", async () => {
    const broken = join(folder, "broken.tsv");
    const bytes = ["a\tQuaraxosis\n", "b\tQuarax\xff\n", "c\tQuaraxosis\n"].join("");
    writeFileSync(broken, Buffer.from(bytes, "latin1"));
    const server = await startPubtator3Server({ documents: [] });
    try {
      for (const [source, pmids] of [
        [[], ["1", "3"]],
        [
          ["--pubtator3", join(folder, "none.jsonl")],
          ["a", "c"],
        ],
      ] as const) {
        const args = ["annotate", "--in", broken, "--lexicon", lexicon, ...source];
        const run = (more: readonly string[]) =>
          runBioweft([...args, ...more], { BIOWEFT_PUBTATOR3: server.url });
        expect(await run([])).toMatchObject({ code: 1, stderr: expect.stringContaining(`${broken}:2`) });
        const skipped = await run(["--skip-bad"]);
        expect(skipped.code).toBe(0);
        expect(skipped.stderr).toContain(`left out: ${broken}:2`);
        expect(skipped.stderr).toContain("broken lines left out: 1\n");
        expect(parsePubTator(skipped.stdout).map(({ pmid }) => pmid)).toEqual(pmids);
      }
    } finally {
      await server.close();
    }
  });

  it("takes PubTator3's annotations of a paper, and reads the others itself", async () => {
    const server = await startPubtator3Server({ documents: [aDocument({ pmid: "11" })] });
    try {
      const papers = join(folder, "papers.tsv");
      writeFileSync(papers, "11\tAn old title\nnote-2\tQuaraxosis\n12\tQuaraxosis again\n");
      const kept = join(folder, "kept.jsonl");
      const args = ["annotate", "--in", papers, "--lexicon", lexicon, "--pubtator3", kept];
      const run = () => runBioweft(args, { BIOWEFT_PUBTATOR3: server.url });
      const { code, stdout, stderr } = await run();
      expect([code, stderr]).toEqual([
        0,
        expect.stringContaining("PubTator3: 1, by the dictionary: 2, by nobody: 0"),
      ]);
      const documents = parsePubTator(stdout);
      expect(documents.map(({ pmid, mentions }) => [pmid, mentions[0]?.text])).toEqual([
        ["11", "Aspirin"],
        ["note-2", "Quaraxosis"],
        ["12", "Quaraxosis"],
      ]);
      expect((await run()).stdout).toBe(stdout);
      expect(server.requests.map(({ pmids }) => pmids)).toEqual([["11", "12"], ["12"]]);
    } finally {
      await server.close();
    }
  });
});

/** The names that come with the project: read as they are built, small, and enough for a sentence. */
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { hashName } from "../../../ingest/lexicon/name-hash.js";
import { loadOwnLexicon, OWN_LEXICON } from "../../../ingest/lexicon/own-lexicon.js";
import { loadOwnNames } from "../../../ingest/lexicon/own-recognizer.js";
import { recognizerOf } from "../../../ingest/lexicon/recognizer.js";

const folder = mkdtempSync(join(tmpdir(), "bioweft-lexicon-"));
const file = join(folder, "names.tsv.br");
afterAll(() => rmSync(folder, { recursive: true }));

describe("loadOwnLexicon", () => {
  it("reads entities by their lines", async () => {
    writeFileSync(
      file,
      brotliCompressSync("H7124\tTNF\ttumor necrosis factor\nM21926\tTnf\tTNF\nDD003920\tDiabetes\n"),
    );
    const { index, entity } = await loadOwnLexicon(file);
    expect(
      index.senses(hashName("tnf")).map((sense) => ({ ...entity(sense.entity), preferred: sense.preferred })),
    ).toEqual([
      { curie: "NCBIGene:7124", type: "Gene", taxon: 9606, names: 2, preferred: true },
      { curie: "NCBIGene:21926", type: "Gene", taxon: 10090, names: 2, preferred: true },
      { curie: "NCBIGene:21926", type: "Gene", taxon: 10090, names: 2, preferred: false },
    ]);
    expect(index.senses(hashName("diabetes")).map((sense) => entity(sense.entity).curie)).toEqual([
      "MESH:D003920",
    ]);
    expect(index.senses(hashName("necrosis"))).toEqual([]);
  });

  it.each([
    ["no file", () => undefined, "NOT_FOUND"],
    ["no Brotli", () => writeFileSync(file, "H1\tA1BG\n"), "BAD_INPUT"],
    ["a cut line", () => writeFileSync(file, brotliCompressSync("H1\tA1BG\nH2\tA")), "BAD_INPUT"],
  ])("refuses %s and names it", async (_, write, code) => {
    rmSync(file, { force: true });
    write();
    await expect(loadOwnLexicon(file)).rejects.toMatchObject({ code, place: { file } });
  });
});

describe("the names that come along", async () => {
  const { lexicon, weights } = await loadOwnNames();
  const recognizer = recognizerOf([lexicon], weights);
  const found = (text: string) => recognizer.find(text).map((mention) => [mention.text, mention.ids[0]]);

  it("take less than 12 MB", () => {
    expect(statSync(OWN_LEXICON).size).toBeLessThan(12_000_000);
  });

  it("are enough for an abstract in an empty graph", () => {
    const text =
      "Metformin lowers the risk of breast cancer in patients with type 2 diabetes. TNF-alpha and IL-6 fell in the patients who took metformin, and insulin resistance was reduced.";
    expect(found(text)).toEqual([
      ["Metformin", "MESH:D008687"],
      ["breast cancer", "MESH:D001943"],
      ["type 2 diabetes", "MESH:D003924"],
      ["TNF-alpha", "NCBIGene:7124"],
      ["IL-6", "NCBIGene:3569"],
      ["metformin", "MESH:D008687"],
      ["insulin resistance", "MESH:D007333"],
    ]);
  });

  it("take the species that a text speaks of", () => {
    expect(found("In patients, serum TNF was high.")).toEqual([["TNF", "NCBIGene:7124"]]);
    expect(found("In knockout mice the Tnf gene was silent.")).toEqual([["Tnf", "NCBIGene:21926"]]);
  });

  it("name everything that a name may mean, and pass over words that mean nothing here", () => {
    const [first] = recognizer.find("The p53 protein was found in tumors of all patients.");
    expect(first?.ids[0]).toBe("NCBIGene:7157");
    expect(first?.ids.length).toBeGreaterThan(1);
    expect(found("This was not the case in all of them, or in an impact of the large set.")).toEqual([]);
  });
});

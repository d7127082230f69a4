/** BioCreative VIII's dialect of BioRED: directions behind the relations, null ends that cost one relation only. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { corpusByName, readCorpus } from "../../../ingest/corpora/reading-corpora.js";
import { parseBioCJson } from "../../../ingest/formats/bioc/bioc-json.js";
import { toPubTator3Json } from "../../../ingest/formats/bioc/bioc-json-writer.js";
import { parseDocumentLine, toDocumentLine } from "../../../ingest/formats/jsonl/document-jsonl.js";
import { parsePubTator } from "../../../ingest/formats/pubtator/pubtator.js";
import { toPubTator } from "../../../ingest/formats/pubtator/pubtator-writer.js";
import { harmonizeDocument, toHarmonizedLine } from "../../../ingest/harmonize/harmonize-document.js";
import type { Document } from "../../../src/core/document.js";
import type { ReadWarning } from "../../../src/core/read-options.js";

const folder = mkdtempSync(join(tmpdir(), "bioweft-bc8-"));
afterAll(() => rmSync(folder, { recursive: true }));

const TEXT = `99000801|t|Quenolide lowers TNFX and TNFY in fever
99000801|a|It binds TNFX.
99000801\t0\t9\tQuenolide\tChemicalEntity\tC900001
99000801\t17\t21\tTNFX\tGeneOrGeneProduct\t7124
99000801\t26\t30\tTNFY\tGeneOrGeneProduct\t7125
99000801\t34\t39\tfever\tDiseaseOrPhenotypicFeature\tD005334
99000801\tNegative_Correlation\tC900001\t7124\tNovel
99000801\tAssociation\t7124\t7125\tNo
99000801\tPositive_Correlation\t-\t7125\tNo
99000801\tNegative_Correlation\tC900001\tD005334\tNo
99000801\t7124\tC900001\tSubject:C900001
99000801\t7125\t7124\tSubject:7125
99000801\t-\t7125\tSubject:-
99000801\t7125\tD005334\tSubject:7125

`;

async function read(): Promise<{ document: Document; warnings: ReadWarning[] }> {
  writeFileSync(join(folder, "Train.PubTator"), TEXT);
  const warnings: ReadWarning[] = [];
  const reading = { onWarning: (warning: ReadWarning) => warnings.push(warning) };
  const documents: Document[] = [];
  for await (const one of readCorpus(corpusByName("biored-bc8"), folder, "all", reading)) documents.push(one);
  const [document] = documents;
  if (document === undefined || documents.length > 1) throw new Error("not one document");
  return { document, warnings };
}

const RELATIONS = [
  {
    ...{ subject: "MESH:C900001", object: "NCBIGene:7124", type: "Negative_Correlation" },
    ...{ novel: true, directedFrom: "MESH:C900001" },
  },
  {
    ...{ subject: "NCBIGene:7124", object: "NCBIGene:7125", type: "Association" },
    ...{ novel: false, directedFrom: "NCBIGene:7125" },
  },
  { subject: "MESH:C900001", object: "MESH:D005334", type: "Negative_Correlation", novel: false },
];

describe("biored-bc8", () => {
  it("reads directions and novelty; a null end costs its relation, which is named by its line", async () => {
    const { document, warnings } = await read();
    expect(document.relations).toEqual(RELATIONS);
    expect(document.corpus).toBe("biored-bc8");
    expect(warnings.map(({ kind, place }) => [kind, place.line])).toEqual([
      ["relation-direction", 14],
      ["relation-null", 9],
    ]);
  });

  it("is asked as BioRED is", () => {
    const [bc8, biored] = [corpusByName("biored-bc8"), corpusByName("biored")];
    for (const part of ["prompt", "pairTypes", "scope", "noneClass", "adjustments", "labels"] as const) {
      expect(bc8[part]).toEqual(biored[part]);
    }
  });

  it("keeps both through every form that is written", async () => {
    const { document } = await read();
    const [pubTator] = parsePubTator(toPubTator(document));
    const [bioC] = parseBioCJson(toPubTator3Json([document]));
    const harmonized = toHarmonizedLine(harmonizeDocument(document, corpusByName("biored-bc8")));
    for (const again of [
      pubTator,
      bioC,
      parseDocumentLine(toDocumentLine(document)),
      parseDocumentLine(harmonized),
    ]) {
      expect(again?.relations).toEqual(RELATIONS);
    }
  });

  it("refuses a line of JSON that is directed from a third entity", async () => {
    const { document } = await read();
    const line = toDocumentLine(document).replace(
      '"directedFrom":"MESH:C900001"',
      '"directedFrom":"MESH:D1"',
    );
    expect(() => parseDocumentLine(line)).toThrow(/directed from MESH:D1, which is neither/);
  });
});

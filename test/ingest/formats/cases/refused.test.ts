/** The small inputs of test/fixtures/cases that are refused: at once, with the line, and saying what is wrong or what else reads them. */
import { describe, expect, it } from "vitest";
import { BioWeftError } from "../../../../src/core/errors.js";
import { casePath, readCase } from "../../../support/cases.js";

describe("a paper that is refused costs no other", () => {
  it.each([
    ["01-astral-byte.pubtator", [], 3, /the text at 5-14 is "nolide lo"/],
    ["01-astral-utf16.pubtator", [], 3, /the annotation says "Quenolide"/],
    ["03-latin1.pubtator", [], 2, /not UTF-8/],
    ["04-no-abstract-marker.pubtator", [], 3, /outside the text/],
    ["06-end-inclusive.pubtator", [], 3, /"Quenolid", the annotation says "Quenolide"/],
    ["06-zero-length.pubtator", [], 14, /empty mention/],
    ["11-17-huge-offset.pubtator", [], 3, /outside the text/],
    ["11-18-negative-offset.pubtator", [], 3, /whole numbers from 0, not -1-9/],
    ["11-21-cut.pubtator", [], 13, /2 columns/],
    ["24-10-loc-empty.json", [], 1, /without a location/],
    ["24-11-loc-zero.json", [], 1, /empty mention/],
    ["24-14-noid.json", [], 1, /without an identifier/],
    ["24-15-id-none.json", [], 1, /without an identifier/],
    ["24-18-offset-1e8.json", [], 1, /passage 3 begins at 400000000, far behind/],
    ["24-20-empty-passages.json", [], 1, /without passages/],
    ["24-21-all-offset-zero.json", [], 1, /overlaps/],
    ["24-22-passage-relative.json", [], 1, /the text at 0-4 is "Quen", the mention says "Mice"/],
    ["27-01-laughs.xml", [], 2, /entities of its own \(&a;\)/],
    ["27-02-xxe.xml", [], 2, /entities of its own \(&x;\)/],
    ["27-03-named-entity.xml", [], 11, /undefined entity/],
    ["27-04-internal-entity.xml", [], 2, /entities of its own \(&dr;\)/],
    ["27-09-xml11-control.xml", [], 11, /control characters/],
    ["27-11-indent-text.xml", [], 3, /overlaps/],
    ["27-12-trunc.xml", [], 18, /cut there/],
    ["44-04-nul.pubtator", ["99004405", "99004407"], 16, /NUL/],
  ])("%s", async (name, kept, line, reason) => {
    const began = performance.now();
    const { documents, rejected } = await readCase(casePath(name));
    expect(documents.map(({ pmid }) => pmid)).toEqual(kept);
    expect(rejected.map((fault) => [fault.code, fault.place.line])).toEqual([["BAD_INPUT", line]]);
    expect(rejected[0]?.message).toMatch(reason);
    expect(performance.now() - began).toBeLessThan(1500);
  });

  it("44-05-nul-late.pubtator: one of 172", async () => {
    const { documents, rejected } = await readCase(casePath("44-05-nul-late.pubtator"));
    expect(rejected.map((fault) => fault.place.line)).toEqual([1192]);
    expect(documents).toHaveLength(171);
  });
});

describe("a file of a foreign form is named", () => {
  it.each([
    ["11-09-dump-bioconcepts.tsv", /PubTator3's table of entities/],
    ["11-10-dump-relation.tsv", /PubTator3's table of relations/],
    ["20-08-error-answer.json", /error that a service answered with/],
    ["30-01-pubmed-efetch.xml", /PubMed XML.*bioweft ingest pubmed.*bioweft ingest pmid/],
    ["30-02-pubmed-baseline.xml.gz", /PubMed XML.*bioweft ingest pubmed.*bioweft ingest pmid/],
    ["30-03-medline.txt", /MEDLINE.*bioweft ingest pmid/],
    ["30-04-jats.nxml", /JATS.*bioweft ingest pmid/],
    ["30-05-brat.ann", /brat/],
    ["30-06-pubannotation.json", /PubAnnotation/],
    ["30-07-europepmc.jsonl", /Europe PMC/],
    ["30-08-bern2.json", /BERN2/],
  ])("%s", async (name, reason) => {
    const fault: unknown = await readCase(casePath(name)).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(fault).toBeInstanceOf(BioWeftError);
    expect(fault).toMatchObject({ code: "BAD_INPUT", message: expect.stringMatching(reason) });
  });
});

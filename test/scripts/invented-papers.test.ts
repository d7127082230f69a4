/** The large graph that the explorer is measured on. */
import { expect, it } from "vitest";
import { HUB, inventedPapers } from "../../scripts/explorer/invented-papers.js";
import { relationId } from "../../src/core/evidence.js";

it("invents as many different relations as are asked for, the hub's among them, each with a sentence that names both", () => {
  const rows = [...inventedPapers(2_001, 100)].flatMap(({ evidence }) => evidence);
  const ids = new Set(rows.map(({ subject, object, type }) => relationId(subject.curie, object.curie, type)));
  expect(ids.size).toBe(2_001);
  expect([...ids].filter((id) => id.includes(HUB))).toHaveLength(100);
  for (const { sentence, mentions, start } of rows) {
    expect(sentence).toMatch(/in an invented cohort\.$/);
    expect(new Set(mentions.map(({ curie }) => curie)).size).toBe(2);
    for (const mention of mentions)
      expect(sentence.slice(mention.start - start, mention.end - start)).toBe(mention.text);
  }
});

it("invents the same every time", () => {
  const pmids = () => [...inventedPapers(50, 10)].map(({ document }) => JSON.stringify(document));
  expect(pmids()).toEqual(pmids());
});

import { expect, it } from "vitest";
import { endFinder } from "../../../src/core/support/end-finder.js";
import { aDocument, type MentionWords } from "../../support/builders.js";

const GENE: MentionWords = { text: "IL6", type: "Gene", ids: ["9606"] };
const document = (...mentions: MentionWords[]) =>
  aDocument({ title: "IL6 in patients", abstract: "Then patients, then IL6.", mentions });

it("finds an end by any spelling that the mentions settle, blanks around it or not", () => {
  const find = endFinder(document({ ...GENE, ids: ["9606"] }));
  for (const spelling of ["NCBIGene:9606", "9606", " 9606 ", "ncbigene:9606"]) {
    expect(find(spelling)?.curie).toBe("NCBIGene:9606");
  }
  expect(["", " ", "9607", "MESH:9606"].map(find)).toEqual([undefined, undefined, undefined, undefined]);
});

it("guesses nothing where one spelling stands for two entities", () => {
  const patients: MentionWords = { text: "patients", type: "Species", ids: ["9606"] };
  const find = endFinder(document(GENE, patients));
  expect(find("9606")).toBeUndefined();
  expect(find("NCBIGene:9606")?.curie).toBe("NCBIGene:9606");
});

it("gives the mentions of an entity in two roles together, in the order of the text", () => {
  const disease: MentionWords = { text: "patients", type: "Disease", ids: ["MESH:D000001"] };
  const find = endFinder(
    document(
      { text: "IL6", type: "Chemical", ids: ["MESH:D000001"] },
      { ...disease, occurrence: 0 },
      { text: "IL6", type: "Chemical", ids: ["MESH:D000001"], occurrence: 1 },
    ),
  );
  const end = find("D000001");
  expect(end?.type).toBe("Chemical");
  expect(end?.mentions.map(({ start }) => start)).toEqual([0, 7, 36]);
});

import { describe, expect, it } from "vitest";
import type { Document } from "../../../src/core/document.js";
import { readingAhead } from "../../../src/model/inputs/reading-ahead.js";

const INFO = { id: "m@1", network: "document", encoder: "", engine: "", corpora: [], parameters: 0 } as const;

function documents(count: number): Document[] {
  return Array.from({ length: count }, (_, index) => ({
    pmid: String(index + 1),
    passages: [],
    mentions: [],
    relations: [],
  }));
}

/** A classifier that notes what it is told, with a network that takes a while. */
function noting(together: number) {
  const events: string[] = [];
  const classifier = readingAhead<string>({
    info: INFO,
    together,
    make: async ({ pmid }) => {
      events.push(`make ${pmid}`);
      return { inputs: [pmid], unasked: 0 };
    },
    score: async (prepared) => {
      const pmids = prepared.map(({ document }) => document.pmid).join(" ");
      events.push(`score ${pmids}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
      events.push(`scored ${pmids}`);
      return prepared.map(({ document }) => ({ document, predictions: [], model: INFO.id }));
    },
    dispose: async () => undefined,
  });
  return { classifier, events };
}

async function pmidsOf(answers: AsyncIterable<{ readonly document: Document }>): Promise<string[]> {
  const pmids: string[] = [];
  for await (const { document } of answers) pmids.push(document.pmid);
  return pmids;
}

describe("a classifier that reads ahead", () => {
  it("answers in order, and makes the next inputs while the network computes", async () => {
    const { classifier, events } = noting(2);
    expect(await pmidsOf(classifier.predictAll(documents(5)))).toEqual(["1", "2", "3", "4", "5"]);
    expect(events.indexOf("make 4")).toBeGreaterThan(events.indexOf("score 1 2"));
    expect(events.indexOf("make 4")).toBeLessThan(events.indexOf("scored 1 2"));
    expect(events.at(-1)).toBe("scored 5");
  });

  it("gives the answers for what came before a fault of the stream, then the fault", async () => {
    const { classifier } = noting(2);
    const broken = async function* () {
      yield* documents(3);
      throw new Error("line 4 is no document");
    };
    const seen: string[] = [];
    const reading = (async () => {
      for await (const { document } of classifier.predictAll(broken())) seen.push(document.pmid);
    })();
    await expect(reading).rejects.toThrow("line 4 is no document");
    expect(seen).toEqual(["1", "2"]);
  });

  it("lets go of the stream when its reader stops", async () => {
    let closed = false;
    const endless = async function* () {
      try {
        for (let pmid = 1; ; pmid++) yield { ...documents(1)[0], pmid: String(pmid) } as Document;
      } finally {
        closed = true;
      }
    };
    for await (const { document } of noting(2).classifier.predictAll(endless())) {
      if (document.pmid === "3") break;
    }
    expect(closed).toBe(true);
  });

  it("has no answer for no document, and one for one", async () => {
    const { classifier } = noting(4);
    expect(await pmidsOf(classifier.predictAll([]))).toEqual([]);
    expect((await classifier.predict(documents(1)[0] as Document)).document.pmid).toBe("1");
  });
});

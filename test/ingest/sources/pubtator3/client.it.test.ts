/** The PubTator3 client against a real server that answers well, badly, late or not at all. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { PubTator3Options } from "../../../../ingest/sources/pubtator3/batch-asker.js";
import { pubTator3Client } from "../../../../ingest/sources/pubtator3/client.js";
import { readPublications } from "../../../../ingest/sources/pubtator3/read-publications.js";
import { BioWeftError } from "../../../../src/core/errors.js";
import { aDocument } from "../../../support/builders.js";
import { type Pubtator3Server, startPubtator3Server } from "../../../support/servers/pubtator3-server.js";

const documents = Array.from({ length: 205 }, (_, index) =>
  aDocument({ pmid: String(90_020_001 + index), year: 2001, journal: "Annals of Tests" }),
);
const pmid = "90020001";
let server: Pubtator3Server;

beforeAll(async () => {
  server = await startPubtator3Server({ documents });
});
afterEach(() => server.recover());
afterAll(() => server.close());

/** A client in a hurry; every part can be set. */
function client(options: Partial<PubTator3Options> = {}) {
  return pubTator3Client({
    baseUrl: server.url,
    requestsPerSecond: 1000,
    retries: 2,
    retryDelayMillis: 2,
    timeoutMillis: 2000,
    ...options,
  });
}

/** How many requests the work made. */
async function requestsOf(work: () => Promise<unknown>): Promise<number> {
  const before = server.requests.length;
  await work();
  return server.requests.length - before;
}

async function fault(work: Promise<unknown>): Promise<BioWeftError> {
  const thrown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (thrown instanceof BioWeftError) return thrown;
  throw new Error(`expected a BioWeftError, got ${String(thrown)}`);
}

describe("fetchDocument", () => {
  it("gives the document that the service holds", async () => {
    const { relations, ...document } = documents[0] ?? aDocument();
    const fetched = await client().fetchDocument(pmid);
    expect(fetched).toMatchObject(document);
    expect(fetched?.relations).toEqual(relations);
  });

  it("gives undefined for an unknown PMID, answered with 400, 404 or nothing else to give", async () => {
    expect(await client().fetchDocument("1")).toBeUndefined();
    server.fail("404", { pmid: "2" });
    expect(await client().fetchDocument("2")).toBeUndefined();
    expect(await client().fetchDocuments(["3", pmid])).toEqual([
      undefined,
      expect.objectContaining({ pmid }),
    ]);
  });

  it("refuses what is no PMID without asking", async () => {
    const made = await requestsOf(async () => {
      expect((await fault(client().fetchDocument("12&pmids=3"))).code).toBe("BAD_INPUT");
    });
    expect(made).toBe(0);
  });

  it.each(["500", "429", "garbage", "cut", "html", "empty"] as const)(
    "recovers from one %s",
    async (mode) => {
      server.fail(mode, 1);
      const made = await requestsOf(async () => {
        expect((await client().fetchDocument(pmid))?.pmid).toBe(pmid);
      });
      expect(made).toBe(2);
    },
  );

  it.each([
    ["500", "UPSTREAM_UNAVAILABLE", /answered 500 with an HTML page|answered 500/],
    ["429", "RATE_LIMITED", /429/],
    ["html", "UPSTREAM_UNAVAILABLE", /an HTML page, beginning "<!DOCTYPE html>/],
    ["garbage", "UPSTREAM_UNAVAILABLE", /cut.*beginning "\{"PubTator3"/],
    ["shape", "UPSTREAM_UNAVAILABLE", /beginning "\{"status":"ok"/],
    ["empty", "UPSTREAM_UNAVAILABLE", /an empty body/],
    ["cut", "UPSTREAM_UNAVAILABLE", /cannot be reached/],
  ] as const)("gives up on a lasting %s with %s", async (mode, code, message) => {
    server.fail(mode);
    const made = await requestsOf(async () => {
      const thrown = await fault(client().fetchDocument(pmid));
      expect(thrown.code).toBe(code);
      expect(thrown.message).toMatch(message);
    });
    expect(made).toBe(3);
  });

  it("does not take a wrong address for an unknown publication", async () => {
    const wrong = client({ baseUrl: `${server.url}/nowhere` });
    expect((await fault(wrong.fetchDocument(pmid))).code).toBe("UPSTREAM_UNAVAILABLE");
  });

  it("says that nobody listens", async () => {
    const closed = await startPubtator3Server();
    await closed.close();
    const thrown = await fault(client({ baseUrl: closed.url }).fetchDocument(pmid));
    expect(thrown).toMatchObject({ code: "UPSTREAM_UNAVAILABLE" });
    expect(thrown.message).toContain("BIOWEFT_PUBTATOR3");
  });

  it("ends a request that hangs with TIMEOUT", async () => {
    server.fail("hang");
    const started = Date.now();
    const thrown = await fault(client({ timeoutMillis: 60, retries: 1 }).fetchDocument(pmid));
    expect(thrown.code).toBe("TIMEOUT");
    expect(Date.now() - started).toBeLessThan(1500);
  });

  it("waits as long as Retry-After asks, and not for a wait beyond its patience", async () => {
    server.fail("429", { times: 1, retryAfterSeconds: 1 });
    const started = Date.now();
    expect((await client().fetchDocument(pmid))?.pmid).toBe(pmid);
    expect(Date.now() - started).toBeGreaterThanOrEqual(990);
    server.fail("429", { retryAfterSeconds: 3600 });
    const made = await requestsOf(async () => {
      expect((await fault(client().fetchDocument(pmid))).code).toBe("RATE_LIMITED");
    });
    expect(made).toBe(1);
  });

  it.each(["hang", "500", "429"] as const)("is cancelled at once in the middle of a %s", async (mode) => {
    server.fail(mode, { retryAfterSeconds: 5 });
    const controller = new AbortController();
    const started = Date.now();
    setTimeout(() => controller.abort(), 50);
    const slow = client({ retryDelayMillis: 5000, timeoutMillis: 10_000 });
    expect((await fault(slow.fetchDocument(pmid, controller.signal))).code).toBe("CANCELLED");
    expect(Date.now() - started).toBeLessThan(1000);
  });

  it("makes no request for a signal that is aborted already", async () => {
    const made = await requestsOf(async () => {
      expect((await fault(client().fetchDocument(pmid, AbortSignal.abort()))).code).toBe("CANCELLED");
    });
    expect(made).toBe(0);
  });
});

describe("fetchDocuments", () => {
  it("asks for a hundred at a time and answers in the order of the PMIDs", async () => {
    const pmids = documents.map((document) => document.pmid).reverse();
    const made = await requestsOf(async () => {
      const fetched = await client().fetchDocuments(pmids);
      expect(fetched.map((document) => document?.pmid)).toEqual(pmids);
    });
    expect(made).toBe(3);
    expect(server.requests.slice(-3).map((request) => request.pmids.length)).toEqual([100, 100, 5]);
  });

  it("keeps to the rate over all calls of all clients of one service together", async () => {
    const polite = client({ requestsPerSecond: 20 });
    const before = server.requests.length;
    const other = client({ requestsPerSecond: 20 });
    const each = documents
      .slice(0, 6)
      .map(({ pmid: one }, index) => (index % 2 === 0 ? polite : other).fetchDocuments([one]));
    await Promise.all(each);
    const times = server.requests.slice(before).map((request) => request.atMillis);
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(5 * 50 - 30);
  });
});

describe("asks for one paper that come together", () => {
  it("share requests, and none of them waits for its turn in its deadline", async () => {
    const slow = client({ requestsPerSecond: 4, timeoutMillis: 400, retries: 0 });
    const made = await requestsOf(async () => {
      const asked = documents.slice(0, 120).map((document) => slow.fetchDocument(document.pmid));
      const fetched = await Promise.all(asked);
      expect(fetched.map((document) => document?.pmid)).toEqual(
        documents.slice(0, 120).map((one) => one.pmid),
      );
      // A queue of five turns is longer than the deadline.
      const queued = documents.slice(0, 5).map((document) => slow.fetchDocuments([document.pmid]));
      expect((await Promise.all(queued)).flat()).toHaveLength(5);
    });
    expect(made).toBe(2 + 5);
  });

  it("are given up one by one, the request when nobody waits any more", async () => {
    server.fail("hang", 1);
    const controllers = documents.slice(0, 3).map(() => new AbortController());
    const asking = client({ timeoutMillis: 5000 });
    const asked = controllers.map(({ signal }, index) =>
      asking.fetchDocument(documents[index]?.pmid ?? "", signal).catch((one: unknown) => one),
    );
    await new Promise((resolve) => setTimeout(resolve, 100));
    const began = Date.now();
    for (const controller of controllers) controller.abort();
    for (const outcome of await Promise.all(asked)) expect(outcome).toMatchObject({ code: "CANCELLED" });
    expect(Date.now() - began).toBeLessThan(500);
    expect((await asking.fetchDocument(pmid))?.pmid).toBe(pmid);
  });

  it("lose nothing to one at which the service fails", async () => {
    server.fail("500", { pmid: "90020003" });
    const asking = client({ retries: 1 });
    const asked = documents.slice(0, 40).map((document) => asking.fetchDocument(document.pmid));
    const outcomes = await Promise.allSettled(asked);
    const failed = outcomes.flatMap((one, index) =>
      one.status === "rejected" ? [documents[index]?.pmid] : [],
    );
    expect(failed).toEqual(["90020003"]);
    expect(outcomes[2]).toMatchObject({ reason: { code: "UPSTREAM_UNAVAILABLE" } });
  });

  it("fail in a few requests where the service is down", async () => {
    server.fail("500");
    const asking = client({ retries: 1 });
    const made = await requestsOf(async () => {
      const asked = documents.slice(0, 40).map((document) => asking.fetchDocument(document.pmid));
      for (const one of await Promise.allSettled(asked)) expect(one.status).toBe("rejected");
    });
    expect(made).toBe(1 + 2 + 2);
  });
});

describe("the other forms of the service", () => {
  it.each(["biocxml", "pubtator"] as const)("%s gives what BioC JSON gives", async (form) => {
    const pmids = [pmid, "90020002"];
    const [json, other] = [
      await client().fetchDocuments(pmids),
      await client({ form }).fetchDocuments(pmids),
    ];
    const texts = (found: typeof json) =>
      found.map((document) => [
        document?.pmid,
        document?.passages,
        document?.mentions,
        document?.relations.length,
      ]);
    expect(texts(other)).toEqual(texts(json));
    expect(server.requests.at(-1)?.path).toMatch(new RegExp(`/export/${form}$`));
  });

  it("asks for full texts where that is wanted", async () => {
    await client({ fullText: true }).fetchDocument(pmid);
    expect(server.requests.at(-1)?.query).toContain("full=true");
  });

  it.each(["biocxml", "pubtator"] as const)(
    "%s that is cut or a web page is asked for again",
    async (form) => {
      for (const mode of ["garbage", "html", "empty"] as const) {
        server.fail(mode, 1);
        const made = await requestsOf(async () => {
          expect((await client({ form }).fetchDocument(pmid))?.pmid).toBe(pmid);
        });
        if (form === "biocxml") expect(made).toBe(2);
      }
    },
  );
});

describe("a paper whose annotations contradict its text", () => {
  const odd = "90030001";
  const respelled = "90030002";
  /** A paper of one gene, α-TNFX, with the mention's words as given. */
  const paper = (id: string, words: string, offset = 0) => ({
    _id: `${id}|None`,
    id,
    pmid: Number(id),
    passages: [
      {
        infons: { type: "title" },
        offset: 0,
        text: "α-TNFX in fever",
        annotations: [
          { infons: { type: "Gene", identifier: "7124" }, text: words, locations: [{ offset, length: 6 }] },
        ],
      },
    ],
  });

  beforeAll(() => {
    server.addOdd(odd, paper(odd, "α-TNFX", 3));
    server.addOdd(respelled, paper(respelled, "a-TNFX"));
  });

  it("costs no other, is asked for once, and is reported with its PMID", async () => {
    const faults: BioWeftError[] = [];
    const made = await requestsOf(async () => {
      const reading = { onRejected: (one: BioWeftError) => faults.push(one) };
      const fetched = await client().fetchDocuments([odd, pmid, "90020002"], undefined, reading);
      expect(fetched.map((document) => document?.pmid)).toEqual([undefined, pmid, "90020002"]);
    });
    expect(made).toBe(1);
    expect(faults.map(({ place }) => place.pmid)).toEqual([odd]);
    expect(faults[0]?.message).toMatch(
      /cannot be read: the text at 3-9 is "NFX in", the mention says "α-TNFX"/,
    );
  });

  it("is thrown, without a second request, where it alone was asked for", async () => {
    const made = await requestsOf(async () => {
      expect(await fault(client().fetchDocument(odd))).toMatchObject({
        code: "BAD_INPUT",
        place: { pmid: odd },
      });
    });
    expect(made).toBe(1);
  });

  it("only in its spelling is read as the text has it, and counted", async () => {
    const kinds: string[] = [];
    const reading = { onWarning: ({ kind }: { kind: string }) => kinds.push(kind) };
    const [fetched] = await client().fetchDocuments([respelled], undefined, reading);
    expect(fetched?.mentions[0]?.text).toBe("α-TNFX");
    expect(kinds).toEqual(["other-spelling"]);
  });

  it("is reported once by `ingest pmid`, and not as unknown", async () => {
    const before = process.env["BIOWEFT_PUBTATOR3"];
    process.env["BIOWEFT_PUBTATOR3"] = server.url;
    try {
      const faults: string[] = [];
      const read: string[] = [];
      const reading = { onRejected: (one: BioWeftError) => faults.push(one.message) };
      for await (const document of readPublications([odd, pmid], reading)) read.push(document.pmid);
      expect(read).toEqual([pmid]);
      expect(faults).toHaveLength(1);
    } finally {
      if (before === undefined) delete process.env["BIOWEFT_PUBTATOR3"];
      else process.env["BIOWEFT_PUBTATOR3"] = before;
    }
  });
});

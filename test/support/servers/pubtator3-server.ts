/**
 * A real HTTP server on the loopback that answers in PubTator3's form from given documents, and can be told to
 * fail in the ways that the real one does.
 */
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";
import { toBioCJson, toPubTator3Json } from "../../../ingest/formats/bioc/bioc-json-writer.js";
import { toPubTator } from "../../../ingest/formats/pubtator/pubtator-writer.js";
import type { Document } from "../../../src/core/document.js";
import { biocForms } from "../bioc-forms.js";

/**
 * How an answer fails: HTTP 500, 429, 400 or 404 (as for unknown PMIDs), an HTML page, broken JSON, JSON of
 * another shape, an empty body, never answering, or cutting the connection in the middle of the body.
 */
export type FailureMode =
  | "500"
  | "429"
  | "400"
  | "404"
  | "html"
  | "garbage"
  | "shape"
  | "empty"
  | "hang"
  | "cut";

/** For how many requests a failure lasts (all by default), for which PMID (any by default). */
export interface FailureScope {
  readonly times?: number;
  readonly pmid?: string;
  /** Sent with 429: whole seconds. */
  readonly retryAfterSeconds?: number;
}

/** A request that came in, in order. */
export interface RecordedRequest {
  readonly path: string;
  /** What follows the question mark. */
  readonly query: string;
  readonly pmids: readonly string[];
  /** Milliseconds since 1970. */
  readonly atMillis: number;
}

/** The running server. `url` is the base address to give to the client. */
export interface Pubtator3Server {
  readonly url: string;
  readonly requests: readonly RecordedRequest[];
  /** Makes the next requests fail; a number is short for `{ times }`. */
  fail(mode: FailureMode, scope?: FailureScope | number): void;
  /** Ends all failures. */
  recover(): void;
  /** From now on each answer comes so much later, in milliseconds. */
  answerAfter(millis: number): void;
  /** Adds a publication, or replaces it. */
  add(document: Document): void;
  /** Adds a publication that is answered as it stands, whatever is wrong with it. */
  addOdd(pmid: string, answered: object): void;
  close(): Promise<void>;
}

const BASE_PATH = "/research/pubtator3-api";

/** The documents in each form that the service exports. */
const FORMS: Readonly<Record<string, (known: readonly Document[]) => string>> = {
  biocjson: toPubTator3Json,
  biocxml: (known) => {
    const parts = known.map(
      (one) => /<document>[\s\S]*<\/document>/.exec(biocForms(toPubTator(one)).xml)?.[0],
    );
    return `<?xml version="1.0" encoding="UTF-8"?>\n<collection><source>PubTator</source>${parts.join("")}</collection>`;
  },
  pubtator: (known) => known.map((one) => toPubTator(one)).join(""),
};

type Failure = FailureScope & { mode: FailureMode; left: number };

/** Starts a server on a free port. Close it. */
export async function startPubtator3Server(
  options: { readonly documents?: readonly Document[] } = {},
): Promise<Pubtator3Server> {
  const documents = new Map((options.documents ?? []).map((document) => [document.pmid, document]));
  const odd = new Map<string, object>();
  const requests: RecordedRequest[] = [];
  let failures: Failure[] = [];
  let latencyMillis = 0;
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "/", "http://localhost");
    const pmids = (url.searchParams.get("pmids") ?? "").split(",").filter((pmid) => pmid !== "");
    requests.push({ path: url.pathname, query: url.search, pmids, atMillis: Date.now() });
    if (latencyMillis > 0) await setTimeout(latencyMillis);
    const failure = failures.find(
      (one) => one.left > 0 && (one.pmid === undefined || pmids.includes(one.pmid)),
    );
    if (failure !== undefined) failure.left -= 1;
    const known = pmids.flatMap((pmid) => documents.get(pmid) ?? []);
    const strange = pmids.flatMap((pmid) => odd.get(pmid) ?? []);
    const form = FORMS[url.pathname.replace(`${BASE_PATH}/publications/export/`, "")];
    if (failure !== undefined) answerBadly(response, failure, (form ?? toPubTator3Json)(known));
    else if (form === undefined) answer(response, 404, "<html>Not Found</html>");
    else if (strange.length > 0) {
      const good = known.map((document) => toBioCJson(document));
      answer(response, 200, JSON.stringify({ PubTator3: [...strange, ...good] }));
    } else if (known.length === 0) answer(response, 400, '{"detail":"Could not retrieve publications"}');
    else answer(response, 200, form(known));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${BASE_PATH}`,
    requests,
    fail(mode, scope = {}) {
      const { times = Number.POSITIVE_INFINITY, ...rest } =
        typeof scope === "number" ? { times: scope } : scope;
      failures.push({ ...rest, mode, left: times });
    },
    recover() {
      failures = [];
    },
    answerAfter(millis) {
      latencyMillis = millis;
    },
    add(document) {
      documents.set(document.pmid, document);
    },
    addOdd(pmid, answered) {
      odd.set(pmid, answered);
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function answer(
  response: ServerResponse,
  status: number,
  body: string,
  headers: Record<string, string> = {},
): void {
  const type = body.startsWith("<") ? "text/html" : "application/json";
  response.writeHead(status, { "content-type": type, ...headers }).end(body);
}

function answerBadly(response: ServerResponse, failure: Failure, good: string): void {
  const { mode, retryAfterSeconds } = failure;
  if (mode === "hang") return;
  if (mode === "cut") {
    response.writeHead(200, {
      "content-type": "application/json",
      "content-length": String(good.length + 100),
    });
    response.write(good.slice(0, 40), () => response.destroy());
    return;
  }
  if (mode === "429") {
    const headers = retryAfterSeconds === undefined ? {} : { "retry-after": String(retryAfterSeconds) };
    answer(response, 429, '{"detail":"Too many requests"}', headers);
    return;
  }
  const bodies = {
    "500": [500, "<html><title>Internal Server Error</title></html>"],
    "400": [400, '{"detail":"Could not retrieve publications"}'],
    "404": [404, ""],
    html: [200, "<!DOCTYPE html><html><title>Maintenance</title></html>"],
    garbage: [200, good.slice(0, Math.max(20, good.length >> 1))],
    shape: [200, '{"status":"ok","result":{"count":0}}'],
    empty: [200, ""],
  } as const;
  const [status, body] = bodies[mode];
  answer(response, status, body);
}

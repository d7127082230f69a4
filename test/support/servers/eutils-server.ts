/**
 * A real HTTP server on the loopback that answers in the form of NCBI's E-utilities: esearch with a history, efetch from
 * it or by PMIDs, each a year's day for a search by date; and as they fail.
 */
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** A request that came in. */
interface EutilsRequest {
  readonly method: string;
  readonly utility: string;
  readonly asked: URLSearchParams;
}

/** The running server. `url` is the base address. */
export interface EutilsServer {
  readonly url: string;
  readonly requests: EutilsRequest[];
  /** Histories are forgotten after so many more fetches from them. */
  expireAfter(fetches: number): void;
  /** Answers the next requests so. */
  failNext(status: number, body: string, headers?: Readonly<Record<string, string>>): void;
  close(): Promise<void>;
}

/** Starts a server that knows records by PMID; a paper's day is its PMID's last three digits after the first of 2020. */
export async function startEutilsServer(
  records: ReadonlyMap<string, string>,
  limits: { readonly listed?: number } = {},
): Promise<EutilsServer> {
  const requests: EutilsRequest[] = [];
  const histories: string[][] = [];
  const failures: { status: number; body: string; headers: Readonly<Record<string, string>> }[] = [];
  let fetchesLeft = Number.POSITIVE_INFINITY;
  const search = (asked: URLSearchParams) => {
    const term = asked.get("term") ?? "";
    if (term === "(")
      return "<eSearchResult><ERROR>Invalid query: unbalanced parentheses</ERROR></eSearchResult>";
    const from = Date.parse((asked.get("mindate") ?? "1700/01/01").replaceAll("/", "-"));
    const until = Date.parse((asked.get("maxdate") ?? "2100/01/01").replaceAll("/", "-"));
    const found = [...records.keys()].filter((pmid) => {
      const day = Date.UTC(2020, 0, 1) + Number(pmid.slice(-3)) * 86_400_000;
      return term !== "nothing" && day >= from && day <= until;
    });
    histories.push(found);
    const size = Math.min(Number(asked.get("retmax") ?? 20), limits.listed ?? 9_999);
    const ids = found.slice(0, size).map((pmid) => `<Id>${pmid}</Id>`);
    const unknown = term.includes("zzz") ? "<ErrorList><PhraseNotFound>zzz</PhraseNotFound></ErrorList>" : "";
    return `<?xml version="1.0"?>\n<eSearchResult><Count>${found.length}</Count><RetMax>${ids.length}</RetMax><RetStart>0</RetStart><QueryKey>1</QueryKey><WebEnv>MCID_${histories.length - 1}</WebEnv><IdList>${ids.join("\n")}</IdList>${unknown}</eSearchResult>`;
  };
  const fetched = (asked: URLSearchParams) => {
    const webEnv = asked.get("WebEnv");
    let pmids = (asked.get("id") ?? "").split(",");
    if (webEnv !== null) {
      fetchesLeft -= 1;
      if (fetchesLeft < 0) return "<eFetchResult>\n<ERROR>Unable to obtain query #1</ERROR>\n</eFetchResult>";
      const start = Number(asked.get("retstart"));
      pmids = (histories[Number(webEnv.slice(5))] ?? []).slice(start, start + Number(asked.get("retmax")));
    }
    const xml = pmids.flatMap((pmid) => records.get(pmid) ?? []).join("");
    return `<?xml version="1.0" ?>\n<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" "https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">\n<PubmedArticleSet>\n${xml}</PubmedArticleSet>`;
  };
  const server = createServer((request, response) => {
    void parameters(request).then(({ utility, asked }) => {
      requests.push({ method: request.method ?? "", utility, asked });
      const failure = failures.shift();
      if (failure !== undefined) response.writeHead(failure.status, failure.headers).end(failure.body);
      else response.end(utility === "esearch" ? search(asked) : fetched(asked));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/entrez/eutils`,
    requests,
    expireAfter(fetches) {
      fetchesLeft = fetches;
    },
    failNext(status, body, headers = {}) {
      failures.push({ status, body, headers });
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function parameters(request: IncomingMessage) {
  const url = new URL(request.url ?? "/", "http://localhost");
  const asked = request.method === "POST" ? new URLSearchParams(await text(request)) : url.searchParams;
  return { utility: /(\w+)\.fcgi$/.exec(url.pathname)?.[1] ?? "", asked };
}

/**
 * Literature for benches of services: our own samples under as many PMIDs as are wanted, and a server that gives them in
 * PubTator3's form, as late as one far away does.
 */
import { readdirSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { toPubTator3Json } from "../../../../ingest/formats/bioc/bioc-json-writer.js";
import { readDocuments } from "../../../../ingest/formats/read-documents.js";
import { documentCandidates } from "../../../core/candidate.js";
import { PACKAGE_ROOT } from "../../../core/config.js";
import type { Document } from "../../../core/document.js";
import { required } from "../../../core/required.js";

/** A paper of any PMID: always the same one. Each has pairs to classify. */
export type PaperOf = (pmid: number) => Document;

/** Reads the samples. */
export async function samplePapers(): Promise<PaperOf> {
  const folder = join(PACKAGE_ROOT, "samples");
  const samples: Document[] = [];
  for (const name of readdirSync(folder)
    .filter((file) => file.endsWith(".pubtator"))
    .sort())
    for await (const document of readDocuments(join(folder, name)))
      if (documentCandidates(document).length > 1) samples.push(document);
  return (pmid) => {
    const { corpus: _, ...sample } = required(samples[pmid % samples.length], "a sample");
    return { ...sample, pmid: String(pmid), relations: [] };
  };
}

/** A server in PubTator3's form. */
interface LiteratureServer {
  /** For BIOWEFT_PUBTATOR3. */
  readonly url: string;
  close(): Promise<void>;
}

/** Starts it on a free port; every answer comes `latencyMillis` after its request. Close it. */
export async function serveLiterature(paperOf: PaperOf, latencyMillis: number): Promise<LiteratureServer> {
  const server = createServer(async (request, response) => {
    const { searchParams } = new URL(request.url ?? "/", "http://localhost");
    const pmids = (searchParams.get("pmids") ?? "").split(",").filter((pmid) => pmid !== "");
    await setTimeout(latencyMillis);
    response.writeHead(200, { "content-type": "application/json" });
    response.end(toPubTator3Json(pmids.map((pmid) => paperOf(Number(pmid)))));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/research/pubtator3-api`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

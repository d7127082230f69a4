/**
 * A client of the API for tests: starts a server over the shared Neo4j and asks it over real HTTP.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { findingThread } from "../../ingest/lexicon/finding-thread.js";
import { type ApiServer, listenApiServer } from "../../src/api/server/server.js";
import { EXPORT_FORMS } from "../../src/cli/options/export-forms.js";
import type { ApiSettings } from "../../src/core/api/api-settings.js";
import { PACKAGE_ROOT } from "../../src/core/config.js";
import type { Document } from "../../src/core/document.js";
import { goldEvidence } from "../../src/core/evidence.js";
import type { ExtractionService } from "../../src/core/extraction-job.js";
import type { Database } from "../../src/graph/neo4j/database.js";
import { writeDocuments } from "../../src/graph/write/write-documents.js";

/** An answer as it came over the wire; `data` is what a test makes of it. */
export interface Answer {
  readonly status: number;
  readonly data: Json;
  readonly errors: readonly { message: string; path?: string[]; extensions: Record<string, unknown> }[];
}

/** A list, of which the tests look at the first rows. */
export interface List extends ReadonlyArray<Json> {
  readonly 0: Json;
}

/**
 * Whatever the tests look at in an answer, at any depth. Only a claim about the wire, which the assertions check:
 * a field that was not asked for, or is null, shows as such at run time.
 */
export interface Json {
  readonly [name: string]: unknown;
  readonly nodes: List;
  readonly edges: List;
  readonly node: Json;
  readonly cursor: string;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
  readonly totalCount: number;
  readonly extractionJobs: Json;
  readonly extractionQueue: Json;
  readonly entity: Json;
  readonly entities: List;
  readonly searchEntities: Json;
  readonly neighbours: Json;
  readonly relation: Json;
  readonly relations: Json & List;
  readonly fromRelations: List;
  readonly toRelations: List;
  readonly subject: Json;
  readonly object: Json;
  readonly evidence: Json;
  readonly mentions: readonly { sentenceStart: number; sentenceEnd: number; text: string }[];
  readonly publication: Json;
  readonly paths: Json & List;
  readonly hops: List;
  readonly to: Json;
  readonly discover: Json;
  readonly explain: Json;
  readonly evaluateDiscovery: Json;
  readonly directRelations: List;
  readonly scores: List;
  readonly candidates: List;
  readonly linking: List;
  readonly linkingTerms: Json;
  readonly completeness: Json;
  readonly graphStats: Json;
  readonly extractPublication: Json;
  readonly extractText: Json;
  readonly extractionJob: Json;
  readonly __typename: string;
  readonly id: string;
  readonly type: string;
  readonly name: string;
  readonly contradicted: boolean;
  readonly retracted: boolean;
  readonly exact: boolean;
  readonly publications: number;
  readonly curie: string;
  readonly sentence: string;
  readonly belief: number;
  readonly year: number;
  readonly stage: string;
}

/** Posts a document to the endpoint. */
export async function ask(
  server: Pick<ApiServer, "url">,
  query: string,
  variables: Record<string, unknown> = {},
): Promise<Answer> {
  const response = await fetch(`${server.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data: Json; errors?: Answer["errors"] };
  return { status: response.status, data, errors: errors ?? [] };
}

/** The data of an answer that must have no errors. */
export async function dataOf(
  server: Pick<ApiServer, "url">,
  query: string,
  variables: Record<string, unknown> = {},
): Promise<Json> {
  const { data, errors } = await ask(server, query, variables);
  if (errors.length > 0) throw new Error(JSON.stringify(errors));
  return data;
}

/** A document of schema/operations. */
export function operation(name: string): string {
  return readFileSync(join(PACKAGE_ROOT, "schema", "operations", `${name}.graphql`), "utf8");
}

/** On a busy machine an answer may take long; a test of the deadline sets its own. */
const UNHURRIED: Partial<ApiSettings> = { deadlineSeconds: 60 };

/** A server on a free port of the loopback; `redisUrl` is where it counts rates. */
export async function startApi(
  database: Database,
  jobs: ExtractionService,
  settings: Partial<ApiSettings> = {},
  redisUrl?: string,
  adjacencyFile?: string,
): Promise<ApiServer> {
  const thread = findingThread();
  const server = await listenApiServer({
    port: 0,
    host: "127.0.0.1",
    settings: { ...UNHURRIED, ...settings },
    redisUrl,
  });
  await server.ready({
    database,
    jobs,
    models: [],
    findMentions: thread.findMentions,
    adjacencyFile,
    exportForms: EXPORT_FORMS,
    versions: { bioweft: "0.0.0-test", neo4j: "5", node: process.versions.node },
  });
  const close = async () => {
    await server.close();
    await thread.close();
  };
  return { ...server, close };
}

/** Writes documents with their gold relations. */
export async function writeGold(database: Database, documents: readonly Document[]): Promise<void> {
  await writeDocuments(
    database,
    documents.map((document) => ({ document, evidence: goldEvidence(document) })),
  );
}

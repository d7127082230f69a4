/**
 * Long answers at addresses of their own: exports, and whole lists asked at once. Each is sent no faster than it is read,
 * ends with its client, is charged as the largest operation is, and only so many run at a time.
 */
import { Readable } from "node:stream";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { ApiSettings } from "../../core/api/api-settings.js";
import { BioWeftError, messageOf } from "../../core/errors.js";
import { log } from "../../core/log.js";
import type { ExportForm } from "../../graph/export/export-form.js";
import type { Database } from "../../graph/neo4j/database.js";
import { readGraphVersion } from "../../graph/read/read-stats.js";
import { pathScores, relationsOfEntities } from "../exports/batch-answers.js";
import { exportAnswer, listedForms, type StreamedAnswer } from "../exports/export-answer.js";
import { requireRole } from "../platform/caller.js";
import type { DiscoverySearch } from "../platform/discovery-search.js";
import { refusal } from "../platform/refusal.js";
import { RequestLimits } from "../platform/request-limits.js";
import type { Authentication } from "./access/authentication.js";
import { credentialsOf } from "./graphql-endpoint.js";
import type { RateLimit } from "./limits/rate-limit.js";

/** What streamed answers are made with. */
export interface StreamParts {
  readonly database: Database;
  readonly forms: readonly ExportForm[];
  readonly discovery: DiscoverySearch;
  readonly authentication: Authentication;
  readonly rates: RateLimit | undefined;
  readonly settings: ApiSettings;
  /** The requests under way, which end with the server. */
  readonly underWay: Set<RequestLimits>;
}

/** How many are sent at a time. */
const MOST_AT_ONCE = 4;
const RETRY_SECONDS = 10;
/** The longest list, in bytes. */
const MAX_LIST_BYTES = 4_000_000;
const LIST_TYPES = ["text/csv", "text/plain"];

/** Declares the routes; `ready` gives what they answer with, or throws NOT_READY. */
export function routeStreams(app: FastifyInstance, ready: () => StreamParts): void {
  const desk = new StreamDesk(ready);
  app.get("/export", { exposeHeadRoute: false }, async () => ({ formats: listedForms(ready().forms) }));
  for (const url of ["/export/:format", "/export/:format/:part"]) {
    app.get<{ Params: { format: string; part?: string } }>(
      url,
      { exposeHeadRoute: false },
      (request, reply) =>
        desk.send(request, reply, ({ forms, database }, limits) => {
          const { format, part } = request.params;
          return exportAnswer(forms, { format, part, query: queryOf(request) }, database, limits);
        }),
    );
  }
  // In a scope of their own, as no other address takes tables.
  void app.register(async (scope) => {
    scope.addContentTypeParser(LIST_TYPES, { parseAs: "string" }, (_request, body, done) => done(null, body));
    const lists = { "/batch/path-scores": pathScores, "/batch/relations": relationsOfEntities };
    for (const [url, answer] of Object.entries(lists)) {
      scope.post<{ Body: unknown }>(url, { bodyLimit: MAX_LIST_BYTES }, (request, reply) =>
        desk.send(request, reply, ({ database, discovery }, { signal, timeoutMillis: millis }) =>
          answer({ database, discovery, signal, millis }, listBody(request.body), queryOf(request)),
        ),
      );
    }
  });
}

/** The signal that a client has gone, and how long each page may take. */
interface PageLimits {
  readonly signal: AbortSignal;
  readonly timeoutMillis: number;
}

/** Lets streamed answers through and sends them. */
class StreamDesk {
  #sending = 0;

  constructor(private readonly ready: () => StreamParts) {}

  async send(
    request: FastifyRequest,
    reply: FastifyReply,
    answerOf: (parts: StreamParts, limits: PageLimits) => StreamedAnswer,
  ): Promise<FastifyReply> {
    const parts = this.ready();
    const { settings, underWay, database } = parts;
    await admit(parts, request);
    if (this.#sending >= MOST_AT_ONCE) {
      const reason = `${MOST_AT_ONCE} long answers are being sent; ask again in ${RETRY_SECONDS} s`;
      throw refusal("RATE_LIMITED", reason, { retryAfterSeconds: RETRY_SECONDS });
    }
    const limits = new RequestLimits(closeSignal(reply));
    this.#sending += 1;
    underWay.add(limits);
    limits.afterwards(() => {
      this.#sending -= 1;
      underWay.delete(limits);
    });
    reply.raw.once("close", () => limits.release());
    const pageLimits = { signal: limits.signal, timeoutMillis: settings.deadlineSeconds * 1000 };
    try {
      const { mediaType, fileName, pieces } = answerOf(parts, pageLimits);
      const version = await readGraphVersion(database);
      // What fails at once is told as every fault; what fails later can only break the answer off.
      const first = await pieces.next();
      void reply
        .type(mediaType)
        .header("x-graph-version", version)
        .header("content-disposition", `attachment; filename="${fileName}"`);
      return await reply.send(streamOf(first, pieces, request.id));
    } catch (fault) {
      limits.release();
      throw fault;
    }
  }
}

/** Throws UNAUTHENTICATED, FORBIDDEN or RATE_LIMITED. */
async function admit(
  { authentication, settings, rates }: StreamParts,
  request: FastifyRequest,
): Promise<void> {
  const caller = await authentication.callerOf(credentialsOf(request));
  // Where only listed documents are answered, whoever may do everything may still read everything.
  const needed = settings.trustedDocuments === undefined ? "READER" : "ADMIN";
  requireRole(caller, needed, "an export or a list");
  await rates?.charge(caller.account, Math.min(settings.maxCost, settings.costAMinute));
}

function streamOf(
  first: IteratorResult<string | Uint8Array>,
  pieces: AsyncGenerator<string | Uint8Array>,
  requestId: string,
): Readable {
  async function* all() {
    try {
      if (first.done !== true) yield Buffer.from(first.value);
      for await (const piece of pieces) yield Buffer.from(piece);
    } catch (fault) {
      log("warn", "a long answer was broken off", { requestId, fault: messageOf(fault) });
      throw fault;
    } finally {
      // Whoever goes leaves the page that was asked for behind.
      await pieces.return(undefined);
    }
  }
  // A piece is a page: one waits for the socket, and the next is not asked for until it is gone.
  return Readable.from(all(), { objectMode: true, highWaterMark: 1 });
}

function queryOf(request: FastifyRequest): URLSearchParams {
  return new URL(request.url, "http://localhost").searchParams;
}

/** Throws BAD_INPUT for what is no table, as JSON is none. */
function listBody(body: unknown): string {
  if (typeof body === "string") return body;
  throw new BioWeftError("BAD_INPUT", "send the list as a table, with content-type: text/csv");
}

/** Set when the connection closes before the answer has gone out. */
function closeSignal(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.once("close", () => {
    if (!reply.raw.writableFinished) gone.abort();
  });
  return gone.signal;
}
